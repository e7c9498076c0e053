package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Ledger;
import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.Waiver;
import dev.codicil.verdict.WaiverStanding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code report.md}, GitHub-flavored, for pull requests and job summaries. */
final class MarkdownReporter implements Reporter {
  private static final int MAX_TEXT = 1000;

  @Override
  public String id() {
    return "markdown";
  }

  @Override
  public String fileName() {
    return "report.md";
  }

  @Override
  public String render(VerdictReport report) {
    StringBuilder out = new StringBuilder(16_000);
    out.append("# Codicil: ")
        .append(sign(report.verdict()))
        .append(' ')
        .append(report.verdict().id())
        .append("\n\n")
        .append(text(Wording.impact(report)))
        .append("\n\n");
    ImpactText.headlines(report)
        .forEach(line -> out.append("**").append(text(line)).append("**\n\n"));
    if (!report.amendments().isEmpty()) {
      table(out, report.amendments());
    }
    report.amendments().forEach(amendment -> amendment(out, amendment));
    gate(out, report.gate());
    return out.toString();
  }

  private static String text(String foreign) {
    return Escape.markdown(Escape.cut(foreign, MAX_TEXT));
  }

  private static String code(String foreign) {
    return Escape.markdownCode(Escape.cut(foreign, MAX_TEXT));
  }

  private static void table(StringBuilder out, List<AmendmentVerdict> amendments) {
    out.append("| amendment | verdict | evidence | gating | fragile | inconclusive | time |\n")
        .append("| --- | --- | --- | ---: | ---: | ---: | ---: |\n");
    for (AmendmentVerdict amendment : amendments) {
      Tally tally = new Tally(amendment);
      out.append("| ")
          .append(text(amendment.name()))
          .append(" | ")
          .append(sign(amendment.verdict()))
          .append(" **")
          .append(amendment.verdict().id())
          .append("** | ")
          .append(text(amendment.evidence()))
          .append(" | ")
          .append(tally.gating())
          .append(" | ")
          .append(tally.fragile())
          .append(" | ")
          .append(tally.inconclusive())
          .append(" | ")
          .append(Wording.duration(amendment.millis()))
          .append(" |\n");
    }
    out.append('\n');
  }

  private static void amendment(StringBuilder out, AmendmentVerdict amendment) {
    out.append("## ")
        .append(sign(amendment.verdict()))
        .append(' ')
        .append(text(amendment.name()))
        .append(": ")
        .append(amendment.verdict().id())
        .append("\n\n");
    for (String reason : amendment.reasons()) {
      out.append("- ").append(text(reason)).append('\n');
    }
    if (!amendment.reasons().isEmpty()) {
      out.append('\n');
    }
    impact(out, amendment.impact());
    List<Finding> loud = amendment.findings().stream().filter(Wording::loud).toList();
    FindingGroup.of(loud).forEach(group -> loud(out, group));
    for (FindingKind kind : FindingKind.values()) {
      quiet(
          out,
          kind,
          amendment.findings().stream()
              .filter(finding -> finding.kind() == kind && !Wording.loud(finding))
              .toList());
    }
    changes(out, amendment);
    coverage(out, amendment);
  }

  private static void impact(StringBuilder out, @Nullable AmendmentImpact impact) {
    if (impact == null) {
      return;
    }
    ImpactText.flows(impact).forEach(flow -> line(out, "impact", text(flow)));
    ImpactText.assumptions(impact).forEach(flow -> line(out, "assumed", text(flow)));
    out.append('\n');
  }

  private static void loud(StringBuilder out, FindingGroup group) {
    Finding finding = group.first();
    out.append("### ")
        .append(Wording.title(finding.kind()))
        .append(": ")
        .append(text(finding.interaction()))
        .append("\n\n")
        .append(text(Wording.pair(finding)));
    if (!finding.operation().isEmpty()) {
      out.append(", ").append(code(finding.operation()));
    }
    out.append(finding.gates() ? ", **gates**" : ", " + Wording.gates(finding)).append("\n\n");
    boolean storm = finding.before().storm() != null || finding.after().storm() != null;
    out.append(storm ? "| | calm | storm |\n| --- | --- | --- |\n" : "| | calm |\n| --- | --- |\n");
    row(out, "before", finding.before(), storm);
    row(out, "after", finding.after(), storm);
    out.append('\n');
    line(out, "under", text(Wording.weather(finding)));
    line(out, "impact", text(ImpactText.of(finding)));
    line(out, "load", text(Wording.load(finding)));
    line(out, "well again", text(Wording.recovery(finding)));
    line(out, "near miss", text(finding.nearMiss()));
    line(out, "smallest cause", text(group.cause()));
    line(out, "why", text(finding.reason()));
    line(out, "changes", text(String.join("; ", finding.changes())));
    line(out, "at", finding.location().isEmpty() ? "" : code(finding.location()));
    line(out, "replay", finding.replay().isEmpty() ? "" : Escape.markdownCode(finding.replay()));
    line(out, "gate", text(Wording.gate(finding)));
    line(out, "waiver", text(Wording.waiver(finding)));
    line(out, "waive by", text(Wording.fingerprint(finding)));
    out.append('\n');
    if (!group.others().isEmpty()) {
      fold(out, "The same under " + Wording.count(group.others().size(), "more fault set"));
      items(out, group.others());
      out.append("\n</details>\n\n");
    }
  }

  private static void row(StringBuilder out, String side, Finding.Outcomes row, boolean storm) {
    out.append("| **").append(side).append("** | ").append(outcome(row.calm()));
    if (storm) {
      out.append(" | ").append(outcome(row.storm())).append(row.exposed() ? "" : " (not exposed)");
    }
    out.append(" |\n");
  }

  private static String outcome(@Nullable Outcome outcome) {
    return outcome == null ? "not judged" : sign(Wording.tone(outcome)) + " " + outcome;
  }

  private static void line(StringBuilder out, String label, String escaped) {
    if (!escaped.isEmpty()) {
      out.append("- ").append(label).append(": ").append(escaped).append('\n');
    }
  }

  private static void fold(StringBuilder out, String summary) {
    out.append("<details>\n<summary>").append(summary).append("</summary>\n\n");
  }

  private static void items(StringBuilder out, List<Finding> findings) {
    for (Finding finding : findings) {
      out.append("- ").append(text(Wording.weather(finding)));
      if (!finding.nearMiss().isEmpty()) {
        out.append("; ").append(text(finding.nearMiss()));
      }
      if (finding.impact() != null) {
        out.append("; ").append(text(ImpactText.of(finding)));
      }
      if (finding.load() != null) {
        out.append("; ").append(text(Wording.load(finding)));
      }
      if (finding.recovery() != null) {
        out.append("; well again: ").append(text(Wording.recovery(finding)));
      }
      if (!finding.replay().isEmpty()) {
        out.append("; ").append(Escape.markdownCode(finding.replay()));
      }
      out.append('\n');
    }
  }

  private static void quiet(StringBuilder out, FindingKind kind, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    fold(out, findings.size() + " " + Wording.title(kind) + ": " + Wording.meaning(kind));
    for (FindingGroup group : FindingGroup.of(findings)) {
      Finding first = group.first();
      out.append("**")
          .append(text(first.interaction()))
          .append("** ")
          .append(text(Wording.pair(first)))
          .append(", ")
          .append(text(Wording.fourCells(first)))
          .append("\n\n");
      items(out, group.findings());
      out.append('\n');
    }
    out.append("</details>\n\n");
  }

  private static void changes(StringBuilder out, AmendmentVerdict amendment) {
    List<Change> changes = amendment.changes();
    if (changes.isEmpty()) {
      return;
    }
    fold(out, Wording.count(changes.size(), "document change"));
    Map<Change, String> told = ChangesText.told(amendment);
    out.append("| severity | change | rule | at | touches | witness |\n")
        .append("| --- | --- | --- | --- | --- | --- |\n");
    for (Change change : ChangesText.sorted(changes)) {
      out.append("| ")
          .append(change.severity().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(text(change.message()))
          .append(" | ")
          .append(code(change.rule()))
          .append(" | ")
          .append(code(change.location().toString()))
          .append(" | ")
          .append(text(ChangesText.touches(change)))
          .append(" | ")
          .append(text(String.join("; ", ChangesText.witness(change, told))))
          .append(" |\n");
    }
    out.append("\n</details>\n\n");
  }

  private static void gate(StringBuilder out, @Nullable GateSummary gate) {
    if (gate == null) {
      return;
    }
    if (!gate.waivers().isEmpty()) {
      out.append("## Waivers\n\n| | finding | reason | owner | last day | |\n")
          .append("| --- | --- | --- | --- | --- | --- |\n");
      for (WaiverStanding standing : gate.waivers()) {
        Waiver waiver = standing.waiver();
        out.append("| ")
            .append(sign(GateText.tone(standing)))
            .append(' ')
            .append(text(Wording.standing(standing)))
            .append(" | ")
            .append(text(waiver.finding()))
            .append(" | ")
            .append(text(waiver.reason()))
            .append(" | ")
            .append(text(waiver.owner()))
            .append(" | ")
            .append(waiver.lastDay())
            .append(" | ")
            .append(text(standing.told()))
            .append(", ")
            .append(code(waiver.location().toString()))
            .append(" |\n");
      }
      out.append('\n');
    }
    if (!gate.warnings().isEmpty()) {
      out.append("## Warnings about policy\n\n");
      gate.warnings().forEach(warning -> out.append("- ").append(text(warning)).append('\n'));
      out.append('\n');
    }
  }

  private static void coverage(StringBuilder out, AmendmentVerdict amendment) {
    fold(
        out,
        "Looked at: "
            + amendment.coverage().cellsRun()
            + " of "
            + Wording.count(amendment.coverage().cellsPlanned(), "cell"));
    CoverageText.lines(amendment.coverage())
        .forEach((label, value) -> line(out, label, Escape.markdown(value.replace("\n", "; "))));
    for (Ledger.Entry entry : amendment.ledger().unread()) {
      line(out, "not read", text(CoverageText.unread(entry)));
    }
    line(out, "seed", String.valueOf(amendment.seed()));
    out.append("\n</details>\n\n");
  }

  private static String sign(Verdict verdict) {
    return sign(Wording.tone(verdict));
  }

  static String sign(String tone) {
    return switch (tone) {
      case "good" -> "\u2705";
      case "fair" -> "\u26a0\ufe0f";
      case "bad" -> "\u274c";
      default -> "\u2754";
    };
  }
}
