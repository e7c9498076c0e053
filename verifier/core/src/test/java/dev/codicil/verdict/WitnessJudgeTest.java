package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WitnessJudgeTest {
  private static final Stimulus WITNESS =
      new Stimulus(
          "s1",
          Stimulus.Kind.WITNESS,
          Stimulus.ANY_CONSUMER,
          "license-authority",
          "POST /licenses (witness: request-field-became-required body/email)",
          "POST /licenses",
          true,
          true,
          false,
          true,
          false,
          Location.of("api.yaml"),
          null);

  private static Change change(Direction direction) {
    return new Change(
        "request-field-became-required",
        Severity.BREAKING,
        Effect.NARROWED,
        direction,
        "license-authority",
        "POST /licenses",
        "body/email",
        null,
        "required",
        "it is required now",
        null,
        Location.of("api.yaml"),
        List.of(new Change.Touch("checkout", "k", "issue a license")));
  }

  private static Runs runs(Stimulus stimulus, Change change, Plan.WitnessRun run) {
    Runs runs = Runs.planned(stimulus);
    Event.Planned planned = (Event.Planned) runs.events.get(0);
    runs.events.set(
        0,
        new Event.Planned(
            planned.schema(),
            planned.amendment(),
            planned.plan().showing(List.of(run)),
            List.of(change),
            planned.ledger(),
            planned.inputs(),
            planned.evidenceCap(),
            List.of()));
    return runs;
  }

  private static Runs sent() {
    return runs(WITNESS, change(Direction.REQUEST), new Plan.WitnessRun(0, "s1", ""));
  }

  private static List<Finding> kinds(AmendmentVerdict verdict, FindingKind kind) {
    return verdict.findings().stream().filter(finding -> finding.kind() == kind).toList();
  }

  @Test
  void aRequestThatHeldAndIsRefusedAfterIsBrokenAndShowsTheChange() {
    AmendmentVerdict verdict =
        sent().calm("base", Outcome.HELD, true).calm("head", Outcome.REFUSED, true).judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(kinds(verdict, FindingKind.BROKEN)).hasSize(1);
    Finding broken = kinds(verdict, FindingKind.BROKEN).get(0);
    assertThat(broken.changes()).containsExactly("request-field-became-required body/email");
    assertThat(broken.reason()).startsWith("the base's document allows this request");
    assertThat(kinds(verdict, FindingKind.INCONCLUSIVE))
        .describedAs("no longer on paper")
        .isEmpty();
    assertThat(verdict.witnesses())
        .containsExactly(
            new WitnessResult(
                0,
                WitnessResult.Kind.BROKEN,
                "s1",
                "replayed, and broken: before HELD 200, after REFUSED 503"));
    assertThat(verdict.coverage().witnesses()).isEqualTo(new Coverage.Witnesses(1, 0, 0, 0, 0));
  }

  @Test
  void aRequestThatIsAcceptedAfterAllLeavesTheChangeOnPaper() {
    AmendmentVerdict verdict =
        sent()
            .calm("base", Outcome.HELD, false)
            .calm("head", Outcome.HELD, false)
            .notExposed("base")
            .notExposed("head")
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(kinds(verdict, FindingKind.BROKEN)).isEmpty();
    assertThat(verdict.findings())
        .anyMatch(
            finding ->
                finding.consumer().equals("checkout")
                    && finding.reason().contains("not even the request"));
    assertThat(verdict.witnesses().get(0).kind()).isEqualTo(WitnessResult.Kind.HELD);
    assertThat(verdict.witnesses().get(0).told())
        .contains("though the amended document refuses it");
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"REFUSED", "FAILED", "HUNG", "UNKNOWN"})
  void aRequestThatTheBaseDoesNotTakeIsNotExercisedAndNoFindingOfItsOwn(Outcome before) {
    AmendmentVerdict verdict =
        sent().calm("base", before, true).calm("head", Outcome.HELD, true).judge();

    assertThat(verdict.findings())
        .describedAs("only that the change stays on paper for the consumer that uses it")
        .extracting(Finding::consumer)
        .containsOnly("checkout");
    assertThat(verdict.witnesses().get(0).kind()).isEqualTo(WitnessResult.Kind.NOT_EXERCISED);
    assertThat(verdict.witnesses().get(0).told()).contains("the change stays on paper");
    assertThat(verdict.coverage().witnesses().notExercised()).isEqualTo(1);
    assertThat(verdict.coverage().interactions()).describedAs("it is no interaction").isZero();
  }

  @Test
  void anUnknownReplyAfterIsUndecided() {
    AmendmentVerdict verdict =
        sent().calm("base", Outcome.HELD, true).calm("head", Outcome.UNKNOWN, true).judge();

    assertThat(verdict.witnesses().get(0).kind()).isEqualTo(WitnessResult.Kind.UNDECIDED);
    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aRunThatEndedBeforeItsReplaySaysSo() {
    AmendmentVerdict verdict = sent().judge();

    assertThat(verdict.witnesses().get(0).kind()).isEqualTo(WitnessResult.Kind.NOT_EXECUTED);
    assertThat(verdict.witnesses().get(0).told())
        .isEqualTo("not replayed: the run ended before its replay");
  }

  @Test
  void ofAReplyItIsSaidWhoWasAskedInstead() {
    Stimulus probe =
        new Stimulus(
            "s1",
            Stimulus.Kind.PROBE,
            "checkout",
            "checkout",
            "buy",
            "POST /orders",
            true,
            true,
            true,
            false,
            false,
            Location.of("codicil.yaml"),
            null);
    Plan.WitnessRun run = new Plan.WitnessRun(0, null, "a reply cannot be sent");
    String code =
        runs(probe, change(Direction.REPLY), run)
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.FAILED, true)
            .judge()
            .witnesses()
            .get(0)
            .told();
    assertThat(code)
        .isEqualTo(
            "not replayed: a reply cannot be sent; asked: the code behind probe checkout: buy"
                + " (broken)");

    Stimulus other = Runs.stimulus(true);
    String nobody =
        runs(other, change(Direction.REPLY), run)
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .judge()
            .witnesses()
            .get(0)
            .told();
    assertThat(nobody).endsWith("no contract and no code of a consumer that uses it was asked");
  }
}
