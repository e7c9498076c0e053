package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.VerdictReport;
import java.util.ArrayList;
import java.util.List;

/** The table at the end: one line an amendment. */
final class SummaryTable {
  private static final List<String> HEAD =
      List.of("NAME", "VERDICT", "EVIDENCE", "GATING", "FRAGILE", "INCONCLUSIVE", "TIME");
  private static final int MAX_NAME = 48;

  private SummaryTable() {}

  static void append(TextPage page, VerdictReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    report.amendments().forEach(amendment -> rows.add(row(amendment)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    Palette palette = page.palette();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String text = rows.get(r).get(i);
        String blanks = " ".repeat(widths[i] - text.length());
        boolean number = i >= 3;
        String painted =
            r == 0
                ? palette.dim(text)
                : i == 1
                    ? palette.strong(Wording.tone(report.amendments().get(r - 1).verdict()), text)
                    : text;
        line.append(i == 0 ? "" : "  ").append(number ? blanks + painted : painted + blanks);
      }
      page.raw(line.toString());
    }
    page.blank();
    String tone = Wording.tone(report.verdict());
    page.raw(
        palette.badge(tone, report.verdict().name())
            + "  "
            + Escape.console(Wording.impact(report)));
  }

  private static List<String> row(AmendmentVerdict amendment) {
    Tally tally = new Tally(amendment);
    return List.of(
        Escape.brief(Escape.console(amendment.name()), MAX_NAME),
        amendment.verdict().name(),
        Escape.console(amendment.evidence()),
        String.valueOf(tally.gating()),
        String.valueOf(tally.fragile()),
        String.valueOf(tally.inconclusive()),
        Wording.duration(amendment.millis()));
  }
}
