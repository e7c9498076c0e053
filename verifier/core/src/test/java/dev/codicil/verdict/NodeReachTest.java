package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.When;
import dev.codicil.contract.Json;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract nodes that were struck, and what the judge makes of those that were not. */
class NodeReachTest {
  private static final String LABEL = "latency(latency=30s) in replies on " + Runs.EDGE;

  private static Plan.Node node(boolean amended, String... experiments) {
    return new Plan.Node(
        Runs.EDGE,
        "",
        "",
        "latency(latency=30s)",
        Stream.DOWNSTREAM,
        amended,
        List.of(experiments));
  }

  private static Runs run(Plan.Node... nodes) {
    return Runs.planned(Runs.stimulus(true), Runs.SLOW, List.of(nodes), List.of());
  }

  private static Runs calm(Runs run) {
    return run.calm("base", Outcome.HELD, true).calm("head", Outcome.HELD, true);
  }

  @Test
  void nodeThatWasStruckIsReached() {
    AmendmentVerdict verdict =
        calm(run(node(true, "e1"))).storm("base", Outcome.HELD).storm("head", Outcome.HELD).judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.coverage().nodes())
        .isEqualTo(new Coverage.Nodes(1, 1, 1, 0, 1, 1, List.of()));
  }

  @Test
  void nodeThatOneSideAloneMeetsIsReached() {
    AmendmentVerdict verdict =
        run(node(true, "e1"))
            .calm("base", Outcome.HELD, false)
            .calm("head", Outcome.HELD, true)
            .notExposed("base")
            .storm("head", Outcome.HELD)
            .judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.coverage().nodes().amendedReached()).isEqualTo(1);
  }

  @Test
  void amendedNodeThatNobodyMeetsMakesTheVerdictInconclusive() {
    Runs run = calm(run(node(true, "e1"))).notExposed("base").notExposed("head");
    AmendmentVerdict verdict = run.judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.findings())
        .filteredOn(finding -> finding.kind() == FindingKind.INCONCLUSIVE)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.interaction()).isEqualTo("amended nodes that no fault struck");
              assertThat(finding.reason())
                  .isEqualTo(
                      "the amendment changes these, and no fault struck them: "
                          + LABEL
                          + "; add states, examples or probes whose calm replay has them");
            });
    assertThat(verdict.coverage().nodes())
        .isEqualTo(new Coverage.Nodes(1, 1, 0, 0, 1, 0, List.of(LABEL)));
  }

  @Test
  void otherNodeThatNobodyMeetsIsCountedOnly() {
    AmendmentVerdict verdict =
        calm(run(node(false, "e1"))).notExposed("base").notExposed("head").judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.coverage().nodes())
        .isEqualTo(new Coverage.Nodes(1, 1, 0, 0, 0, 0, List.of()));
  }

  @Test
  void amendedNodeThatTheBudgetCutIsNamedWithItsReason() {
    Plan.Node cut =
        new Plan.Node(
            Runs.EDGE, "", "/validUntil", "drop-field", Stream.DOWNSTREAM, true, List.of());
    AmendmentVerdict verdict =
        calm(run(node(true, "e1"), cut))
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD)
            .judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.findings())
        .filteredOn(finding -> finding.kind() == FindingKind.INCONCLUSIVE)
        .extracting(Finding::reason)
        .containsExactly(
            "the amendment changes these, and no fault struck them: drop-field of /validUntil in"
                + " replies on license-authority->partner (1 cut by the budget: raise it)");
    assertThat(verdict.coverage().nodes().planned()).isEqualTo(1);
  }

  @Test
  void nodeWhoseStormsWereNotRunBecauseOfCalmIsToldByCalm() {
    AmendmentVerdict verdict =
        run(node(true, "e1"))
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.FAILED, true)
            .skipped("base", "calm-not-held")
            .skipped("head", "calm-not-held")
            .judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.findings()).noneMatch(finding -> finding.kind() == FindingKind.INCONCLUSIVE);
    assertThat(verdict.coverage().nodes())
        .isEqualTo(new Coverage.Nodes(1, 1, 0, 1, 1, 0, List.of()));
  }

  @Test
  void edgeThatNobodyReachedIsToldOnce() {
    AmendmentVerdict verdict =
        run(node(true, "e1"))
            .calm("base", Outcome.HELD, false)
            .calm("head", Outcome.HELD, false)
            .notExposed("base")
            .notExposed("head")
            .judge();
    assertThat(verdict.findings())
        .filteredOn(finding -> finding.kind() == FindingKind.INCONCLUSIVE)
        .extracting(Finding::interaction)
        .containsExactly("edge " + Runs.EDGE);
  }

  @Test
  void manyNodesAreNamedInOneEntry() {
    Plan.Node[] many = new Plan.Node[25];
    for (int i = 0; i < many.length; i++) {
      many[i] =
          new Plan.Node(
              Runs.EDGE, "", "/f" + i, "drop-field", Stream.DOWNSTREAM, true, List.of("e1"));
    }
    Finding finding =
        calm(run(many)).notExposed("base").notExposed("head").only(FindingKind.INCONCLUSIVE);
    assertThat(finding.reason()).contains("/f9 in").doesNotContain("/f10 in").contains("; 15 more");
  }

  private static Runs conditional(When when) {
    Conditions conditions = new Conditions(Match.ANY, when, 1, Conditions.UNBOUNDED);
    PlannedFault fault =
        new PlannedFault(
                "latency", Runs.EDGE, Stream.DOWNSTREAM, new Parameters(Map.of("latency", "30s")))
            .when(conditions);
    return calm(
        Runs.planned(
            Runs.stimulus(true),
            new Experiment(
                "e1", "s1", new FaultSet("p", List.of(fault)), Experiment.RequestFit.UNTOUCHED),
            List.of(node(false, "e1")),
            List.of()));
  }

  @Test
  void faultWhoseConditionsLetEveryExchangePassSaysNothingAndIsCounted() {
    AmendmentVerdict verdict =
        conditional(new When(2, 2, 1))
            .unstruck("base", Outcome.HELD)
            .unstruck("head", Outcome.HELD)
            .judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.findings()).extracting(Finding::faultLabel).containsExactly("");
    assertThat(verdict.coverage().notApplicable())
        .containsEntry("the conditions of the fault let every exchange pass", 1);
    assertThat(verdict.coverage().nodes().reached()).isZero();
  }

  @Test
  void sideThatCallsOftenEnoughIsHeldAgainstTheOtherThatDoesNot() {
    Finding finding =
        conditional(new When(2, 2, 1))
            .unstruck("base", Outcome.HELD)
            .storm("head", Outcome.HUNG)
            .only(FindingKind.RESILIENCE_LOST);
    assertThat(finding.before().exposed()).isFalse();
    assertThat(finding.after().exposed()).isTrue();
  }

  @Test
  void otherOutcomeThoughNothingWasStruckIsInconclusive() {
    Finding finding =
        conditional(new When(2, 2, 1))
            .unstruck("base", Outcome.HELD)
            .unstruck("head", Outcome.HUNG)
            .only(FindingKind.INCONCLUSIVE);
    assertThat(finding.reason())
        .isEqualTo("no exchange was struck, and yet the outcome is another than in calm");
  }

  @Test
  void unconditionalFaultThatNeverFiredStaysUnknown() {
    Finding finding =
        calm(run())
            .unstruck("base", Outcome.HELD)
            .unstruck("head", Outcome.HELD)
            .only(FindingKind.INCONCLUSIVE);
    assertThat(finding.reason()).contains("the fault never fired");
  }

  @Test
  void entriesOfOneProfileThatStrikeNothingShareALine() {
    assertThat(
            IdleEntries.told(
                List.of(
                    "a/p.yaml:4:5: latency", "a/q.yaml:1:1: reset", "a/p.yaml:9:5: drop-field")))
        .containsExactly(
            "a/p.yaml: nothing in this amendment to strike for latency (line 4), drop-field (line 9)",
            "a/q.yaml:1:1: reset strikes nothing in this amendment");
  }

  @Test
  void entryOfAProfileThatStrikesNothingIsNoted() {
    AmendmentVerdict verdict =
        calm(Runs.planned(
                Runs.stimulus(true),
                Runs.SLOW,
                List.of(),
                List.of("chaos-profiles/p.yaml:4:5: latency")))
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD)
            .judge();
    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.coverage().notes())
        .containsExactly("chaos-profiles/p.yaml:4:5: latency strikes nothing in this amendment");
  }

  @Test
  void historyOfAPlanWithoutNodesIsJudgedAsBefore() throws IOException {
    String old =
        "{\"seed\":1,\"columns\":[],\"steps\":[],\"stimuli\":[],\"experiments\":[],"
            + "\"notApplicable\":{},\"cut\":[],\"notReplayed\":[]}";
    Plan plan = Json.mapper().readValue(old, Plan.class);
    assertThat(plan.nodes()).isEmpty();
    assertThat(plan.idle()).isEmpty();
    assertThat(plan.aborts()).isEmpty();
  }
}
