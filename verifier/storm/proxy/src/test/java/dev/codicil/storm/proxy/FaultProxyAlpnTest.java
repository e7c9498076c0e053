package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which protocol is agreed on in a handshake, on either side of an edge (ALPN, RFC 7301). */
class FaultProxyAlpnTest extends ProxyTestBase {
  private static final CertificateAuthority ROOT = FaultProxyTlsTest.ROOT;
  private static final List<String> NAMES = List.of("localhost", "127.0.0.1");
  private static final List<X509Certificate> ROOTS = List.of(ROOT.certificate());
  private static final Tls.Listening LISTENING = new Tls.Listening(ROOT, NAMES, false);
  private static final Tls BOTH = new Tls(LISTENING, new Tls.Upstream(ROOTS, "localhost"));

  /** Preface and an empty SETTINGS frame, RFC 9113, sections 3.4 and 6.5. */
  private static final String HELLO = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0";

  private static final ExchangeNote PASSED =
      new ExchangeNote(
          ExchangeNote.NO_EXCHANGE,
          ExchangeNote.Kind.PASSED_THROUGH,
          "HTTP/2 passed through as TCP");

  @Test
  void passesThroughWhatIsDecryptedWhenTheClientSpeaksHttp2Only() throws Exception {
    try (AlpnServer server = new AlpnServer("h2", "http/1.1");
        FaultProxy edge = FaultProxy.open(loop, ScriptedFault.EDGE, BOTH)) {
      edge.target(server.address());
      edge.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Stall(null)));
      try (SSLSocket client = client(edge, "h2")) {
        assertThat(client.getApplicationProtocol()).isEqualTo("h2");
        assertThat(echoed(client, HELLO)).isEqualTo(HELLO);
        assertThat(echoed(client, "\0\0\u0001\0\0\0\0\0\u0001x")).endsWith("x");
        assertThat(next(server.agreed)).isEqualTo("h2");
        EdgeLog log = edge.disarm();
        assertThat(log.exchanges()).isZero();
        assertThat(log.injections()).isEmpty();
        assertThat(log.notes()).containsExactly(PASSED);
        edge.arm(Injector.NONE);
        assertThat(echoed(client, "more")).isEqualTo("more");
        assertThat(edge.disarm().notes()).as("in every cell").containsExactly(PASSED);
      }
    }
  }

  @Test
  void passesHttp2OnlyClientsThroughToAServerInPlainTextAsWell() throws Exception {
    try (RawServer server = new RawServer(FaultProxyAlpnTest::echo);
        FaultProxy edge = FaultProxy.open(loop, ScriptedFault.EDGE, new Tls(LISTENING, null))) {
      edge.target(server.address());
      edge.arm(Injector.NONE);
      try (SSLSocket client = client(edge, "h2")) {
        assertThat(echoed(client, HELLO)).isEqualTo(HELLO);
      }
      assertThat(edge.disarm().notes()).containsExactly(PASSED);
    }
  }

  @Test
  void asksTheServerForHttp2WhenAClientInPlainTextBeginsWithIt() throws Exception {
    try (AlpnServer server = new AlpnServer("http/1.1", "h2");
        FaultProxy edge =
            FaultProxy.open(
                loop, ScriptedFault.EDGE, new Tls(null, new Tls.Upstream(ROOTS, "localhost")))) {
      edge.target(server.address());
      try (Raw client = new Raw(edge.port())) {
        assertThat(client.say(HELLO).exactly(HELLO.length())).isEqualTo(HELLO);
      }
      assertThat(next(server.agreed)).isEqualTo("h2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/1.1", ""})
  void saysSoWhenTheServerDoesNotSpeakWhatTheClientInsistsOn(String spoken) throws Exception {
    try (AlpnServer server = spoken.isEmpty() ? new AlpnServer() : new AlpnServer(spoken);
        FaultProxy edge = FaultProxy.open(loop, ScriptedFault.EDGE, BOTH)) {
      edge.target(server.address());
      edge.arm(Injector.NONE);
      try (SSLSocket client = client(edge, "h2")) {
        client.getOutputStream().write(bytes(HELLO));
        assertThatThrownBy(
                () -> {
                  if (client.getInputStream().read() < 0) {
                    throw new IOException("closed");
                  }
                })
            .isInstanceOf(IOException.class);
      }
      assertThat(edge.disarm().notes())
          .singleElement()
          .satisfies(
              note -> {
                assertThat(note.kind()).isEqualTo(ExchangeNote.Kind.UPSTREAM_REFUSED);
                assertThat(note.detail()).startsWith("TLS: ");
              });
    }
  }

  @Test
  void keepsHttp1WhereFaultsCanStrikeWhenBothAreOffered() throws Exception {
    try (AlpnServer server = new AlpnServer("h2", "http/1.1");
        FaultProxy edge = FaultProxy.open(loop, ScriptedFault.EDGE, BOTH)) {
      edge.target(server.address());
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_2)
              .sslContext(FaultProxyTlsTest.trusting(null))
              .build();
      for (int cell = 0; cell < 2; cell++) {
        edge.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Delay(Duration.ofMillis(1))));
        HttpResponse<String> reply =
            client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + edge.port() + "/a"))
                    .timeout(Duration.ofSeconds(20))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(reply.body()).isEqualTo("hello");
        EdgeLog log = edge.disarm();
        assertThat(log.injections()).hasSize(1);
        assertThat(log.notes())
            .as("in every cell, on the same connection")
            .containsExactly(
                new ExchangeNote(
                    ExchangeNote.NO_EXCHANGE,
                    ExchangeNote.Kind.HTTP1_CHOSEN,
                    "the client offered HTTP/2 as well; HTTP/1.1 was chosen, where faults can"
                        + " strike"));
      }
      assertThat(next(server.agreed)).isEqualTo("http/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/1.1", "", "spdy/1"})
  void hasNothingToSayOfAClientThatDoesNotOfferHttp2(String offered) throws Exception {
    try (AlpnServer server = new AlpnServer();
        FaultProxy edge = FaultProxy.open(loop, ScriptedFault.EDGE, BOTH)) {
      edge.target(server.address());
      edge.arm(Injector.NONE);
      try (SSLSocket client = offered.isEmpty() ? client(edge) : client(edge, offered)) {
        client.getOutputStream().write(bytes(GET));
        assertThat(Raw.head(client.getInputStream())).startsWith("HTTP/1.1 200");
      }
      assertThat(edge.disarm().notes()).isEmpty();
    }
  }

  @Test
  void endsAConnectionThatAgreedOnHttp2AndSpeaksSomethingElse() throws Exception {
    try (FaultProxy edge = FaultProxy.open(loop, ScriptedFault.EDGE, BOTH)) {
      edge.arm(Injector.NONE);
      try (SSLSocket client = client(edge, "h2")) {
        client.getOutputStream().write(bytes(GET));
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(edge.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.MALFORMED_REQUEST);
    }
  }

  @Test
  void endsAHandshakeThatDoesNotGoOn() throws Exception {
    Patience impatient = new Patience(Duration.ofMillis(150), Duration.ofMinutes(5));
    try (FaultProxy edge = FaultProxy.open(loop, ScriptedFault.EDGE, BOTH, impatient)) {
      edge.arm(Injector.NONE);
      try (Raw client = new Raw(edge.port())) {
        assertThat(client.say("\u0016\u0003\u0001").rest().end()).isIn("closed", "reset");
      }
      assertThat(edge.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.SLOW_HEAD);
    }
  }

  private static SSLSocket client(FaultProxy edge, String... offered) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            FaultProxyTlsTest.trusting(null)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), edge.port());
    socket.setSoTimeout(20_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(offered);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String echoed(SSLSocket client, String text) throws IOException {
    client.getOutputStream().write(bytes(text));
    return new String(
        client.getInputStream().readNBytes(text.length()), StandardCharsets.ISO_8859_1);
  }

  private static void echo(RawServer.Talk talk) throws IOException {
    for (int next = talk.read(); next >= 0; next = talk.read()) {
      talk.say("" + (char) next);
    }
  }

  /** A server of the JDK: echoes what comes after h2, and answers requests of HTTP/1.1. */
  private static final class AlpnServer implements AutoCloseable {
    private final SSLServerSocket listening;
    final BlockingQueue<String> agreed = new LinkedBlockingQueue<>();

    AlpnServer(String... spoken) throws Exception {
      listening =
          (SSLServerSocket)
              FaultProxyTlsTest.trusting(ROOT.issue(NAMES))
                  .getServerSocketFactory()
                  .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
      SSLParameters parameters = listening.getSSLParameters();
      parameters.setApplicationProtocols(spoken);
      listening.setSSLParameters(parameters);
      Thread accepting = new Thread(this::accept, "alpn-server");
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
          Thread talking = new Thread(() -> talk((SSLSocket) socket), "alpn-server-talk");
          talking.setDaemon(true);
          talking.start();
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void talk(SSLSocket socket) {
      try (socket) {
        socket.startHandshake();
        String protocol = socket.getApplicationProtocol();
        agreed.add(protocol);
        InputStream in = socket.getInputStream();
        if (protocol.equals("h2")) {
          byte[] buffer = new byte[4096];
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            socket.getOutputStream().write(buffer, 0, read);
          }
          return;
        }
        String head = Raw.head(in);
        while (head != null) {
          socket.getOutputStream().write(bytes(OK));
          head = Raw.head(in);
        }
      } catch (SSLException refused) {
        agreed.add("nothing");
      } catch (IOException over) {
        // The edge has ended the connection.
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
