package dev.codicil.report;

import dev.codicil.contract.Location;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.GateUse;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.InteractionPattern;
import dev.codicil.verdict.Policy;
import dev.codicil.verdict.PolicyRule;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.Waiver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report with a waiver that holds, one that expired, one that opened, and a misspelled rule. */
final class GateFixture {
  static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private GateFixture() {}

  static Policy policy() {
    return new Policy(
        Set.of(FindingKind.BROKEN, FindingKind.RESILIENCE_LOST),
        "replayed",
        new Location("codicil.yaml", 12, 3, ""),
        null,
        Map.of(
            "critical",
            new Policy.Tag(
                List.of(new InteractionPattern("GET /licenses/**")),
                new Location("codicil.yaml", 14, 7, ""))),
        List.of(
            rule(1, "chekout", GateAction.TELL),
            rule(2, null, GateAction.FAIL, FindingKind.FRAGILE)),
        Map.of("staging", new Policy.Environment(null, null, null, null)),
        "staging",
        Policy.WaiverTerms.DEFAULT);
  }

  private static PolicyRule rule(
      int number, @Nullable String consumer, GateAction gate, FindingKind... findings) {
    return new PolicyRule(
        number,
        consumer == null ? null : new InteractionPattern(consumer),
        null,
        consumer == null ? "critical" : null,
        null,
        null,
        null,
        Set.of(findings),
        null,
        null,
        gate,
        null,
        new Location("codicil.yaml", 15 + number, 7, ""));
  }

  private static Waiver waiver(
      int line, String fingerprint, String finding, String consumer, String expires) {
    return new Waiver(
        fingerprint,
        finding,
        null,
        Set.of(consumer),
        finding.equals(Fixture.HOSTILE) ? finding : "the old shop is switched off in March",
        finding.equals(Fixture.HOSTILE) ? finding : "ada",
        LocalDate.parse(expires),
        new Location("codicil-waivers.yaml", line, 3, ""));
  }

  static Gate gate() {
    return new Gate(
        policy(),
        List.of(
            waiver(
                2, "aaaaaaaaa1", "broken: checkout: an active license", "checkout", "2026-12-22"),
            waiver(9, "aaaaaaaaa2", "resilience-lost: latency", "checkout", "2026-11-21"),
            waiver(16, "aaaaaaaaa3", "resilience-lost: reset", "billing", "2026-11-22"),
            waiver(23, "aaaaaaaaa9", Fixture.HOSTILE, "billing", "2026-11-23")),
        TODAY);
  }

  static VerdictReport report() {
    return VerdictReport.of(
        List.of(
            gated(Fixture.expiryRenamed(), Verdict.PASS),
            gated(Fixture.partnerInLine(), Verdict.FAIL)),
        gate(),
        true);
  }

  private static AmendmentVerdict gated(AmendmentVerdict v, Verdict verdict) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : v.findings()) {
      findings.add(
          switch (finding.kind()) {
            case BROKEN -> finding.gatedBy(gating("aaaaaaaaa1", GateAction.FAIL, finding));
            case RESILIENCE_LOST ->
                finding.gatedBy(
                    gating(
                        finding.id().endsWith("latency") ? "aaaaaaaaa2" : "aaaaaaaaa3",
                        GateAction.FAIL,
                        finding));
            case FRAGILE ->
                finding.gatedBy(gating("bbbbbbbb" + finding.id(), GateAction.TELL, finding));
            default -> finding;
          });
    }
    return new AmendmentVerdict(
        v.name(),
        verdict,
        v.evidence(),
        findings,
        v.changes(),
        verdict == Verdict.PASS ? List.of() : v.reasons(),
        v.coverage(),
        v.ledger(),
        v.seed(),
        v.millis(),
        v.witnesses(),
        new GateUse(
            Verdict.FAIL,
            Set.of("tag critical GET /licenses/**", "rule 1 amendment", "rule 2 "),
            Set.of("checkout", "license-authority"),
            ""));
  }

  private static Gating gating(String fingerprint, GateAction action, Finding finding) {
    boolean fragile = finding.kind() == FindingKind.FRAGILE;
    Waiver waiver =
        gate().waivers().stream()
            .filter(one -> one.fingerprint().equals(fingerprint))
            .findFirst()
            .orElse(null);
    return new Gating(
        fingerprint,
        action,
        fragile ? "default" : "codicil.yaml:12:3",
        "fail-on: broken, resilience-lost" + (fragile ? "; what is fragile is told" : ""),
        "replayed",
        "replayed",
        List.of("critical"),
        Set.of(finding.consumer()),
        waiver == null
            ? null
            : new Gating.Claim(
                waiver.expired(TODAY)
                    ? Gating.Claim.State.EXPIRED
                    : waiver.unnamed(Set.of("checkout")).isEmpty()
                        ? Gating.Claim.State.APPLIED
                        : Gating.Claim.State.OPENED,
                waiver.reason(),
                waiver.owner(),
                waiver.expires(),
                waiver.daysLeft(TODAY),
                waiver.location().toString(),
                waiver.unnamed(Set.of("checkout"))));
  }
}
