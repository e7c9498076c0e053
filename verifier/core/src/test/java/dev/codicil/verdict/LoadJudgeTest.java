package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Load.Percentile;
import dev.codicil.chaos.Load.Tolerance;
import dev.codicil.contract.Json;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.ReplyFit;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.experiment.Plan;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.Event;
import dev.codicil.history.LoadRecord;
import dev.codicil.history.LoadRecord.Answer;
import dev.codicil.history.LoadRecord.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How percentiles before and after are judged, from records alone. */
class LoadJudgeTest {
  private static final Load LOAD =
      new Load(50, 4, Map.of(Percentile.P99, Tolerance.DEFAULT), Load.SAFE);
  private static final Experiment CALM = Experiment.calmUnder(LOAD, "s1", "under-load");
  private static final Experiment STORM =
      new Experiment(
          "e1", "s1", Runs.SLOW.faults(), RequestFit.UNTOUCHED, ReplyFit.UNTOUCHED, LOAD);

  private final List<Event> events = new ArrayList<>();

  LoadJudgeTest() {
    Event.Planned some = (Event.Planned) Runs.planned().events.get(0);
    Plan plan =
        new Plan(
            1,
            some.plan().columns(),
            some.plan().steps(),
            some.plan().stimuli(),
            List.of(CALM, STORM),
            Map.of(),
            List.of(),
            List.of());
    events.add(
        new Event.Planned(
            1,
            "test",
            plan,
            List.of(),
            new Ledger(List.of()),
            Map.of(),
            "replayed",
            List.of(Runs.EDGE)));
    for (String column : List.of("base", "head")) {
      events.add(
          new Event.CellRun(Runs.record(new Cell(column, "s1", ""), 0, Outcome.HELD, true, false)));
    }
  }

  private static Latency latency(long samples, double p99) {
    return new Latency(samples, p99 / 4, p99 / 2, p99, p99, p99);
  }

  private static Answer answers(Outcome outcome, int count) {
    boolean failed = outcome == Outcome.FAILED || outcome == Outcome.REFUSED;
    return new Answer(
        outcome == Outcome.HUNG ? Ended.TIMED_OUT : Ended.REPLIED,
        outcome == Outcome.HUNG ? 0 : failed ? 503 : 200,
        failed ? List.of(new Mismatch("status", "200", "503")) : List.of(),
        outcome == Outcome.REFUSED,
        null,
        null,
        Map.of("/validUntil", "string"),
        count,
        outcome == Outcome.UNKNOWN ? "too many kinds" : null);
  }

  private static LoadRecord measured(double p99, Answer... answers) {
    int sent = List.of(answers).stream().mapToInt(Answer::count).sum();
    return new LoadRecord(
        200, sent, 50, latency(sent, p99), latency(sent, 0.2), 0, 0, 0, List.of(answers));
  }

  private static LoadRecord held(double p99) {
    return measured(p99, answers(Outcome.HELD, 200));
  }

  private LoadJudgeTest add(Experiment experiment, String column, int attempt, LoadRecord load) {
    CellRecord record =
        Runs.record(
            new Cell(column, "s1", experiment.id()),
            attempt,
            Outcome.HELD,
            true,
            !experiment.calm());
    events.add(new Event.CellRun(record.withLoad(load)));
    return this;
  }

  private LoadJudgeTest calm(LoadRecord before, LoadRecord after) {
    return add(CALM, "base", 0, before).add(CALM, "head", 0, after);
  }

  private LoadJudgeTest calm() {
    return calm(held(12), held(13));
  }

  private LoadJudgeTest storm(LoadRecord before, LoadRecord after) {
    return add(STORM, "base", 0, before).add(STORM, "head", 0, after);
  }

  private AmendmentVerdict judge() {
    events.add(new Event.Finished(1000, 0));
    return new Judge(Policy.DEFAULT).judge(events);
  }

  private List<String> kinds() {
    return judge().findings().stream()
        .filter(finding -> finding.load() != null)
        .map(finding -> finding.id().replace(CALM.id(), "calm") + " " + finding.kind().id())
        .sorted()
        .toList();
  }

  private Finding finding(Experiment experiment) {
    return judge().findings().stream()
        .filter(finding -> finding.id().equals(experiment.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatStaysWithinTheToleranceIsCompatibleAndTellsItsPercentiles() {
    calm().storm(held(112), held(150));
    Finding finding = finding(STORM);
    assertThat(finding.kind()).isEqualTo(FindingKind.COMPATIBLE);
    assertThat(finding.load())
        .extracting(LoadComparison::label)
        .isEqualTo(
            "50/s for 4s: p50 28 -> 37.5, p90 56 -> 75, p99 112 -> 150 (at most 224), max 112 ->"
                + " 150 ms, errors 0 of 200 -> 0 of 200");
  }

  @Test
  void aSlowerStormIsResilienceLostWithThePercentilesInItsText() {
    calm().storm(held(112), held(480));
    Finding finding = finding(STORM);
    assertThat(finding.kind()).isEqualTo(FindingKind.RESILIENCE_LOST);
    assertThat(finding.gates()).isTrue();
    assertThat(finding.reason())
        .isEqualTo(
            "the same faults under the same load: p99 is 480 ms after, was 112 ms before, and at"
                + " most 224 ms is tolerated (2x or +10ms)");
    assertThat(finding.nearMiss()).isEqualTo("expected a p99 of at most 224 ms, was 480 ms");
    assertThat(finding.before()).isEqualTo(new Finding.Outcomes(Outcome.HELD, Outcome.HELD, true));
    assertThat(finding.after()).isEqualTo(new Finding.Outcomes(Outcome.HELD, Outcome.HELD, true));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 10.1, compatible", // ten milliseconds more are noise, whatever the factor
    "0.1, 10.2, resilience-lost",
    "100, 200, compatible",
    "100, 200.1, resilience-lost",
    "480, 112, compatible",
  })
  void theLargerOfFactorAndSlackIsTolerated(double before, double after, String kind) {
    calm().storm(held(before), held(after));
    assertThat(finding(STORM).kind().id()).isEqualTo(kind);
  }

  @Test
  void whatIsSlowerInCalmIsBrokenAndItsStormsAreNotJudged() {
    calm(held(12), held(40)).storm(held(112), held(900));
    assertThat(kinds()).containsExactly("calm broken");
  }

  @Test
  void whatFailsInCalmUnderLoadIsBroken() {
    calm(held(12), measured(12, answers(Outcome.HELD, 190), answers(Outcome.FAILED, 10)));
    Finding finding = finding(CALM);
    assertThat(finding.kind()).isEqualTo(FindingKind.BROKEN);
    assertThat(finding.after().calm()).isEqualTo(Outcome.FAILED);
    assertThat(finding.nearMiss()).isEqualTo("of the load: status: expected 200, was 503");
  }

  @ParameterizedTest
  @CsvSource({
    "200, 0, 0, HELD",
    "198, 2, 0, HELD", // one in a hundred is let pass
    "197, 3, 0, FAILED",
    "197, 1, 2, FAILED", // three are FAILED or worse
    "197, 0, 3, HUNG",
    "0, 0, 200, HUNG",
  })
  void aLoadIsAsGoodAsAllButOneInAHundred(int held, int failed, int hung, Outcome outcome) {
    CellRecord record =
        Runs.record(new Cell("head", "s1", "e1"), 0, Outcome.HELD, true, true)
            .withLoad(
                measured(
                    12,
                    answers(Outcome.HELD, held),
                    answers(Outcome.FAILED, failed),
                    answers(Outcome.HUNG, hung)));
    assertThat(CellOutcomes.of(record, RequestFit.UNTOUCHED, null)).isEqualTo(outcome);
  }

  @Test
  void answersNobodyCouldJudgeMakeTheCellUnknown() {
    calm()
        .storm(held(112), measured(112, answers(Outcome.HELD, 190), answers(Outcome.UNKNOWN, 10)));
    assertThat(finding(STORM).kind()).isEqualTo(FindingKind.INCONCLUSIVE);
  }

  @Test
  void aWorseOutcomeIsLostWhateverTheLatency() {
    calm().storm(held(480), measured(5, answers(Outcome.FAILED, 200)));
    Finding finding = finding(STORM);
    assertThat(finding.kind()).isEqualTo(FindingKind.RESILIENCE_LOST);
    assertThat(finding.after().storm()).isEqualTo(Outcome.FAILED);
    assertThat(finding.load()).isNotNull();
  }

  @Test
  void fewerThanAHundredSamplesAreNoPass() {
    LoadRecord few =
        new LoadRecord(
            99,
            99,
            50,
            latency(99, 1),
            latency(99, 0.1),
            0,
            0,
            0,
            List.of(answers(Outcome.HELD, 99)));
    calm().storm(few, few);
    Finding finding = finding(STORM);
    assertThat(finding.kind()).isEqualTo(FindingKind.INCONCLUSIVE);
    assertThat(finding.reason()).contains("99 samples are too few for p99, which needs 100");
  }

  @Test
  void requestsThatCouldNotBeSentAreNoPass() {
    calm().storm(held(112), measured(112, answers(Outcome.HELD, 150)));
    assertThat(finding(STORM).kind()).isEqualTo(FindingKind.INCONCLUSIVE);
    assertThat(finding(STORM).reason())
        .contains("after: this machine could not keep the rate: 50 of 200 requests were not sent");
  }

  @Test
  void aMachineThatLagsIsNoMeasureOfAService() {
    LoadRecord late =
        new LoadRecord(
            200,
            200,
            50,
            latency(200, 900),
            latency(200, 5.1),
            2,
            0,
            0,
            List.of(answers(Outcome.HELD, 200)));
    calm().storm(held(112), late);
    assertThat(finding(STORM).kind()).isEqualTo(FindingKind.INCONCLUSIVE);
    assertThat(finding(STORM).reason())
        .contains("one request in a hundred left 5.1 ms late or more, where 5 ms are allowed");
  }

  @Test
  void runsThatDisagreeAreFlakyAndTellTheirRate() {
    calm()
        .storm(held(112), held(480))
        .add(STORM, "base", 1, held(112))
        .add(STORM, "head", 1, held(130))
        .add(STORM, "base", 2, held(112))
        .add(STORM, "head", 2, held(600));
    Finding finding = finding(STORM);
    assertThat(finding.kind()).isEqualTo(FindingKind.INCONCLUSIVE);
    assertThat(finding.reason()).contains("flaky: beyond the tolerance in 2 of 3 runs");
  }

  @Test
  void aBaseThatNeverMeetsTheFaultStandsAsInCalmUnderTheSameLoad() {
    calm().add(STORM, "head", 0, held(300));
    events.add(
        new Event.CellSkipped(new Cell("base", "s1", "e1"), "not-exposed", "calm never calls it"));
    Finding finding = finding(STORM);
    assertThat(finding.kind()).isEqualTo(FindingKind.RESILIENCE_LOST);
    assertThat(finding.before().exposed()).isFalse();
    assertThat(finding.reason()).contains("p99 is 300 ms after, was 12 ms before");
  }

  @Test
  void aCalmThatDidNotRunLeavesItsStormsUndecided() {
    storm(held(112), held(112));
    assertThat(kinds()).containsExactly("calm inconclusive");
  }

  @Test
  void sidesThatAreSwappedMirror() {
    calm(held(40), held(12)).storm(held(480), held(112));
    assertThat(kinds()).containsExactly("calm compatible", "e1 compatible");
  }

  @Test
  void aRecordComesBackFromItsHistoryAsItWas() throws JsonProcessingException {
    calm().storm(held(112.3456), measured(480, answers(Outcome.HUNG, 200)));
    for (Event event : events) {
      String line = Json.mapper().writeValueAsString(event);
      assertThat(Json.mapper().readValue(line, Event.class)).isEqualTo(event);
    }
    String single = Json.mapper().writeValueAsString(Runs.planned().events.get(0));
    assertThat(single).doesNotContain("load");
  }
}
