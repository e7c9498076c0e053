package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Json;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.FleetRecord;
import dev.codicil.history.FleetRecord.Back;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How long it took to be well again, before against after. */
class RecoveryJudgeTest {
  private static final Experiment KILL =
      new Experiment(
          "e1",
          "s1",
          new FaultSet(
              "nodes",
              List.of(
                  new PlannedFault(
                      "kill", Runs.EDGE, Stream.UPSTREAM, new Parameters(Map.of("at", "after"))))),
          RequestFit.UNTOUCHED);

  private static CellRecord struck(String column, Outcome outcome, long recovery, Back... back) {
    SortedMap<Integer, Integer> answered = new TreeMap<>(Map.of(0, 1));
    return Runs.record(new Cell(column, "s1", "e1"), 0, outcome, true, true)
        .withRecovery(recovery)
        .withFleet(new FleetRecord(Map.of(Runs.EDGE, answered), List.of(back)));
  }

  private static Runs runs(Experiment experiment) {
    return Runs.planned(Runs.stimulus(true), experiment, List.of(), List.of())
        .calm("base", Outcome.HELD, true)
        .calm("head", Outcome.HELD, true);
  }

  private static Back back(long millis) {
    return new Back("license-authority", 0, "kill", millis);
  }

  @Test
  void underAFaultOnNodesTheTimeIsToldWithThatOfTheNodes() {
    Finding finding =
        runs(KILL)
            .add(struck("base", Outcome.HELD, 40, back(700)))
            .add(struck("head", Outcome.FAILED, 300, back(2900)))
            .only(FindingKind.RESILIENCE_LOST);

    assertThat(finding.recovery()).isEqualTo(new RecoveryComparison(740L, 3200L));
    assertThat(finding.recovery()).isNotNull();
    assertThat(finding.recovery().label()).isEqualTo("740 ms before -> 3.2 s after");
  }

  @Test
  void whoDoesNotComeBackInTimeHasLostAndThatIsTold() {
    Finding finding =
        runs(KILL)
            .add(struck("base", Outcome.HELD, 40, back(700)))
            .add(struck("head", Outcome.HELD, -1, back(700)))
            .only(FindingKind.RESILIENCE_LOST);

    assertThat(finding.after().storm()).isEqualTo(Outcome.LOST);
    assertThat(finding.recovery())
        .isEqualTo(new RecoveryComparison(740L, RecoveryComparison.NEVER));
    assertThat(finding.recovery()).isNotNull();
    assertThat(finding.recovery().label()).isEqualTo("740 ms before -> not in time after");
  }

  @Test
  void aNodeThatStaysAwayIsNotBackInTime() {
    Finding finding =
        runs(KILL)
            .add(struck("base", Outcome.HELD, 40, back(700)))
            .add(struck("head", Outcome.FAILED, 40, back(Back.NEVER)))
            .only(FindingKind.RESILIENCE_LOST);

    assertThat(finding.recovery())
        .isEqualTo(new RecoveryComparison(740L, RecoveryComparison.NEVER));
  }

  @Test
  void longerAfterThanBeforeDecidesNothing() {
    AmendmentVerdict verdict =
        runs(KILL)
            .add(struck("base", Outcome.HELD, 40, back(700)))
            .add(struck("head", Outcome.HELD, 9_000, back(9_000)))
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.findings())
        .filteredOn(finding -> !finding.faults().isEmpty())
        .extracting(Finding::recovery)
        .containsExactly(new RecoveryComparison(740L, 18_000L));
  }

  @Test
  void underOtherFaultsOnlyALongTimeIsTold() {
    for (long millis : new long[] {900, 1_000}) {
      List<Finding> findings =
          runs(Runs.SLOW)
              .add(struck("base", Outcome.HELD, 10))
              .add(struck("head", Outcome.HELD, millis))
              .judge()
              .findings();

      assertThat(findings)
          .filteredOn(finding -> !finding.faults().isEmpty())
          .extracting(finding -> finding.recovery() == null)
          .containsExactly(millis < 1_000);
    }
  }

  @Test
  void whatNodesDidComesBackFromTheHistoryAsItWasWritten() throws Exception {
    CellRecord record = struck("base", Outcome.HELD, 40, back(700));
    String json = Json.mapper().writeValueAsString(record);

    assertThat(Json.mapper().readValue(json, CellRecord.class)).isEqualTo(record);
    String old = json.replaceAll(",\"fleet\":\\{.*\\}\\]\\}", "");
    assertThat(old).isNotEqualTo(json).doesNotContain("fleet");
    assertThat(Json.mapper().readValue(old, CellRecord.class).fleet()).isNull();
  }
}
