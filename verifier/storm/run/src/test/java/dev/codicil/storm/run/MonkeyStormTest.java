package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Injection;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonkeyStormTest {
  private static final String UPSTREAM = "shop->svc";

  @TempDir Path dir;

  private Storm storm(String... vices) {
    Storm storm = new Storm(dir).side("base", vices).side("head", vices);
    storm.budget = Duration.ofMillis(900);
    storm.chaosMonkey = MonkeyDouble.AT;
    return storm;
  }

  private static Outcome outcome(CellRecord record) {
    return CellOutcomes.of(record, RequestFit.UNTOUCHED, null);
  }

  @Test
  void aHandlerThatThrowsFailsAndIsWellAgainAfterwards() throws Exception {
    Storm storm =
        storm("monkey", "monkey-mapped")
            .replay("get", "GET /items/1")
            .storm("throws", "get", "monkey-exception", Storm.CLIENT, Map.of())
            .run();

    for (String side : new String[] {"base", "head"}) {
      CellRecord thrown = storm.record("throws@" + side);
      assertThat(thrown.problem()).isNull();
      assertThat(thrown.status()).isEqualTo(500);
      assertThat(thrown.recoveryMillis()).isNotNegative();
      assertThat(thrown.injections())
          .extracting(Injection::detail)
          .containsExactly("calls throw java.lang.RuntimeException in shop.Items.one");
    }
    assertThat(storm.all(Event.SubjectFailed.class)).isEmpty();
    assertThat(dir.resolve("pending")).isDirectoryNotContaining("glob:**.json");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void whereNoMappingIsToldEveryControllerIsAssaultedAndTheRecordSaysSo() throws Exception {
    Storm storm =
        storm("monkey")
            .replay("get", "GET /items/1")
            .storm("waits", "get", "monkey-latency", Storm.CLIENT, Map.of("latency", "200ms"))
            .run();

    CellRecord slow = storm.record("waits@head");
    assertThat(outcome(slow)).isEqualTo(Outcome.HELD);
    assertThat(slow.elapsedMillis()).isGreaterThanOrEqualTo(200);
    assertThat(slow.injections())
        .extracting(Injection::detail)
        .containsExactly(
            "calls wait 200ms, in every controller (mappings are not exposed beside it)");
  }

  @Test
  void aConsumerIsJudgedByWhatItsSlowUpstreamDoesToIt() throws Exception {
    Storm storm =
        storm("monkey")
            .withShop()
            .storm("waits", "buy", "monkey-latency", UPSTREAM, Map.of("latency", "1500ms"))
            .run();

    CellRecord refused = storm.record("waits@head");
    assertThat(refused.answer()).isEqualTo("refused");
    assertThat(refused.recoveryMillis()).isNotNegative();
  }

  @Test
  void aServiceThatEndsItselfIsBroughtBackAndItsCallerJudged() throws Exception {
    Storm storm =
        storm("monkey").withShop().storm("ends", "buy", "monkey-kill", UPSTREAM, Map.of()).run();

    CellRecord refused = storm.record("ends@head");
    assertThat(refused.problem()).isNull();
    assertThat(refused.answer()).isEqualTo("refused");
    assertThat(refused.fleet()).isNotNull();
    assertThat(refused.fleet().back()).hasSize(1);
    assertThat(refused.recoveryMillis()).isNotNegative();
    assertThat(storm.all(Event.SubjectFailed.class)).isEmpty();
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aMonkeyThatIsNotThereSaysNothingAboutTheService() throws Exception {
    Storm storm =
        storm()
            .replay("get", "GET /items/1")
            .storm("throws", "get", "monkey-exception", Storm.CLIENT, Map.of())
            .run();

    CellRecord unknown = storm.record("throws@head");
    assertThat(outcome(unknown)).isEqualTo(Outcome.UNKNOWN);
    assertThat(unknown.problem())
        .startsWith(
            "the fault monkey-exception could not be injected: the Chaos Monkey of svc: GET http://")
        .contains("was answered 404");
  }

  @Test
  void settingsThatDoNotGoBackMakeTheCellUnknownAndCostTheNodeItsLife() throws Exception {
    Storm storm =
        storm("monkey", "monkey-stuck")
            .replay("get", "GET /items/1")
            .storm("throws", "get", "monkey-exception", Storm.CLIENT, Map.of())
            .storm("late", "get", "latency", Storm.PARTNER, Map.of("latency", "1ms"))
            .run();

    CellRecord unknown = storm.record("throws@head");
    assertThat(outcome(unknown)).isEqualTo(Outcome.UNKNOWN);
    assertThat(unknown.problem())
        .contains("could not be undone")
        .contains("deterministic is true, not false")
        .endsWith("the node was replaced");
    assertThat(outcome(storm.record("late@head"))).isEqualTo(Outcome.HELD);
    assertThat(dir.resolve("pending")).isDirectoryNotContaining("glob:**.json");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void anAssaultThatNobodyFeelsIsNoPass() throws Exception {
    Storm storm =
        storm("monkey", "monkey-dull")
            .replay("get", "GET /items/1")
            .storm("throws", "get", "monkey-exception", Storm.CLIENT, Map.of())
            .storm("waits", "get", "monkey-latency", Storm.CLIENT, Map.of("latency", "40s"))
            .run();

    assertThat(outcome(storm.record("throws@head"))).isEqualTo(Outcome.UNKNOWN);
    assertThat(storm.record("throws@head").problem())
        .startsWith("the fault did not strike: the reply is a good one");
    assertThat(outcome(storm.record("waits@head"))).isEqualTo(Outcome.UNKNOWN);
    assertThat(storm.record("waits@head").problem())
        .startsWith("the fault did not strike: the reply came after ");
  }
}
