package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.Event;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

  @Test
  void sameOutcomesEverywherePass() {
    AmendmentVerdict verdict =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD)
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.evidence()).isEqualTo("replayed");
  }

  @Test
  void anAmendedSideThatMeetsNewFaultsAndHangsHasLostResilience() {
    Runs runs =
        Runs.planned()
            .calm("base", Outcome.HELD, false)
            .calm("head", Outcome.HELD, true)
            .notExposed("base")
            .storm("head", Outcome.HUNG);

    Finding finding = runs.only(FindingKind.RESILIENCE_LOST);

    assertThat(finding.before()).isEqualTo(new Finding.Outcomes(Outcome.HELD, Outcome.HELD, false));
    assertThat(finding.after()).isEqualTo(new Finding.Outcomes(Outcome.HELD, Outcome.HUNG, true));
    assertThat(finding.faults()).containsExactly("latency");
    assertThat(finding.gates()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HELD, HELD, compatible, PASS",
    "REFUSED, REFUSED, compatible, PASS",
    "FAILED, FAILED, fragile, PASS",
    "HUNG, HUNG, fragile, PASS",
    "HELD, REFUSED, resilience-lost, FAIL",
    "FAILED, HUNG, resilience-lost, FAIL",
    "HUNG, HELD, hardened, PASS",
    "LOST, FAILED, hardened, PASS",
    "UNKNOWN, HELD, inconclusive, INCONCLUSIVE",
    "HELD, UNKNOWN, inconclusive, INCONCLUSIVE",
  })
  void stormsAreJudgedBeforeAgainstAfter(
      Outcome before, Outcome after, String kind, Verdict verdict) {
    AmendmentVerdict judged =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", before)
            .storm("head", after)
            .judge();

    assertThat(judged.findings())
        .filteredOn(finding -> !finding.faults().isEmpty())
        .extracting(finding -> finding.kind().id())
        .containsExactly(kind);
    assertThat(judged.verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "true, HELD, FAILED, broken, FAIL",
    "true, HELD, REFUSED, broken, FAIL",
    "true, HELD, HUNG, broken, FAIL",
    "true, FAILED, HELD, fixed, PASS",
    "true, FAILED, FAILED, inconclusive, INCONCLUSIVE",
    "true, UNKNOWN, HELD, inconclusive, INCONCLUSIVE",
    "true, HELD, UNKNOWN, inconclusive, INCONCLUSIVE",
    "false, FAILED, HELD, added, PASS",
    "false, FAILED, FAILED, broken, FAIL",
  })
  void calmIsJudgedFirstAndHidesItsStorms(
      boolean inBase, Outcome before, Outcome after, String kind, Verdict verdict) {
    AmendmentVerdict judged =
        Runs.planned(Runs.stimulus(inBase))
            .calm("base", before, true)
            .calm("head", after, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HUNG)
            .judge();

    assertThat(judged.findings()).extracting(finding -> finding.kind().id()).containsExactly(kind);
    assertThat(judged.verdict()).isEqualTo(verdict);
  }

  @Test
  void runsThatDisagreeAreFlakyAndNeverPassOrFail() {
    Finding finding =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", 0, Outcome.HUNG)
            .storm("head", 1, Outcome.HELD)
            .storm("head", 2, Outcome.HUNG)
            .only(FindingKind.INCONCLUSIVE);

    assertThat(finding.reason())
        .contains("flaky over 3 runs")
        .contains("HUNG=2")
        .contains("HELD=1");
  }

  @Test
  void aBaseThatDiffersFromItselfInCalmIsFlakyAndDecidesNothing() {
    Finding finding =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .add(Runs.record(new Cell("base", "s1", ""), 1, Outcome.FAILED, true, false))
            .calm("head", Outcome.FAILED, true)
            .only(FindingKind.INCONCLUSIVE);

    assertThat(finding.reason())
        .isEqualTo("before, in calm: flaky over 2 runs: {HELD=1, FAILED=1}");
  }

  @Test
  void aFieldThatTheBaseDoesNotAlwaysGiveIsNoiseAndCannotFailAnAmendment() {
    Cell base = new Cell("base", "s1", "");
    CellRecord plain = Runs.record(base, 0, Outcome.HELD, true, false);
    CellRecord more =
        plain.withFields(Map.of("/validUntil", "string", "/hint", "string", "/count", "integer"));
    CellRecord other =
        Runs.record(base, 1, Outcome.HELD, true, false)
            .withFields(Map.of("/validUntil", "string", "/count", "string"));

    AmendmentVerdict quiet =
        Runs.planned().add(more).calm("head", Outcome.HELD, true).notExposed("base").judge();
    AmendmentVerdict noisy =
        Runs.planned()
            .add(more)
            .add(other)
            .calm("head", Outcome.HELD, true)
            .notExposed("base")
            .notExposed("head")
            .judge();

    assertThat(quiet.findings()).extracting(Finding::kind).contains(FindingKind.BROKEN);
    assertThat(noisy.findings()).extracting(Finding::kind).doesNotContain(FindingKind.BROKEN);
    assertThat(noisy.coverage().notes())
        .containsExactly(
            "noise: two runs of the base differ in /count, /hint of the reply to"
                + " 'a validation of an active license', which is not compared");
  }

  @Test
  void aFaultThatNeverFiredProvesNothing() {
    Finding finding =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .add(
                Runs.record(
                    new dev.codicil.history.CellRecord.Cell("head", "s1", "e1"),
                    0,
                    Outcome.HELD,
                    true,
                    false))
            .only(FindingKind.INCONCLUSIVE);

    assertThat(finding.reason()).contains("never fired");
  }

  @Test
  void whatWasNotedIsToldOnceAndDecidesNothing() {
    Event restarted = new Event.Noted("checkout was started again", "head");
    AmendmentVerdict verdict =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD)
            .event(new Event.Noted("not promised", null))
            .event(restarted)
            .event(restarted)
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.coverage().notes())
        .containsExactly("not promised", "checkout was started again (column head)");
  }

  @Test
  void anEdgeNobodyReachesMayHaveBeenBypassed() {
    Runs runs =
        Runs.planned()
            .calm("base", Outcome.HELD, false)
            .calm("head", Outcome.HELD, false)
            .notExposed("base")
            .notExposed("head");

    Finding finding = runs.only(FindingKind.INCONCLUSIVE);

    assertThat(finding.interaction()).isEqualTo("edge " + Runs.EDGE);
    assertThat(finding.reason()).contains("injected address");
  }

  @Test
  void aCallThatTheAmendmentRemovesHardensOnlyWhenTheWiringIsProven() {
    Finding finding =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, false)
            .storm("base", Outcome.HUNG)
            .notExposed("head")
            .only(FindingKind.INCONCLUSIVE);

    assertThat(finding.reason()).contains("nothing shows that the other side uses");
  }

  @Test
  void aKilledRunIsInconclusive() {
    Runs runs = Runs.planned().calm("base", Outcome.HELD, true);

    AmendmentVerdict verdict = new Judge(Policy.DEFAULT).judge(runs.events);

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("--resume"));
  }

  @Test
  void anAmendedSubjectThatExitsWhereTheBaseStartedIsBroken() {
    AmendmentVerdict verdict =
        Runs.planned()
            .event(new Event.SubjectFailed("head", "license-authority", "exited", "exit code 1"))
            .judge();

    assertThat(verdict.findings()).extracting(Finding::kind).containsExactly(FindingKind.BROKEN);
    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
  }

  @ParameterizedTest
  @CsvSource({"base, exited", "head, timed-out", "head, not-built"})
  void otherStartFailuresAreInconclusive(String column, String kind) {
    AmendmentVerdict verdict =
        Runs.planned()
            .event(new Event.SubjectFailed(column, "license-authority", kind, "no luck"))
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void nothingLookedAtIsNeverAPass() {
    Runs runs = Runs.planned();

    AmendmentVerdict verdict = runs.judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.evidence()).isNotEqualTo("replayed");
  }
}
