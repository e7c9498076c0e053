package dev.codicil.report;

import dev.codicil.contract.Ledger;
import dev.codicil.verdict.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How much was looked at, in a few lines; nothing that was left out goes unsaid. */
final class CoverageText {
  private static final int LABEL = 16;
  private static final int MOST_NODES = 10;
  private static final int MOST_BYPASSES = 20;

  private CoverageText() {}

  static void append(TextPage page, Coverage coverage, Ledger ledger) {
    page.raw("  " + page.palette().bold("looked at"));
    lines(coverage).forEach((label, text) -> page.block(labeled(page, 4, label), text));
    ledger(page, 4, ledger);
  }

  private static String labeled(TextPage page, int indent, String label) {
    return " ".repeat(indent) + page.palette().dim(TextPage.pad(label, LABEL));
  }

  /** Lines by label, in order; for every format. */
  static Map<String, String> lines(Coverage coverage) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("files", coverage.filesFound() + " found, " + coverage.filesLoaded() + " loaded");
    lines.put(
        "replayed",
        coverage.replayed()
            + " of "
            + coverage.interactions()
            + " interactions and probes, on both sides");
    lines.put(
        "edges",
        coverage.edgesReached()
            + " of "
            + coverage.edgesDeclared()
            + " reached"
            + (coverage.edgesUnreached().isEmpty()
                ? ""
                : "; not reached: " + String.join(", ", coverage.edgesUnreached())));
    if (!coverage.bypasses().isEmpty()) {
      lines.put("past the proxy", bypasses(coverage.bypasses()));
    }
    lines.put("cells", cells(coverage));
    if (coverage.nodes().applicable() > 0) {
      lines.put("contract nodes", nodes(coverage.nodes()));
    }
    if (coverage.witnesses().all() > 0) {
      lines.put("witnesses", witnesses(coverage.witnesses()));
    }
    if (!coverage.invariants().isEmpty()) {
      lines.put("invariants", invariants(coverage.invariants()));
    }
    if (!coverage.notApplicable().isEmpty()) {
      lines.put("not applicable", counts(coverage.notApplicable()));
    }
    if (!coverage.notReplayed().isEmpty()) {
      lines.put("not replayed", String.join("\n", coverage.notReplayed()));
    }
    if (!coverage.notes().isEmpty()) {
      lines.put("noted", String.join("\n", coverage.notes()));
    }
    return lines;
  }

  private static String bypasses(List<Coverage.Bypass> bypasses) {
    List<String> shown = new ArrayList<>();
    for (Coverage.Bypass bypass : bypasses.subList(0, Math.min(MOST_BYPASSES, bypasses.size()))) {
      shown.add(
          bypass.subject()
              + " -> "
              + bypass.remote()
              + (bypass.declared() ? " (declared)" : " (not declared)")
              + " in "
              + String.join(", ", bypass.columns()));
    }
    if (bypasses.size() > MOST_BYPASSES) {
      shown.add((bypasses.size() - MOST_BYPASSES) + " more");
    }
    return String.join("\n", shown);
  }

  private static String nodes(Coverage.Nodes nodes) {
    StringBuilder text = new StringBuilder();
    text.append(nodes.reached())
        .append(" of ")
        .append(nodes.applicable())
        .append(" struck (node x fault x direction), ")
        .append(nodes.planned())
        .append(" planned");
    if (nodes.decidedInCalm() > 0) {
      text.append(", ").append(nodes.decidedInCalm()).append(" decided in calm");
    }
    text.append("; amended: ")
        .append(nodes.amendedReached())
        .append(" of ")
        .append(nodes.amended())
        .append(" struck");
    if (!nodes.unreached().isEmpty()) {
      List<String> shown = nodes.unreached().stream().limit(MOST_NODES).toList();
      text.append("; amended and not struck: ").append(String.join("; ", shown));
      if (shown.size() < nodes.unreached().size()) {
        text.append("; ").append(nodes.unreached().size() - shown.size()).append(" more");
      }
    }
    return text.toString();
  }

  private static String witnesses(Coverage.Witnesses witnesses) {
    return Wording.count(witnesses.all(), "breaking change")
        + ": "
        + witnesses.broken()
        + " broken, "
        + witnesses.held()
        + " held, "
        + witnesses.undecided()
        + " undecided, "
        + witnesses.notExercised()
        + " not exercised, "
        + witnesses.notExecuted()
        + " not replayed";
  }

  private static String invariants(List<Coverage.Asked> invariants) {
    List<String> lines = new ArrayList<>();
    for (Coverage.Asked one : invariants) {
      lines.add(
          one.name()
              + ": "
              + one.held()
              + " held, "
              + one.violated()
              + " violated"
              + (one.undecided() == 0 ? "" : ", " + one.undecided() + " undecided")
              + (one.notAsked() == 0 ? "" : ", " + one.notAsked() + " without a reply to ask of")
              + (one.vacuous().isEmpty() ? "" : "; vacuous: " + one.vacuous()));
    }
    return String.join("\n", lines);
  }

  private static String cells(Coverage coverage) {
    List<String> parts = new ArrayList<>();
    parts.add(coverage.cellsPlanned() + " planned");
    parts.add(
        coverage.cellsRun()
            + " run"
            + (coverage.cellsCached() > 0
                ? " (" + coverage.cellsCached() + " of them before, with the same inputs)"
                : ""));
    int skipped = coverage.cellsSkipped().values().stream().mapToInt(Integer::intValue).sum();
    parts.add(skipped + " skipped" + (skipped == 0 ? "" : ": " + counts(coverage.cellsSkipped())));
    parts.add(coverage.cellsCut() + " cut by the budget");
    return String.join("; ", parts) + "; in " + Wording.count(coverage.experiments(), "experiment");
  }

  /** {@code calm-not-held (3), time-budget (1)}. */
  static String counts(Map<String, Integer> byReason) {
    return String.join(
        ", ",
        byReason.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .toList());
  }

  /** Files that were not wholly read. */
  static void ledger(TextPage page, int indent, Ledger ledger) {
    for (Ledger.Entry entry : ledger.unread()) {
      page.text(labeled(page, indent, "not read"), unread(entry));
    }
  }

  /** What became of a file, with what was not understood. */
  static String unread(Ledger.Entry entry) {
    String fate = entry.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return entry.side()
        + " "
        + entry.file()
        + ": "
        + fate
        + (entry.problems().isEmpty() ? "" : ": " + String.join("; ", entry.problems()));
  }
}
