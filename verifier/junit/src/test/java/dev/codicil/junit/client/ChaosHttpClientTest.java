package dev.codicil.junit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.Injection;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.engine.ClientStage;
import dev.codicil.engine.ConsumerStage.Storm;
import dev.codicil.storm.proxy.FaultProxy;
import dev.codicil.storm.proxy.StormLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChaosHttpClientTest {
  private static final Path ROOT = Path.of("src/test/resources/project");
  private static final String ITEM = "/items/A1";

  private final Items items = new Items();
  private final SkippedTime time = new SkippedTime();

  @AfterEach
  void close() {
    items.close();
  }

  private static Chaos chaos(String... profiles) {
    return Chaos.of(profiles).root(ROOT);
  }

  private ChaosHttpClient client(Chaos chaos) {
    return ChaosHttpClient.chaos(HttpClient.newHttpClient(), chaos, time);
  }

  private static String got(HttpClient client, URI url) throws InterruptedException {
    try {
      HttpResponse<String> reply =
          client.send(
              java.net.http.HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20)).build(),
              HttpResponse.BodyHandlers.ofString());
      return reply.statusCode()
          + " "
          + reply.headers().firstValue("content-type").orElse("")
          + " "
          + reply.body();
    } catch (IOException e) {
      return told(e);
    }
  }

  /** A failure and what is at its bottom, as a client sees them. */
  private static String told(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return failure.getClass().getName() + ": " + failure.getMessage() + " < " + root;
  }

  static Stream<Chaos> storms() {
    return Stream.of("field-loss", "dirty-wire", "outage", "contract-edges", "late")
        .flatMap(profile -> chaos(profile).each("GET", ITEM).stream());
  }

  @ParameterizedTest
  @MethodSource("storms")
  void theSameIsDoneAsOnTheWireAndTheClientGetsTheSame(Chaos chaos) throws Exception {
    ChaosHttpClient inProcess = client(chaos);
    List<String> here = List.of(got(inProcess, items.url(ITEM)), got(inProcess, items.url(ITEM)));

    ClientStage stage = chaos.stage(true);
    ClientStage.Called called =
        stage.called(
            new HttpRequest(
                "GET",
                ITEM,
                dev.codicil.contract.Headers.NONE,
                dev.codicil.contract.Payload.EMPTY));
    Storm storm = chaos.storms(stage, called).get(0);
    try (StormLoop loop = StormLoop.open();
        FaultProxy proxy = FaultProxy.open(loop, stage.edge("catalog"))) {
      proxy.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), items.port()));
      proxy.arm(stage.injector(storm));
      URI url = URI.create("http://127.0.0.1:" + proxy.port() + ITEM);
      List<String> there =
          List.of(got(HttpClient.newHttpClient(), url), got(HttpClient.newHttpClient(), url));

      assertThat(here).isEqualTo(there);
      List<Injection> wire = proxy.disarm().injections();
      List<Injection> done = inProcess.storms().injections();
      // The JDK's client sends a GET once more when its connection was reset before a reply.
      assertThat(wire).hasSizeGreaterThanOrEqualTo(2).startsWith(done.toArray(Injection[]::new));
      assertThat(done).hasSize(2);
    }
  }

  @Test
  void eachExchangeMeetsTheNextStorm() throws Exception {
    ChaosHttpClient client = client(chaos("outage"));

    List<String> got =
        List.of(
            got(client, items.url(ITEM)),
            got(client, items.url(ITEM)),
            got(client, items.url(ITEM)),
            got(client, items.url(ITEM)));

    assertThat(got.get(0)).contains("Connection reset");
    assertThat(got.get(1)).startsWith("503");
    assertThat(got.get(2)).startsWith("500");
    assertThat(got.get(3)).contains("Connection reset");
    assertThat(client.struck()).hasSize(4);
    assertThat(items.asked()).as("what is down is not asked").isEmpty();
  }

  @Test
  void aDelayEndsAtTheClientsOwnTimeOut() {
    ChaosHttpClient client = client(chaos("slow-partner").only("latency"));
    java.net.http.HttpRequest request =
        java.net.http.HttpRequest.newBuilder(items.url(ITEM))
            .timeout(Duration.ofMillis(100))
            .build();

    assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(time.waits()).containsExactly(Duration.ofMillis(100));
    assertThat(client.struck()).containsExactly("latency: waits 150ms");
  }

  @Test
  void aTimeOutNeedNotBeWaitedFor() {
    ChaosHttpClient client = client(chaos("slow-partner").withoutWaiting());
    java.net.http.HttpRequest request =
        java.net.http.HttpRequest.newBuilder(items.url(ITEM))
            .timeout(Duration.ofMillis(100))
            .build();

    assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void aClientWithoutATimeOutIsSaidToHang() throws Exception {
    Chaos late = chaos("slow-partner").each("GET", ITEM).get(1);
    java.net.http.HttpRequest request =
        java.net.http.HttpRequest.newBuilder(items.url(ITEM)).build();

    assertThatThrownBy(() -> client(late).send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(Hung.class)
        .hasMessageContaining("no reply within the time budget of 2s under latency(latency=30s)");
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aBodyThatIsReadAsAStreamBreaksOffInTheMiddle() throws Exception {
    Chaos cut =
        chaos("dirty-wire").each("GET", ITEM).stream()
            .filter(one -> one.toString().startsWith("truncate"))
            .findFirst()
            .orElseThrow();

    InputStream body =
        client(cut)
            .sendAsync(
                java.net.http.HttpRequest.newBuilder(items.url(ITEM)).build(),
                HttpResponse.BodyHandlers.ofInputStream())
            .get(10, TimeUnit.SECONDS)
            .body();

    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
  }

  @Test
  void anExchangeThatIsGivenUpWaitsNoLonger() throws Exception {
    Chaos late = chaos("slow-partner").each("GET", ITEM).get(1).timeout(Duration.ofSeconds(25));
    ChaosHttpClient client = ChaosHttpClient.chaos(HttpClient.newHttpClient(), late);
    long start = System.nanoTime();

    CompletableFuture<HttpResponse<String>> reply =
        client.sendAsync(
            java.net.http.HttpRequest.newBuilder(items.url(ITEM)).build(),
            HttpResponse.BodyHandlers.ofString());
    reply.cancel(true);

    assertThat(reply).isCancelled();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void whatNeedsAWireIsRefusedByNameWhenTheClientIsMade() {
    assertThatThrownBy(() -> client(chaos("slow-wire")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be performed in process")
        .hasMessageContaining("bandwidth (it needs a wire)")
        .hasMessageContaining("slicer (it needs a wire)")
        .hasMessageContaining("slow-close (it needs a wire)")
        .hasMessageNotContaining("timeout (");
    assertThatThrownBy(() -> client(chaos("bad-framing"))).hasMessageContaining("malformed-chunk");
    assertThatThrownBy(() -> client(chaos("broken-tls")))
        .hasMessageContaining("tls (it strikes handshakes)");
    assertThatThrownBy(() -> client(chaos("nodes"))).hasMessageContaining("it strikes nodes");
    assertThatThrownBy(() -> client(chaos("version-skew")))
        .hasMessageContaining("version-skew (it needs both versions of the provider)");
    assertThatThrownBy(() -> client(chaos("lost-names")))
        .hasMessageContaining("dns (it acts on the world around)");
    assertThatThrownBy(() -> client(chaos("messages"))).hasMessageContaining("of a broker");
  }

  @Test
  void theRestOfAProfileCanBeTaken() throws Exception {
    ChaosHttpClient client =
        client(chaos("slow-wire").without("bandwidth", "slicer", "slow-close", "timeout"));

    assertThat(got(client, items.url(ITEM))).startsWith("200");
    assertThat(client.struck()).singleElement().asString().startsWith("latency: waits ");
    assertThatThrownBy(() -> client(chaos("slow-wire").without("latencies")))
        .hasMessageContaining("has no fault 'latencies'")
        .hasMessageContaining("did you mean 'latency'?");
  }

  @Test
  void anExchangeOfNoContractIsNotPassedSilently() {
    ChaosHttpClient client = client(chaos("outage"));

    assertThatThrownBy(() -> got(client, items.url("/prices/A1")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no contract of catalog has an interaction for GET /prices/A1");
    assertThatThrownBy(() -> client(chaos("outages")))
        .hasMessageContaining("did you mean 'outage'?");
    assertThatThrownBy(() -> client(chaos("outage").provider("shelf")))
        .hasMessageContaining("no contract describes the provider 'shelf'");
  }
}
