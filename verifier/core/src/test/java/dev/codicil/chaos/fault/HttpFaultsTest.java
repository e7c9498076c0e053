package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Samples;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads, framing and pace. */
class HttpFaultsTest {
  private static final Headers JSON = Headers.of("content-type", "application/json");

  private static Injection.Plan plan(
      String id, Exchange exchange, int call, Map<String, String> written) {
    Fault fault = Faults.byId(id).orElseThrow();
    Parameters parameters = fault.card().complete(new Parameters(written));
    return fault.plan(exchange, parameters, Dice.of(99, "interaction", call, id));
  }

  private static Exchange reply(Headers headers, String body) {
    return Samples.message(Stream.DOWNSTREAM, headers, Payload.of(body));
  }

  private static List<Effect> effects(String id, Map<String, String> written) {
    return plan(id, reply(JSON, "{}"), 0, written).effects();
  }

  @Test
  void aDroppedHeaderIsOneWithoutValues() {
    Exchange exchange = reply(JSON.with("ETag", "\"1\""), "{}");
    Injection.Plan plan = plan("drop-header", exchange, 0, Map.of("header", "ETag"));
    assertThat(plan)
        .isEqualTo(
            Injection.Plan.of(
                new Effect.SetHeaders(Headers.of(Map.of("ETag", List.of()))), "ETag dropped"));
    assertThat(exchange.after(plan.effects().get(0)).headers()).isEqualTo(JSON);
    assertThat(plan("drop-header", exchange, 0, Map.of("header", "age")).detail())
        .isEqualTo("there is no header age");
    assertThat(plan("drop-header", exchange, 0, Map.of()).isEmpty()).isTrue();
  }

  @Test
  void theContentTypeIsAnotherAndTheBodyTheSame() {
    assertThat(effects("wrong-content-type", Map.of()))
        .containsExactly(new Effect.SetHeaders(Headers.of("content-type", "text/html")));
    assertThat(plan("wrong-content-type", reply(Headers.NONE, ""), 0, Map.of()).detail())
        .isEqualTo("there is no content type");
    assertThat(
            plan(
                    "wrong-content-type",
                    reply(JSON, "{}"),
                    0,
                    Map.of("content-type", "Application/JSON"))
                .isEmpty())
        .isTrue();
  }

  @Test
  void theEncodingIsClaimedWhereThereIsNone() {
    assertThat(effects("wrong-encoding", Map.of()))
        .containsExactly(new Effect.SetHeaders(Headers.of("content-encoding", "gzip")));
    assertThat(plan("wrong-encoding", reply(JSON, ""), 0, Map.of()).detail())
        .isEqualTo("there is no body");
    assertThat(
            plan("wrong-encoding", reply(JSON.with("content-encoding", "br"), "x"), 0, Map.of())
                .isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "wrong-length, long, LENGTH_TOO_LONG",
    "wrong-length, short, LENGTH_TOO_SHORT",
    "malformed-chunk, long, MALFORMED_CHUNK",
  })
  void framingIsBrokenAndTheBytesStay(String id, String length, Effect.Reframe.How how) {
    Map<String, String> written = id.equals("wrong-length") ? Map.of("length", length) : Map.of();
    assertThat(effects(id, written)).containsExactly(new Effect.Reframe(how));
    assertThat(plan(id, reply(JSON, ""), 0, written).detail()).isEqualTo("there is no body");
  }

  @Test
  void ratesAreToxiproxysKilobytes() {
    assertThat(effects("bandwidth", Map.of("rate", "8")))
        .containsExactly(new Effect.Throttle(8_000));
  }

  @Test
  void piecesHaveTheAverageSizeGiveOrTakeTheVariation() {
    assertThat(effects("slicer", Map.of("average-size", "7", "delay", "5ms")))
        .containsExactly(new Effect.Slice(7, Duration.ofMillis(5)));
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int call = 0; call < 300; call++) {
      Injection.Plan plan =
          plan(
              "slicer",
              reply(JSON, "{}"),
              call,
              Map.of("average-size", "10", "size-variation", "9"));
      int bytes = ((Effect.Slice) plan.effects().get(0)).bytes();
      least = Math.min(least, bytes);
      most = Math.max(most, bytes);
    }
    assertThat(least).isEqualTo(1);
    assertThat(most).isEqualTo(19);
  }

  @Test
  void aTimeoutOfZeroNeverCloses() {
    assertThat(effects("timeout", Map.of())).containsExactly(new Effect.Stall(null));
    assertThat(effects("timeout", Map.of("timeout", "3s")))
        .containsExactly(new Effect.Stall(Duration.ofSeconds(3)));
    assertThat(effects("slow-close", Map.of("delay", "6s")))
        .containsExactly(new Effect.SlowClose(Duration.ofSeconds(6)));
  }

  private static long[] waits(Map<String, String> written) {
    long[] micros = new long[2_000];
    for (int call = 0; call < micros.length; call++) {
      Injection.Plan plan = plan("latency", reply(JSON, "{}"), call, written);
      micros[call] =
          plan.isEmpty() ? 0 : ((Effect.Delay) plan.effects().get(0)).time().toNanos() / 1_000;
    }
    Arrays.sort(micros);
    return micros;
  }

  @Test
  void normalWaitsGatherAroundTheLatency() {
    long[] waits = waits(Map.of("latency", "100ms", "jitter", "10ms", "distribution", "normal"));
    assertThat(waits[waits.length / 2]).isBetween(99_000L, 101_000L);
    // 15.87 % lie more than one standard deviation below, and as many above.
    assertThat(waits[(int) (0.1587 * waits.length)]).isBetween(89_000L, 91_000L);
    assertThat(waits[(int) (0.8413 * waits.length)]).isBetween(109_000L, 111_000L);
    assertThat(waits[0]).isBetween(70_000L, 75_000L);
    assertThat(waits[waits.length - 1]).isBetween(125_000L, 130_000L);
  }

  @Test
  void logNormalWaitsHaveTheMedianAndATailToOneSide() {
    long[] waits = waits(Map.of("median", "80ms", "sigma", "0.4", "distribution", "log-normal"));
    assertThat(waits[waits.length / 2]).isBetween(77_000L, 83_000L);
    assertThat(waits[(int) (0.8413 * waits.length)])
        .as("median times e to the power of sigma")
        .isBetween(115_000L, 123_500L);
    assertThat(waits[(int) (0.1587 * waits.length)]).isBetween(51_500L, 56_000L);
    assertThat(waits[waits.length - 1]).as("e to the power of 1.2").isLessThanOrEqualTo(265_610L);
  }

  @Test
  void aFixedWaitIsFixedAndUniformOnesAreEven() {
    long[] fixed = waits(Map.of("latency", "100ms", "distribution", "fixed"));
    assertThat(fixed[0]).isEqualTo(fixed[fixed.length - 1]).isEqualTo(100_000L);
    long[] uniform = waits(Map.of("latency", "100ms", "jitter", "20ms", "distribution", "uniform"));
    assertThat(uniform[uniform.length / 4]).isBetween(88_500L, 91_500L);
    assertThat(uniform).isEqualTo(waits(Map.of("latency", "100ms", "jitter", "20ms")));
  }
}
