package dev.codicil.report;

import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.VerdictReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report for a terminal: verdict first, then why, worst first. */
public final class ConsoleReport {
  private static final int MAX_OTHERS = 12;
  private static final int MAX_NAME = 120;
  private static final int FRAGILE_LINES = 4;

  private final TextPage page;
  private final Palette palette;

  private ConsoleReport(boolean color, int width) {
    this.palette = new Palette(color);
    this.page = new TextPage(palette, width);
  }

  /**
   * Renders a report.
   *
   * @param color whether ANSI colors are welcome; without them the text says everything too
   * @param width columns to wrap at
   */
  public static String render(VerdictReport report, boolean color, int width) {
    ConsoleReport console = new ConsoleReport(color, width);
    if (report.amendments().isEmpty()) {
      console.page.raw(Wording.impact(report));
    }
    report.amendments().forEach(console::amendment);
    GateText.append(console.page, report);
    if (report.amendments().size() > 1) {
      SummaryTable.append(console.page, report);
    }
    return console.page.toString();
  }

  private void amendment(AmendmentVerdict amendment) {
    String tone = Wording.tone(amendment.verdict());
    page.raw(
        palette.badge(tone, amendment.verdict().name())
            + "  "
            + palette.bold(Escape.brief(Escape.console(amendment.name()), MAX_NAME))
            + palette.dim(
                "  "
                    + evidence(amendment.evidence())
                    + ", "
                    + Wording.duration(amendment.millis())
                    + ", seed "
                    + amendment.seed()));
    impact(amendment.impact());
    amendment.reasons().forEach(reason -> page.text("  - ", reason));
    page.blank();
    List<Finding> loud = amendment.findings().stream().filter(Wording::loud).toList();
    FindingGroup.of(loud).forEach(this::loud);
    for (FindingKind kind : FindingKind.values()) {
      List<Finding> quiet =
          amendment.findings().stream()
              .filter(finding -> finding.kind() == kind && !Wording.loud(finding))
              .toList();
      if (kind != FindingKind.COMPATIBLE && !quiet.isEmpty()) {
        quiet(kind, quiet);
      }
    }
    int compatible = new Tally(amendment).of(FindingKind.COMPATIBLE);
    if (compatible > 0) {
      compatible(amendment, compatible);
      page.blank();
    }
    if (!amendment.changes().isEmpty()) {
      page.raw("  " + palette.bold(Wording.count(amendment.changes().size(), "document change")));
      ChangesText.append(page, amendment);
      page.blank();
    }
    CoverageText.append(page, amendment.coverage(), amendment.ledger());
    page.blank();
  }

  /** What it costs, in total and for each flow, and what that rests on. */
  private void impact(@Nullable AmendmentImpact impact) {
    if (impact == null) {
      return;
    }
    page.text("  " + palette.bold("impact") + "  ", ImpactText.total(impact));
    ImpactText.flows(impact).forEach(line -> page.text("    ", line));
    ImpactText.assumptions(impact).forEach(line -> page.text("    assumed for ", line));
  }

  /** Only counted, but for what was measured. */
  private void compatible(AmendmentVerdict amendment, int count) {
    List<Finding> kept =
        amendment.findings().stream()
            .filter(one -> one.kind() == FindingKind.COMPATIBLE && one.load() != null)
            .toList();
    page.raw(
        "  "
            + palette.strong("good", "compatible")
            + " "
            + count
            + (kept.isEmpty()
                ? ", not listed"
                : ", not listed but for " + kept.size() + " under load"));
    for (Finding finding : kept.subList(0, Math.min(MAX_OTHERS, kept.size()))) {
      quietLine(finding, Wording.weather(finding));
    }
    if (kept.size() > MAX_OTHERS) {
      page.raw("    ... and " + (kept.size() - MAX_OTHERS) + " more under load, in report.html");
    }
  }

  private String evidence(String evidence) {
    return switch (evidence) {
      case "replayed" -> "evidence: replayed";
      case "stub" -> "evidence: stub only";
      case "documents" -> "evidence: documents only, nothing ran";
      default -> "evidence: none";
    };
  }

  private void loud(FindingGroup group) {
    Finding finding = group.first();
    String title = Wording.title(finding.kind()).toUpperCase(Locale.ROOT);
    page.text(
        "  " + palette.strong(Wording.tone(finding.kind()), title) + "  ",
        Wording.pair(finding)
            + ": "
            + Escape.brief(finding.interaction(), MAX_NAME)
            + (finding.gates() ? "" : "; " + Wording.gates(finding)));
    page.field(4, "operation", finding.operation());
    page.field(4, "under", Wording.weather(finding));
    cells(finding);
    page.field(4, "impact", ImpactText.of(finding));
    page.field(4, "load", Wording.load(finding));
    page.field(4, "well again", Wording.recovery(finding));
    page.field(4, "near miss", finding.nearMiss());
    page.field(4, "cause", group.cause());
    page.fieldBlock(4, "why", finding.reason());
    page.field(4, "changes", String.join("; ", finding.changes()));
    page.field(4, "at", finding.location());
    page.field(4, "replay", finding.replay());
    page.field(4, "gate", Wording.gate(finding));
    page.field(4, "waiver", Wording.waiver(finding));
    page.field(4, "waive by", Wording.fingerprint(finding));
    List<Finding> others = group.others();
    if (!others.isEmpty()) {
      page.raw(
          "    "
              + palette.dim(
                  "the same under " + Wording.count(others.size(), "more fault set") + ":"));
      for (Finding other : others.subList(0, Math.min(MAX_OTHERS, others.size()))) {
        page.text("      ", Wording.weather(other) + "  [" + other.id() + "]");
      }
      if (others.size() > MAX_OTHERS) {
        page.raw("      ... and " + (others.size() - MAX_OTHERS) + " more, in report.html");
      }
    }
    page.blank();
  }

  private void cells(Finding finding) {
    page.raw(
        page.labeled(4, "outcome")
            + "before "
            + row(finding.before())
            + " -> after "
            + row(finding.after()));
  }

  private String row(Finding.Outcomes row) {
    String calm = palette.tone(Wording.tone(row.calm()), row.calm().name());
    if (row.storm() == null) {
      return calm;
    }
    return calm
        + "/"
        + palette.tone(Wording.tone(row.storm()), row.storm().name())
        + (row.exposed() ? "" : palette.dim(" (not exposed)"));
  }

  private void quiet(FindingKind kind, List<Finding> findings) {
    page.raw(
        "  "
            + palette.strong(Wording.tone(kind), Wording.title(kind))
            + " "
            + findings.size()
            + palette.dim("  " + Wording.meaning(kind)));
    for (FindingGroup group : FindingGroup.of(findings)) {
      if (group.findings().size() <= FRAGILE_LINES) {
        group.findings().forEach(finding -> quietLine(finding, Wording.weather(finding)));
      } else {
        quietLine(group.first(), FaultCounts.of(group.findings()));
      }
    }
    page.blank();
  }

  private void quietLine(Finding finding, String faults) {
    page.text(
        "    ",
        Wording.pair(finding)
            + ": "
            + Escape.brief(finding.interaction(), MAX_NAME)
            + ", "
            + faults
            + ": "
            + Wording.fourCells(finding)
            + (finding.load() == null ? "" : "; " + Wording.load(finding))
            + (finding.recovery() == null ? "" : "; well again: " + Wording.recovery(finding))
            + (finding.impact() == null ? "" : "; " + ImpactText.of(finding)));
  }
}
