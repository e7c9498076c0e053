package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.Policy;
import dev.codicil.verdict.PolicyRule;
import dev.codicil.verdict.VerdictReport;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why each finding gates or does not: the rule that decided, the evidence, the waiver. */
public final class PolicyText {
  private static final int MAX_NAME = 120;
  private static final int INDENT = 4;

  private final TextPage page;
  private final VerdictReport report;

  private PolicyText(VerdictReport report, boolean color, int width) {
    this.page = new TextPage(new Palette(color), width);
    this.report = report;
  }

  /**
   * Renders the policy with what each of its rules decided, and then every finding about which it
   * decided.
   *
   * @param policy by which the report was judged
   * @param shown which findings to show
   * @param color whether ANSI colors are welcome
   * @param width columns to wrap at
   */
  public static String render(
      VerdictReport report, Policy policy, Predicate<Finding> shown, boolean color, int width) {
    PolicyText text = new PolicyText(report, color, width);
    text.policy(policy);
    report.amendments().forEach(amendment -> text.amendment(amendment, shown));
    GateText.append(text.page, report);
    return text.page.toString();
  }

  private void policy(Policy policy) {
    page.raw(page.palette().bold("Policy"));
    page.field(2, "environment", policy.environment() == null ? "none" : policy.environment());
    page.field(
        2,
        "fail-on",
        policy.failOn().stream().sorted().map(kind -> kind.id()).toList()
            + by(policy.failOnAt() == null ? "" : policy.failOnAt().toString()));
    page.field(
        2,
        "evidence",
        policy.requireEvidence()
            + by(policy.requireEvidenceAt() == null ? "" : policy.requireEvidenceAt().toString()));
    for (PolicyRule rule : policy.rules()) {
      long decided =
          gatings().filter(gating -> gating.by().equals(rule.location().toString())).count();
      page.text(
          "  ",
          rule.location()
              + ": "
              + rule.label()
              + (rule.gate() == null
                  ? ""
                  : decided == 0
                      ? "; decided nothing"
                      : "; decided " + Wording.count(decided, "finding")));
    }
    page.blank();
  }

  private Stream<Gating> gatings() {
    return report.amendments().stream()
        .flatMap(amendment -> amendment.findings().stream())
        .map(Finding::gating)
        .filter(Objects::nonNull);
  }

  private static String by(String location) {
    return location.isEmpty() ? " (default)" : " (" + location + ")";
  }

  private void amendment(AmendmentVerdict amendment, Predicate<Finding> shown) {
    List<Finding> decided =
        amendment.findings().stream()
            .filter(one -> one.gating() != null && shown.test(one))
            .toList();
    page.raw(
        page.palette().badge(Wording.tone(amendment.verdict()), amendment.verdict().name())
            + "  "
            + page.palette().bold(Escape.brief(Escape.console(amendment.name()), MAX_NAME)));
    amendment.reasons().forEach(reason -> page.text("  - ", reason));
    page.blank();
    if (decided.isEmpty()) {
      page.raw("  no finding to decide about");
      page.blank();
    }
    FindingGroup.of(decided).forEach(this::group);
  }

  private void group(FindingGroup group) {
    Finding finding = group.first();
    Gating gating = Objects.requireNonNull(finding.gating());
    page.text(
        "  "
            + page.palette().strong(Wording.tone(finding.kind()), Wording.title(finding.kind()))
            + "  ",
        Wording.pair(finding)
            + ": "
            + Escape.brief(finding.interaction(), MAX_NAME)
            + ", "
            + Wording.weather(finding)
            + "; "
            + Wording.gates(finding));
    page.field(INDENT, "gate", Wording.gate(finding));
    page.field(INDENT, "tags", String.join(", ", gating.tags()));
    page.field(INDENT, "changes", String.join("; ", finding.changes()));
    page.field(INDENT, "evidence", gating.evidenceHad() + "; asked for: " + gating.evidenceAsked());
    page.field(INDENT, "hits", String.join(", ", gating.hit()));
    page.field(INDENT, "waiver", gating.waiver() == null ? "none" : Wording.waiver(finding));
    page.field(INDENT, "id", finding.id() + ", fingerprint " + gating.fingerprint());
    for (Finding other : group.others()) {
      page.text(
          "    the same: ",
          Wording.weather(other) + "  [" + other.id() + ", " + Wording.fingerprint(other) + "]");
    }
    page.blank();
  }
}
