package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.history.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class BypassesTest {
  private static final String AUTHORITY = "license-authority";

  private static Event.Bypassed bypass(String column, String remote, boolean declared) {
    return new Event.Bypassed(column, AUTHORITY, remote, declared);
  }

  private static Runs calm() {
    return Runs.planned().calm("base", Outcome.HELD, true).calm("head", Outcome.HELD, true);
  }

  @Test
  void stormsOfASubjectThatGoesRoundItsEdgesAreOneInconclusiveFinding() {
    AmendmentVerdict verdict =
        calm()
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD)
            .event(bypass("head", "10.0.0.5:5432", false))
            .event(bypass("base", "10.0.0.5:5432", false))
            .event(bypass("head", "10.0.0.6:80", false))
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    List<Finding> unknown =
        verdict.findings().stream().filter(f -> f.kind() == FindingKind.INCONCLUSIVE).toList();
    assertThat(unknown).hasSize(1);
    assertThat(unknown.get(0).provider()).isEqualTo(AUTHORITY);
    assertThat(unknown.get(0).reason())
        .isEqualTo(
            "it connects to 10.0.0.5:5432 (column base, head), 10.0.0.6:80 (column head) without a"
                + " proxy on the way, where no fault can strike, so that one storm of it says"
                + " nothing: give it that address as {upstream.NAME}, or declare it under 'direct'"
                + " of the subject");
    assertThat(verdict.findings())
        .as("what the storm seemed to say is not told")
        .noneMatch(finding -> finding.id().equals("e1"));
    assertThat(verdict.findings())
        .as("calm is judged as ever")
        .anyMatch(finding -> finding.kind() == FindingKind.COMPATIBLE);
    assertThat(verdict.coverage().bypasses())
        .containsExactly(
            new Coverage.Bypass(AUTHORITY, "10.0.0.5:5432", false, List.of("base", "head")),
            new Coverage.Bypass(AUTHORITY, "10.0.0.6:80", false, List.of("head")));
  }

  @Test
  void aLossOfResilienceThatWasSeenAllTheSameStays() {
    AmendmentVerdict verdict =
        calm()
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HUNG)
            .event(bypass("head", "10.0.0.5:5432", false))
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.findings())
        .extracting(Finding::kind)
        .containsOnlyOnce(FindingKind.RESILIENCE_LOST, FindingKind.INCONCLUSIVE);
  }

  @Test
  void aDeclaredConnectionIsInTheCoverageAndDecidesNothing() {
    AmendmentVerdict verdict =
        calm()
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD)
            .event(bypass("head", "10.0.0.5:5432", true))
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.coverage().bypasses()).hasSize(1);
    assertThat(verdict.findings()).anyMatch(finding -> finding.id().equals("e1"));
  }

  @Test
  void stormsOfOtherSubjectsStand() {
    AmendmentVerdict verdict =
        calm()
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD)
            .event(new Event.Bypassed("head", "mailer", "10.0.0.5:25", false))
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.findings()).anyMatch(finding -> finding.id().equals("e1"));
    assertThat(verdict.findings())
        .filteredOn(finding -> finding.kind() == FindingKind.INCONCLUSIVE)
        .extracting(Finding::reason)
        .allMatch(reason -> reason.contains("no fault can strike: give it"));
  }
}
