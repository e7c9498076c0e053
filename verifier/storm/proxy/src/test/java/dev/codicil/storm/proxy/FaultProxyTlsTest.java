package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on both sides of an edge, with the JDK's own clients and servers. */
class FaultProxyTlsTest extends ProxyTestBase {
  static final CertificateAuthority ROOT =
      CertificateAuthority.create("Codicil test", Instant.now());
  private static final List<String> NAMES = List.of("localhost", "127.0.0.1");
  private static final Tls LISTENING = new Tls(new Tls.Listening(ROOT, NAMES, false), null);

  private FaultProxy secure = FaultProxy.open(loop, ScriptedFault.EDGE, LISTENING);

  @AfterEach
  void closeSecure() {
    secure.close();
  }

  @Test
  void speaksTlsToAnOrdinaryClientWhoTrustsTheRoot() throws Exception {
    try (RawServer server = RawServer.replying(OK)) {
      secure.target(server.address());
      secure.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Delay(Duration.ofMillis(1))));
      HttpResponse<String> reply = get(HttpClient.newBuilder().sslContext(trusting(null)).build());
      assertThat(reply.body()).isEqualTo("hello");
      assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(secure.disarm().injections()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expired, certificate_expired|expired|validity check failed",
    "wrong-host, No name matching localhost|No subject alternative",
    "untrusted, unable to find valid certification path|signature check failed|verification",
    "cut, reset|terminated|closed|EOF"
  })
  void breaksTheHandshakeOfTheNextConnectionAndOnlyInItsCell(String kind, String message)
      throws Exception {
    try (RawServer server = RawServer.replying(OK)) {
      secure.target(server.address());
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(null)).build();
      assertThat(get(client).body()).isEqualTo("hello");
      secure.arm(broken(kind));
      assertThatThrownBy(() -> get(client))
          .isInstanceOf(IOException.class)
          .satisfies(failure -> assertThat(chain(failure)).containsPattern(message));
      EdgeLog log = secure.disarm();
      assertThat(log.injections())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line.detail()).isEqualTo(kind))
          .extracting(Injection::call)
          .first()
          .isEqualTo(0);
      assertThat(log.exchanges()).isZero();
      assertThat(get(client).body()).as("and works again").isEqualTo("hello");
    }
  }

  @Test
  void showsAnExpiredCertificateToARawSocketAndResetsItWhenCut() throws Exception {
    secure.arm(broken("expired"));
    try (SSLSocket socket = socket(trusting(null))) {
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }
    secure.arm(broken("cut"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), secure.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(0x16);
      assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("reset");
    }
  }

  @Test
  void saysThatAnEdgeWithoutTlsHasNoHandshakeToBreak() throws Exception {
    try (RawServer server = serve(OK)) {
      proxy.arm(broken("expired"));
      try (Raw client = client()) {
        assertThat(client.say(GET).reply()).endsWith("hello");
      }
      assertThat(proxy.disarm().notes())
          .containsExactly(
              new ExchangeNote(
                  ExchangeNote.NO_EXCHANGE,
                  ExchangeNote.Kind.NOT_PERFORMED,
                  "this edge does not speak TLS"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESET", "CLOSE"})
  void cutsBelowTlsAsItDoesWithoutIt(Effect.Cut.How how) throws Exception {
    try (RawServer server = RawServer.replying(OK);
        SSLSocket socket = socket(trusting(null))) {
      secure.target(server.address());
      secure.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Cut(how, 3)));
      socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String head = String.valueOf(Raw.head(in));
      assertThat(head).contains("Content-Length: 5");
      assertThat(in.readNBytes(3)).isEqualTo("hel".getBytes(StandardCharsets.US_ASCII));
      if (how == Effect.Cut.How.CLOSE) {
        assertThat(in.read()).isEqualTo(-1);
      } else {
        assertThatThrownBy(in::read).satisfies(e -> assertThat(chain(e)).contains("reset"));
      }
    }
  }

  @Test
  void asksItsClientsForACertificateWhereItHasTo() throws Exception {
    Tls mutual = new Tls(new Tls.Listening(ROOT, NAMES, true), null);
    try (RawServer server = RawServer.replying(OK);
        FaultProxy strict = FaultProxy.open(loop, ScriptedFault.EDGE, mutual)) {
      strict.target(server.address());
      SSLContext known = trusting(ROOT.issue(List.of("client")));
      assertThat(get(HttpClient.newBuilder().sslContext(known).build(), strict.port()).body())
          .isEqualTo("hello");
      HttpClient stranger = HttpClient.newBuilder().sslContext(trusting(null)).build();
      assertThatThrownBy(() -> get(stranger, strict.port())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void speaksMutualTlsToTheServerAlsoForARepeatedRequest() throws Exception {
    try (TlsServer server = new TlsServer(true);
        FaultProxy towards = towards(ROOT.issue(List.of("proxy")), "localhost")) {
      towards.target(server.address());
      towards.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Duplicate()));
      try (Raw client = new Raw(towards.port())) {
        assertThat(client.say(GET).reply()).isEqualTo(OK);
        assertThat(towards.disarm().notes()).isEmpty();
      }
      assertThat(server.served).hasValue(2);
    }
  }

  @Test
  void doesNotSpeakToAServerOfAnotherName() throws Exception {
    try (TlsServer server = new TlsServer(false);
        FaultProxy towards = towards(null, "authority.example")) {
      towards.target(server.address());
      towards.arm(Injector.NONE);
      try (Raw client = new Raw(towards.port())) {
        assertThat(client.say(GET).reply()).startsWith("HTTP/1.1 502").contains("TLS: ");
      }
      assertThat(towards.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.UPSTREAM_REFUSED);
    }
  }

  @Test
  void writesItsRootAsPemAndIntoATrustStore() throws Exception {
    Certificate read =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(ROOT.pem().getBytes(StandardCharsets.US_ASCII)));
    assertThat(read).isEqualTo(ROOT.certificate());
    read.verify(ROOT.certificate().getPublicKey());
    assertThat(ROOT.trustStore().getCertificate("root")).isEqualTo(read);
    assertThat(ROOT.certificate().getBasicConstraints()).isNotNegative();
  }

  private static Injector broken(String kind) {
    PlannedFault planned =
        new PlannedFault(
            "tls", ScriptedFault.EDGE, Stream.DOWNSTREAM, Parameters.NONE.with("handshake", kind));
    return Injector.of(1, "s", List.of(new BoundFault(planned, Faults.byId("tls").orElseThrow())));
  }

  private static FaultProxy towards(CertificateAuthority.@Nullable Identity identity, String name) {
    List<X509Certificate> roots = List.of(ROOT.certificate());
    Tls.Upstream upstream =
        identity == null ? new Tls.Upstream(roots, name) : new Tls.Upstream(roots, identity, name);
    return FaultProxy.open(loop, ScriptedFault.EDGE, new Tls(null, upstream));
  }

  private HttpResponse<String> get(HttpClient client) throws Exception {
    return get(client, secure.port());
  }

  private static HttpResponse<String> get(HttpClient client, int port) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/a"))
            .timeout(Duration.ofSeconds(20))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private SSLSocket socket(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), secure.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  static SSLContext trusting(CertificateAuthority.@Nullable Identity identity) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(ROOT.trustStore());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        identity == null ? null : keys(identity).getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyManagerFactory keys(CertificateAuthority.Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key", identity.key(), new char[0], identity.chain().toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    return keys;
  }

  private static String chain(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      text.append(one).append('\n');
    }
    return text.toString();
  }

  /** A server of the JDK that answers every request with one text. */
  private static final class TlsServer implements AutoCloseable {
    private final SSLServerSocket listening;
    final java.util.concurrent.atomic.AtomicInteger served =
        new java.util.concurrent.atomic.AtomicInteger();

    TlsServer(boolean mutual) throws Exception {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(ROOT.trustStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(ROOT.issue(NAMES)).getKeyManagers(), trust.getTrustManagers(), null);
      listening =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
      listening.setNeedClientAuth(mutual);
      Thread accepting = new Thread(this::accept, "tls-server");
      accepting.setDaemon(true);
      accepting.start();
    }

    InetSocketAddress address() {
      return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void accept() {
      while (!listening.isClosed()) {
        try {
          Socket socket = listening.accept();
          Thread talking = new Thread(() -> talk(socket), "tls-server-talk");
          talking.setDaemon(true);
          talking.start();
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void talk(Socket socket) {
      try (socket) {
        while (Raw.head(socket.getInputStream()) != null) {
          served.incrementAndGet();
          socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException broken) {
        // A client that did not like the certificate.
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
