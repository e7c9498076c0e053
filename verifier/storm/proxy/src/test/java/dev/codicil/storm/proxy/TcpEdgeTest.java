package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Cut.How;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.When;
import dev.codicil.chaos.fault.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An edge over which something else than HTTP passes: turns of four bytes each way. */
class TcpEdgeTest extends ProxyTestBase {
  private static final String PING = "ping";
  private static final String PONG = "pong";

  @BeforeEach
  void openTcpProxy() {
    proxy.close();
    proxy = FaultProxy.openTcp(loop, ScriptedFault.EDGE, 1);
  }

  private RawServer echo() throws IOException {
    return serve(
        talk -> {
          while (talk.exactly(4).length() == 4) {
            talk.requests().add(PING);
            talk.say(PONG);
          }
          talk.read();
        });
  }

  private static String turn(Raw client) throws IOException {
    return client.say(PING).exactly(4);
  }

  @Test
  void bytesPassAsTheyAreAndTurnsAreCountedOverAllConnections() throws Exception {
    try (RawServer server = echo();
        Raw one = client();
        Raw two = client()) {
      proxy.arm(Injector.NONE);
      for (int i = 0; i < 3; i++) {
        assertThat(turn(one)).isEqualTo(PONG);
        assertThat(turn(two)).isEqualTo(PONG);
      }
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(6);
      assertThat(log.bodies()).containsExactlyInAnyOrder(Stream.UPSTREAM, Stream.DOWNSTREAM);
      assertThat(log.notes()).isEmpty();
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void aConnectionFromAPoolIsStruckInALaterCellAndItsTurnsCountFromZeroAgain() throws Exception {
    try (RawServer server = echo();
        Raw pooled = client()) {
      proxy.arm(Injector.NONE);
      assertThat(turn(pooled)).isEqualTo(PONG);
      assertThat(proxy.disarm().exchanges()).isEqualTo(1);
      assertThat(turn(pooled)).as("between cells").isEqualTo(PONG);

      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Cut(How.RESET, -1)));

      assertThat(pooled.say(PING).rest()).isEqualTo(new Raw.Rest("", "reset"));
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(1);
      assertThat(log.injections())
          .containsExactly(
              new Injection(ScriptedFault.EDGE, 0, Stream.DOWNSTREAM, "scripted", "scripted"));
      assertThat(server.requests).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  void cutsBeforeTheServerSeesWhatTheClientSaid(How how) throws Exception {
    try (RawServer server = echo();
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Cut(how, -1)));
      assertThat(client.say(PING).rest())
          .isEqualTo(new Raw.Rest("", how == How.RESET ? "reset" : "closed"));
      proxy.disarm();
      assertThat(next(server.ends)).isEqualTo("closed");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void theThirdTurnAloneIsReset() throws Exception {
    try (RawServer server = echo();
        Raw client = client()) {
      proxy.arm(planned("reset", Map.of("after", "before-request"), Stream.UPSTREAM, 3));
      assertThat(turn(client)).isEqualTo(PONG);
      assertThat(turn(client)).isEqualTo(PONG);
      assertThat(client.say(PING).rest()).isEqualTo(new Raw.Rest("", "reset"));
      assertThat(proxy.disarm().injections())
          .containsExactly(
              new Injection(ScriptedFault.EDGE, 2, Stream.UPSTREAM, "reset", "before-request"));
      assertThat(server.requests).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Stream.class)
  void latencyFallsOnTheHalfOfTheTurnThatItIsFor(Stream stream) throws Exception {
    try (RawServer server = echo();
        Raw client = client()) {
      assertThat(turn(client)).isEqualTo(PONG);
      proxy.arm(ScriptedFault.always(stream, new Effect.Delay(Duration.ofMillis(300))));
      long start = System.nanoTime();
      client.say(PING);
      if (stream == Stream.UPSTREAM) {
        assertThat(server.requests).as("held back").hasSize(1);
      }
      assertThat(client.exactly(4)).isEqualTo(PONG);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(300), Duration.ofSeconds(15));
      assertThat(proxy.disarm().injections()).hasSize(1);
      assertThat(turn(client)).as("the connection is as good as before").isEqualTo(PONG);
    }
  }

  @Test
  void whatNeverPassesIsCutWhenTheCellEnds() throws Exception {
    try (RawServer server = echo();
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Stall(null)));
      client.say(PING);
      assertThat(next(server.requests)).isEqualTo(PING);
      assertThat(client.rest(300)).isEqualTo(new Raw.Rest("", "open"));
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.CUT_AT_END);
      assertThat(client.rest(5_000).end()).isNotEqualTo("open");
    }
  }

  @Test
  void silenceMayEndByItself() throws Exception {
    try (RawServer server = echo();
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Stall(Duration.ofMillis(100))));
      assertThat(client.say(PING).rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(server.requests).isEmpty();
      proxy.disarm();
    }
  }

  @Test
  void bandwidthBoundsAReplyAndKeepsEveryByteOfIt() throws Exception {
    String large = "0123456789".repeat(2_000);
    try (RawServer server =
            serve(
                talk -> {
                  talk.exactly(4);
                  talk.say(large);
                  talk.read();
                });
        Raw client = client()) {
      proxy.arm(planned("bandwidth", Map.of("rate", "100"), Stream.DOWNSTREAM, 1));
      long start = System.nanoTime();
      assertThat(client.say(PING).exactly(large.length())).isEqualTo(large);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
      proxy.disarm();
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void aServerThatSpeaksFirstIsHeard() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.say("hi");
                  talk.exactly(4);
                  talk.say(PONG);
                  talk.read();
                });
        Raw client = client()) {
      assertThat(client.exactly(2)).isEqualTo("hi");
      assertThat(turn(client)).isEqualTo(PONG);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void eachSideHearsThatTheOtherHasEndedBehindWhatItSaid() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.exactly(4);
                  talk.read(); // the client's end
                  talk.say(PONG);
                });
        Raw client = client()) {
      client.say(PING).socket.shutdownOutput();
      assertThat(client.rest()).isEqualTo(new Raw.Rest(PONG, "closed"));
      assertThat(next(server.ends)).isEqualTo("closed");
      forgotten();
    }
  }

  @Test
  void aResetPassesAsOne() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.exactly(4);
                  talk.reset();
                });
        Raw client = client()) {
      assertThat(client.say(PING).rest()).isEqualTo(new Raw.Rest("", "reset"));
      assertThat(server.connections).hasValue(1);
      forgotten();
    }
  }

  @Test
  void nobodyBehindTheEdgeIsAReset() throws Exception {
    int free;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = once.getLocalPort();
    }
    proxy.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), free));
    proxy.arm(Injector.NONE);
    try (Raw client = client()) {
      assertThat(client.rest().end()).isEqualTo("reset");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.UPSTREAM_REFUSED);
    }
  }

  @Test
  void aSenderIsNotReadFasterThanItsReceiverTakes() throws Exception {
    int tooMuch = 64 << 20;
    try (RawServer server =
            serve(
                talk -> {
                  byte[] block = new byte[1 << 16];
                  talk.exactly(4);
                  for (int sent = 0; sent < tooMuch; sent += block.length) {
                    talk.socket.getOutputStream().write(block);
                    talk.requests().add(PING);
                  }
                });
        Raw client = client()) {
      client.say(PING);
      int blocks = -1;
      while (server.requests.size() != blocks) { // until nothing moves any more
        blocks = server.requests.size();
        TimeUnit.MILLISECONDS.sleep(300);
      }
      assertThat((long) blocks << 16).isLessThan(tooMuch);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void twoRunsWithOneSeedAreStruckAlike(long seed) throws Exception {
    List<Injection> first = struck(seed);
    assertThat(first).isNotEmpty().hasSizeLessThan(20);
    assertThat(struck(seed)).isEqualTo(first);
  }

  private List<Injection> struck(long seed) throws Exception {
    try (RawServer server = echo();
        Raw client = client()) {
      PlannedFault half =
          new PlannedFault(
                  "latency",
                  ScriptedFault.EDGE,
                  Stream.DOWNSTREAM,
                  new Parameters(Map.of("latency", "1ms")))
              .when(new Conditions(Match.ANY, When.ALWAYS, 0.5, Conditions.UNBOUNDED));
      proxy.arm(
          Injector.of(
              seed,
              "stimulus",
              List.of(new BoundFault(half, Faults.byId("latency").orElseThrow()))));
      for (int i = 0; i < 20; i++) {
        assertThat(turn(client)).isEqualTo(PONG);
      }
      assertThat(server.requests).hasSize(20);
      return proxy.disarm().injections();
    }
  }

  private static Injector planned(
      String fault, Map<String, String> parameters, Stream stream, int nth) {
    PlannedFault planned =
        new PlannedFault(fault, ScriptedFault.EDGE, stream, new Parameters(parameters))
            .when(new Conditions(Match.ANY, new When(nth, nth, 1), 1, Conditions.UNBOUNDED));
    return Injector.of(
        1, "stimulus", List.of(new BoundFault(planned, Faults.byId(fault).orElseThrow())));
  }

  /** Nothing of an ended connection is kept. */
  private void forgotten() throws InterruptedException {
    for (int i = 0; i < 100 && proxy.connections() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(proxy.connections()).isZero();
  }
}
