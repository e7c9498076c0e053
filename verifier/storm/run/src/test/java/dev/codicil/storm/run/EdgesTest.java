package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Peer;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.ExchangeNote;
import dev.codicil.storm.proxy.HttpCaller;
import dev.codicil.storm.proxy.StormLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What subjects call over their edges, and what goes round them. */
class EdgesTest {
  private static final Map<String, String> TRUSTING =
      Map.of(
          "UPSTREAM",
          "{upstream.partner}",
          "JAVA_TOOL_OPTIONS",
          "-Djavax.net.ssl.trustStore={tls.truststore}"
              + " -Djavax.net.ssl.trustStorePassword={tls.password}");

  /** A first handshake takes long on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"expired", "wrong-host", "untrusted", "cut"})
  void aSubjectCallsOverTlsUntilTheHandshakeIsBroken(String handshake) throws Exception {
    Storm storm = new Storm(dir);
    storm.tls = true;
    storm.budget = PATIENT;
    storm
        .side("base", TRUSTING)
        .replay("get", "GET /items/1")
        .storm("broken", "get", "tls", Storm.PARTNER, Map.of("handshake", handshake))
        .side("head", TRUSTING)
        .run();

    CellRecord calm = storm.record("get@head");
    assertThat(calm.status()).as(storm.json()).isEqualTo(200);
    assertThat(calm.reached()).containsEntry(Storm.PARTNER, 1);
    CellRecord broken = storm.record("broken@head");
    assertThat(broken.status()).isEqualTo(503);
    assertThat(broken.declaredError()).isTrue();
    assertThat(broken.problem()).isNull();
    assertThat(broken.injections()).extracting("detail").contains(handshake);
    assertThat(broken.recoveryMillis()).as("calls again as soon as it may").isNotNegative();
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aSubjectThatDoesNotTrustTheEdgesAuthorityCannotCallOverThem() throws Exception {
    Storm storm = new Storm(dir);
    storm.tls = true;
    storm.budget = PATIENT;
    storm.side("base").replay("get", "GET /items/1").run();

    assertThat(storm.record("get@base").status()).isEqualTo(503);
  }

  @Test
  void theCertificateOfTheAuthorityIsAFileAndItsKeyIsNone() throws Exception {
    Trust trust = Trust.in(dir.resolve("tls"), List.of());

    Path ca = file(trust, "tls.ca");
    assertThat(Files.readString(ca)).startsWith("-----BEGIN CERTIFICATE-----");
    try (var files = Files.list(dir.resolve("tls"))) {
      assertThat(files).containsExactlyInAnyOrder(ca, file(trust, "tls.truststore"));
    }
  }

  @Test
  void aConnectionThatGoesRoundTheEdgesIsJournaledOnce() throws Exception {
    needsTables();
    try (ServerSocket database = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      String remote = "127.0.0.1:" + database.getLocalPort();
      Storm storm = new Storm(dir).side("base").side("head", Map.of("DIRECT", remote));
      storm.replay("get", "GET /items/1").replay("again", "GET /items/1").run();

      assertThat(storm.all(Event.Bypassed.class))
          .containsExactly(new Event.Bypassed("head", "svc", remote, false));
      int seen = storm.events.indexOf(new Event.Bypassed("head", "svc", remote, false));
      assertThat(seen).as("before the run is over").isLessThan(storm.events.size() - 1);
    }
  }

  @Test
  void aDeclaredConnectionIsJournaledAsSuch() throws Exception {
    needsTables();
    try (ServerSocket database = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      String remote = "127.0.0.1:" + database.getLocalPort();
      Storm storm = new Storm(dir).side("base", Map.of("DIRECT", remote));
      storm.direct = List.of(Peer.parse("localhost:" + database.getLocalPort()));
      storm.replay("get", "GET /items/1").run();

      assertThat(storm.all(Event.Bypassed.class))
          .containsExactly(new Event.Bypassed("base", "svc", remote, true));
    }
  }

  @Test
  void callsOverEdgesToASubjectAndToAStubAreNoBypass() throws Exception {
    needsTables();
    Storm storm = new Storm(dir).side("base").withShop();
    storm.replay("get", "GET /items/1").run();

    assertThat(storm.record("buy@base").reached()).containsKey("shop->svc");
    assertThat(storm.record("get@base").reached()).containsKey(Storm.PARTNER);
    assertThat(storm.all(Event.Bypassed.class)).isEmpty();
    assertThat(storm.all(Event.Noted.class))
        .extracting(Event.Noted::message)
        .noneMatch(note -> note.contains("not looked for"));
  }

  private static Path file(Trust trust, String placeholder) {
    return Path.of(Objects.requireNonNull(trust.placeholders().get(placeholder)));
  }

  private static void needsTables() {
    assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "only Linux has these tables");
  }

  /** A fault that answers each request with the last reply to it, if there is one. */
  private static final Fault STALE =
      new Fault() {
        @Override
        public FaultCard card() {
          return Faults.byId("stale-reply").orElseThrow().card();
        }

        @Override
        public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
          return Injection.Plan.of(new Effect.Stale(), "the reply of last time");
        }
      };

  @Test
  void aCellNeverSeesAReplyThatAnotherCellHasGot() throws Exception {
    HttpReply reply = new HttpReply(200, Headers.NONE, Payload.of("{}"));
    Storm storm =
        new Storm(dir)
            .launch(
                "base",
                new Launch.StubLaunch(List.of(Storm.interaction("get", "GET", "/items/1", reply))))
            .replay("get", "GET /items/1");
    RunRequest request = storm.request();
    HttpRequest get = new HttpRequest("GET", "/items/1", Headers.NONE, Payload.EMPTY);
    Map<String, Launch> launches = Objects.requireNonNull(request.launches().get("base"));
    try (StormLoop loop = StormLoop.open();
        Edges edges = new Edges("base", launches, dir, request, loop)) {
      edges.bind(
          (subject, kind, message) -> {
            throw new AssertionError(message);
          });
      HttpCaller caller = new HttpCaller(loop);
      InetSocketAddress address = Objects.requireNonNull(edges.client("svc"));
      edges.arm(Map.of());
      assertThat(caller.call(address, get, PATIENT, Map.of()).get().ended())
          .isEqualTo(CallResult.Ended.REPLIED);
      assertThat(Objects.requireNonNull(edges.disarm().get(Storm.CLIENT)).exchanges()).isEqualTo(1);

      PlannedFault planned =
          new PlannedFault("stale-reply", Storm.CLIENT, Stream.DOWNSTREAM, Parameters.NONE);
      edges.arm(
          Map.of(Storm.CLIENT, Injector.of(1, "get", List.of(new BoundFault(planned, STALE)))));
      caller.call(address, get, PATIENT, Map.of()).get();
      assertThat(Objects.requireNonNull(edges.disarm().get(Storm.CLIENT)).notes())
          .extracting(ExchangeNote::detail)
          .containsExactly("no earlier reply to GET /items/1");
    }
  }
}
