package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.experiment.Invariant;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CheckRecord;
import dev.codicil.history.CheckRecord.Reading;
import dev.codicil.history.CheckRecord.Result;
import dev.codicil.history.CheckRecord.Surfaced;
import dev.codicil.history.CheckRecord.Unaided;
import dev.codicil.history.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckJudgeTest {
  private static Runs planned(@Nullable String left) {
    Runs runs = Runs.planned();
    Event.Planned plain = (Event.Planned) runs.events.get(0);
    runs.events.set(
        0,
        new Event.Planned(
            plain.schema(),
            plain.amendment(),
            plain.plan(),
            plain.changes(),
            plain.ledger(),
            plain.inputs(),
            plain.evidenceCap(),
            plain.edges(),
            List.of(
                new Invariant.Declared(
                    "seats", "used.body.seats <= sold.body.seats", false, 1, left, "c.yaml:3:1"))));
    return runs;
  }

  private static Reading reading(Result result, String seats, boolean idle) {
    return new Reading(
        "seats",
        result,
        false,
        false,
        result == Result.UNDECIDED ? "no such key: seats" : "",
        Map.of("used.body.seats", seats),
        idle);
  }

  private static CellRecord cell(String column, boolean storm, Reading reading) {
    return Runs.record(new Cell(column, "s1", storm ? "e1" : ""), 0, Outcome.HELD, true, storm)
        .withChecks(new CheckRecord(List.of(reading), List.of(), null));
  }

  private static Runs runs(Result calmAfter, Result stormBefore, Result stormAfter) {
    return planned(null)
        .add(cell("base", false, reading(Result.HELD, "3", false)))
        .add(cell("head", false, reading(calmAfter, "4", false)))
        .add(cell("base", true, reading(stormBefore, "5", false)))
        .add(cell("head", true, reading(stormAfter, "6", false)));
  }

  @Test
  void anInvariantViolatedAfterOnlyUnderAStormIsResilienceLostAndNamesTheValues() {
    Finding finding =
        runs(Result.HELD, Result.HELD, Result.VIOLATED).only(FindingKind.RESILIENCE_LOST);

    assertThat(finding.after().storm()).isEqualTo(Outcome.CORRUPTED);
    assertThat(finding.gates()).isTrue();
    assertThat(finding.nearMiss())
        .isEqualTo(
            "invariant seats: expected used.body.seats <= sold.body.seats, was used.body.seats ="
                + " 6");
  }

  @Test
  void anInvariantViolatedOnBothSidesUnderAStormIsFragile() {
    assertThat(
            runs(Result.HELD, Result.VIOLATED, Result.VIOLATED)
                .only(FindingKind.FRAGILE)
                .before()
                .storm())
        .isEqualTo(Outcome.CORRUPTED);
  }

  @Test
  void anInvariantViolatedAfterInCalmIsBroken() {
    assertThat(
            runs(Result.VIOLATED, Result.HELD, Result.VIOLATED)
                .only(FindingKind.BROKEN)
                .after()
                .calm())
        .isEqualTo(Outcome.CORRUPTED);
  }

  @Test
  void whatCannotBeDecidedIsInconclusiveAndSaysWhy() {
    assertThat(
            runs(Result.HELD, Result.HELD, Result.UNDECIDED)
                .only(FindingKind.INCONCLUSIVE)
                .reason())
        .contains("the invariant seats could not be decided: no such key: seats");
  }

  @Test
  void anInvariantThatNoCellDecidedIsInconclusive() {
    Runs runs = runs(Result.NOT_ASKED, Result.NOT_ASKED, Result.NOT_ASKED);
    runs.events.set(
        1, new Event.CellRun(cell("base", false, reading(Result.NOT_ASKED, "", false))));

    Finding finding = runs.only(FindingKind.INCONCLUSIVE);

    assertThat(finding.id()).isEqualTo("invariant:seats");
    assertThat(finding.reason()).contains("4 had no reply");
    assertThat(finding.location()).isEqualTo("c.yaml:3:1");
  }

  @Test
  void oneOfWhichRightlyNothingIsReplayedIsCountedOnly() {
    Runs runs = planned("no message is amended").calm("base", Outcome.HELD, true);
    runs.calm("head", Outcome.HELD, true).storm("base", Outcome.HELD).storm("head", Outcome.HELD);

    AmendmentVerdict verdict = runs.judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.coverage().invariants())
        .containsExactly(new Coverage.Asked("seats", 1, 0, 0, 0, 0, ""));
  }

  @Test
  void whatNoCellCouldHaveViolatedIsVacuous() {
    Runs idle = planned(null);
    Runs unmoved = planned(null);
    Runs telling = planned(null);
    for (String column : List.of("base", "head")) {
      for (boolean storm : List.of(false, true)) {
        String other = column + storm;
        idle.add(cell(column, storm, reading(Result.HELD, other, true)));
        unmoved.add(cell(column, storm, reading(Result.HELD, "3", false)));
        telling.add(cell(column, storm, reading(Result.HELD, other, false)));
      }
    }

    assertThat(vacuous(idle)).isEqualTo(InvariantCounts.IDLE);
    assertThat(vacuous(unmoved)).isEqualTo(InvariantCounts.UNMOVED);
    assertThat(vacuous(telling)).isEmpty();
  }

  private static String vacuous(Runs runs) {
    return runs.judge().coverage().invariants().get(0).vacuous();
  }

  @Test
  void aSecretThatComesToLightIsFailed() {
    CellRecord calm = Runs.record(new Cell("head", "s1", ""), 0, Outcome.HELD, true, false);
    CellRecord leaked =
        calm.withChecks(
            CheckRecord.NONE.withSurfaced(
                List.of(new Surfaced("canary api-key", "base64", "the reply at /debug"))));

    Runs runs = planned("left").calm("base", Outcome.HELD, true).add(leaked);

    Finding finding = runs.only(FindingKind.BROKEN);
    assertThat(finding.after().calm()).isEqualTo(Outcome.FAILED);
    assertThat(finding.nearMiss()).contains("canary api-key (base64) in the reply at /debug");
  }

  @Test
  void aRefusalThatSaysTheWrongThingIsFailed() {
    CellRecord refused = Runs.record(new Cell("head", "s1", "e1"), 0, Outcome.REFUSED, true, true);
    CheckRecord wrong = new CheckRecord(List.of(), List.of(), "body/type: expected expired");

    Runs runs =
        planned("left")
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.REFUSED)
            .add(refused.withChecks(wrong));

    assertThat(runs.only(FindingKind.RESILIENCE_LOST).after().storm()).isEqualTo(Outcome.FAILED);
  }

  private static CellRecord storm(String column, @Nullable Unaided unaided) {
    return Runs.record(new Cell(column, "s1", "e1"), 0, Outcome.HELD, true, true)
        .withChecks(CheckRecord.NONE.withUnaided(unaided));
  }

  private static Runs unaided(@Nullable Unaided before, @Nullable Unaided after) {
    return Runs.planned()
        .add(Runs.record(new Cell("base", "s1", ""), 0, Outcome.HELD, true, false))
        .add(Runs.record(new Cell("head", "s1", ""), 0, Outcome.HELD, true, false))
        .add(storm("base", before))
        .add(storm("head", after));
  }

  private static final Unaided STUCK =
      new Unaided(false, "body/name: expected the value from before it, was another");

  @Test
  void whatComesBackBeforeAndNeedsAResetAfterIsLost() {
    Finding finding = unaided(Unaided.BACK, STUCK).only(FindingKind.RESILIENCE_LOST);

    assertThat(finding.after().storm()).isEqualTo(Outcome.LOST);
    assertThat(finding.nearMiss())
        .isEqualTo(
            "asked again after the storm, without a reset: body/name: expected the value from"
                + " before it, was another");
  }

  @Test
  void whatNeedsAResetOnBothSidesIsFragile() {
    assertThat(unaided(STUCK, STUCK).only(FindingKind.FRAGILE).before().storm())
        .isEqualTo(Outcome.LOST);
  }

  private static List<FindingKind> kinds(Runs runs) {
    return runs.judge().findings().stream().map(Finding::kind).toList();
  }

  @Test
  void whereOneSideWasNotLookedAtNeitherCanBeToldToBeWorse() {
    assertThat(kinds(unaided(null, STUCK))).containsOnly(FindingKind.COMPATIBLE);
    assertThat(kinds(unaided(STUCK, null))).containsOnly(FindingKind.COMPATIBLE);
  }
}
