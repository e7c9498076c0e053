package dev.codicil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Ledger;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.AmendmentSpec.ExpectedFinding;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Coverage;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.GateUse;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.Verdict;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedTest {
  private static AmendmentSpec spec(AmendmentSpec.@Nullable Expect expect) {
    AmendmentSpec.Side tree = AmendmentSpec.Side.WORK_TREE;
    return new AmendmentSpec("a", "A", tree, tree, null, expect);
  }

  private static List<String> surprises(
      Verdict declared, List<ExpectedFinding> wanted, Verdict verdict, Finding... found) {
    return Expected.surprises(
        spec(new AmendmentSpec.Expect(declared, wanted)), verdict(verdict, found));
  }

  private static AmendmentVerdict verdict(Verdict verdict, Finding... findings) {
    Coverage coverage =
        new Coverage(
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Map.of(),
            0,
            Map.of(),
            0,
            0,
            List.of(),
            List.of(),
            List.of(),
            Coverage.Nodes.NONE,
            List.of(),
            0,
            Coverage.Witnesses.NONE);
    return new AmendmentVerdict(
        "a",
        verdict,
        "replayed",
        List.of(findings),
        List.of(),
        List.of(),
        coverage,
        new Ledger(List.of()),
        1,
        0);
  }

  private static Finding finding(FindingKind kind, boolean gates, String... faults) {
    Finding.Outcomes outcomes = new Finding.Outcomes(Outcome.HELD, null, true);
    return new Finding(
        "id",
        kind,
        gates,
        "shop",
        "bank",
        "a payment",
        "POST /payments",
        0,
        List.of(faults),
        "",
        outcomes,
        outcomes,
        List.of(),
        "",
        "",
        "",
        "",
        List.of(),
        null);
  }

  /** The same, narrowed down to a latency. */
  private static Finding from(String latency) {
    Finding f = finding(FindingKind.RESILIENCE_LOST, true, "latency");
    PlannedFault struck =
        new PlannedFault(
            "latency", "shop->bank", Stream.DOWNSTREAM, new Parameters(Map.of("latency", latency)));
    return new Finding(
        f.id(),
        f.kind(),
        f.gates(),
        f.consumer(),
        f.provider(),
        f.interaction(),
        f.operation(),
        f.step(),
        f.faults(),
        f.faultLabel(),
        f.before(),
        f.after(),
        f.changes(),
        f.nearMiss(),
        f.reason(),
        f.replay(),
        f.location(),
        f.evidence(),
        new SmallestCause(
            new FaultSet("slow", List.of(struck)),
            new SmallestCause.Threshold(struck, "latency", latency, "1ms"),
            List.of(),
            true));
  }

  @ParameterizedTest
  @CsvSource({"250ms, true", "238ms, true", "262ms, true", "237ms, false", "263ms, false"})
  void aBorderIsAsDeclaredWithinFivePercent(String found, boolean met) {
    ExpectedFinding wanted =
        new ExpectedFinding(
            "resilience-lost", "shop", "a payment", List.of("latency"), Duration.ofMillis(250));

    List<String> surprises = surprises(Verdict.FAIL, List.of(wanted), Verdict.FAIL, from(found));

    if (met) {
      assertThat(surprises).isEmpty();
    } else {
      assertThat(surprises)
          .containsExactly(
              "a: expected but not found: resilience-lost: shop, a payment, [latency], fails from"
                  + " 250ms on",
              "a: found but not expected: resilience-lost: shop, a payment, [latency], fails from "
                  + found
                  + " on");
    }
  }

  private static ExpectedFinding wanted(String kind, @Nullable List<String> faults) {
    return new ExpectedFinding(kind, "shop", "a payment", faults, null);
  }

  @Test
  void whatIsAsDeclaredSurprisesNobody() {
    assertThat(
            surprises(
                Verdict.FAIL,
                List.of(wanted("resilience-lost", List.of("latency"))),
                Verdict.FAIL,
                finding(FindingKind.RESILIENCE_LOST, true, "latency"),
                finding(FindingKind.COMPATIBLE, false),
                finding(FindingKind.FRAGILE, false, "reset")))
        .isEmpty();
  }

  @Test
  void anotherVerdictIsASurprise() {
    assertThat(surprises(Verdict.PASS, List.of(), Verdict.INCONCLUSIVE))
        .containsExactly("a: expected pass, was inconclusive");
  }

  @Test
  void aFindingThatDidNotComeIsASurprise() {
    assertThat(
            surprises(
                Verdict.FAIL,
                List.of(wanted("broken", null)),
                Verdict.FAIL,
                finding(FindingKind.RESILIENCE_LOST, false, "latency")))
        .containsExactly("a: expected but not found: broken: shop, a payment");
  }

  @Test
  void whatGatesOrIsInconclusiveAndIsNotDeclaredIsASurprise() {
    assertThat(
            surprises(
                Verdict.FAIL,
                List.of(),
                Verdict.FAIL,
                finding(FindingKind.BROKEN, true),
                finding(FindingKind.INCONCLUSIVE, false, "reset")))
        .containsExactly(
            "a: found but not expected: broken: shop, a payment",
            "a: found but not expected: inconclusive: shop, a payment, [reset]");
  }

  @Test
  void faultsMustBeTheDeclaredOnesUnlessNoneAreDeclared() {
    Finding latency = finding(FindingKind.BROKEN, true, "latency");

    assertThat(
            surprises(
                Verdict.FAIL, List.of(wanted("broken", List.of("reset"))), Verdict.FAIL, latency))
        .hasSize(2);
    assertThat(surprises(Verdict.FAIL, List.of(wanted("broken", null)), Verdict.FAIL, latency))
        .isEmpty();
  }

  @Test
  void anAmendmentThatDeclaresNothingCannotBeHeldToIt() {
    assertThat(Expected.surprises(spec(null), verdict(Verdict.PASS)))
        .containsExactly("a: declares no expected verdict under 'expect'");
  }

  @Test
  void whatIsWaivedIsStillExpected() {
    Finding waived =
        finding(FindingKind.BROKEN, true)
            .gatedBy(
                new Gating(
                    "3f2a91c0de",
                    GateAction.FAIL,
                    "default",
                    "fail-on: broken",
                    "replayed",
                    "replayed",
                    List.of(),
                    Set.of("shop"),
                    new Gating.Claim(
                        Gating.Claim.State.APPLIED,
                        "why",
                        "ada",
                        LocalDate.EPOCH,
                        0,
                        "codicil-waivers.yaml:1:3",
                        Set.of())));
    AmendmentVerdict v = verdict(Verdict.PASS, waived);
    AmendmentVerdict judged =
        new AmendmentVerdict(
            v.name(),
            v.verdict(),
            v.evidence(),
            v.findings(),
            v.changes(),
            v.reasons(),
            v.coverage(),
            v.ledger(),
            v.seed(),
            v.millis(),
            v.witnesses(),
            new GateUse(Verdict.FAIL, Set.of(), Set.of(), ""));
    AmendmentSpec passes = spec(new AmendmentSpec.Expect(Verdict.PASS, List.of()));
    AmendmentSpec breaks =
        spec(
            new AmendmentSpec.Expect(
                Verdict.FAIL,
                List.of(new ExpectedFinding("broken", "shop", "a payment", null, null))));

    assertThat(waived.gates()).isFalse();
    assertThat(Expected.surprises(breaks, judged)).isEmpty();
    assertThat(Expected.surprises(passes, judged))
        .containsExactly(
            "a: expected pass, was fail", "a: found but not expected: broken: shop, a payment");
  }
}
