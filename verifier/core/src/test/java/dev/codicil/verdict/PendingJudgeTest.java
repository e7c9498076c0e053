package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.history.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What nobody has promised yet is told and decides nothing. */
class PendingJudgeTest {
  private static final String REASON = "pending at the broker: told, and fails nothing";

  private static AmendmentVerdict judge(Runs runs, Policy policy, boolean pending) {
    Event.Planned planned = (Event.Planned) runs.events.get(0);
    runs.events.set(
        0,
        new Event.Planned(
            planned.schema(),
            planned.amendment(),
            planned.plan(),
            planned.changes(),
            planned.ledger(),
            planned.inputs(),
            planned.evidenceCap(),
            planned.edges(),
            List.of(),
            pending ? Map.of("s1", REASON) : Map.of()));
    runs.event(new Event.Finished(1, 0));
    return new Judge(policy).judge(runs.events);
  }

  private static Runs broken() {
    return Runs.planned().calm("base", Outcome.HELD, true).calm("head", Outcome.FAILED, true);
  }

  private static Runs lost() {
    return Runs.planned()
        .calm("base", Outcome.HELD, true)
        .calm("head", Outcome.HELD, true)
        .storm("base", Outcome.HELD)
        .storm("head", Outcome.HUNG);
  }

  private static Runs undecided() {
    return Runs.planned().calm("base", Outcome.UNKNOWN, true).calm("head", Outcome.HELD, true);
  }

  @Test
  void neitherCalmNorStormNorWhatNobodyKnowsGates() {
    Policy strict = new Policy(Set.of(FindingKind.values()), "replayed");
    for (Runs runs : List.of(broken(), lost(), undecided())) {
      AmendmentVerdict verdict = judge(runs, strict, true);

      assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
      assertThat(verdict.findings())
          .filteredOn(finding -> finding.kind() != FindingKind.COMPATIBLE)
          .isNotEmpty()
          .allSatisfy(
              finding -> {
                assertThat(finding.gates()).isFalse();
                Gating gating = Objects.requireNonNull(finding.gating());
                assertThat(gating.action()).isEqualTo(GateAction.TELL);
                assertThat(gating.text()).isEqualTo(REASON);
                assertThat(gating.by()).isEqualTo("pact.json");
              });
    }
  }

  @Test
  void theSameGatesOnceItIsPromised() {
    assertThat(judge(broken(), Policy.DEFAULT, false).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(lost(), Policy.DEFAULT, false).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(undecided(), Policy.DEFAULT, false).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }
}
