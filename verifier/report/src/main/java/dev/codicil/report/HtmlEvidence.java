package dev.codicil.report;

import dev.codicil.chaos.Injection;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Column;
import dev.codicil.history.CellRecord;
import dev.codicil.verdict.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Before and after side by side, within a budget that keeps the page small. */
final class HtmlEvidence {
  private static final int PAGE_CHARACTERS = 800_000;

  private int left = PAGE_CHARACTERS;

  /** Whether some finding has shown its cells. */
  boolean anyShown() {
    return left < PAGE_CHARACTERS;
  }

  /** Appends what stands behind a finding, folded unless {@code open}. */
  void append(StringBuilder out, Finding finding, boolean open) {
    if (finding.evidence().isEmpty()) {
      return;
    }
    if (left <= 0) {
      out.append("<p class=\"quiet\">Its messages are left out to keep this page small; the replay")
          .append(" command shows them.</p>\n");
      return;
    }
    int start = out.length();
    boolean storm = finding.evidence().stream().anyMatch(cell -> !cell.cell().calm());
    if (storm) {
      pair(out, finding, false, "Before and after, in storm", open);
    }
    pair(
        out,
        finding,
        true,
        storm ? "The same in calm" : "Before and after, in calm",
        open && !storm);
    left -= out.length() - start;
  }

  private static void pair(
      StringBuilder out, Finding finding, boolean calm, String title, boolean open) {
    CellRecord before = cell(finding, calm, true);
    CellRecord after = cell(finding, calm, false);
    if (before == null && after == null) {
      return;
    }
    String marked = marked(before, after);
    out.append(open ? "<details open><summary>" : "<details><summary>")
        .append(title)
        .append("</summary>\n<div class=\"pair\">\n");
    MessagePair requests =
        new MessagePair(
            before == null ? null : before.request(), after == null ? null : after.request());
    MessagePair replies =
        new MessagePair(
            before == null ? null : before.reply(), after == null ? null : after.reply());
    new Side(out, before, true, requests, replies, marked)
        .append(calm || finding.before().exposed());
    new Side(out, after, false, requests, replies, marked)
        .append(calm || finding.after().exposed());
    out.append("</div>\n</details>\n");
  }

  private static @Nullable CellRecord cell(Finding finding, boolean calm, boolean before) {
    List<String> columns =
        finding.evidence().stream().map(record -> record.cell().column()).distinct().toList();
    String column;
    if (columns.size() > 1) {
      column = columns.get(before ? 0 : columns.size() - 1);
    } else { // only one side ran: which one, its name and the step say
      String only = columns.get(0);
      boolean isBefore =
          only.equals(Column.BASE) || finding.step() > 0 && !only.equals(Column.HEAD);
      if (isBefore != before) {
        return null;
      }
      column = only;
    }
    return finding.evidence().stream()
        .filter(record -> record.cell().calm() == calm && record.cell().column().equals(column))
        .findFirst()
        .orElse(null);
  }

  /** Name of the field that made the difference; empty when none did. */
  private static String marked(@Nullable CellRecord before, @Nullable CellRecord after) {
    CellRecord worse = after == null || after.mismatches().isEmpty() ? before : after;
    if (worse == null || worse.mismatches().isEmpty()) {
      return "";
    }
    String path = worse.mismatches().get(0).path();
    return path.startsWith("body/") ? path.substring(path.lastIndexOf('/') + 1) : "";
  }

  /** One side of a pair. */
  private record Side(
      StringBuilder out,
      @Nullable CellRecord cell,
      boolean before,
      MessagePair requests,
      MessagePair replies,
      String marked) {

    void append(boolean exposed) {
      out.append("<section><h4>").append(before ? "Before" : "After");
      if (cell == null) {
        out.append("</h4><p class=\"quiet\">")
            .append(
                exposed
                    ? "This cell did not run."
                    : "Not exposed: this side never meets these faults, so its calm outcome counts.")
            .append("</p></section>\n");
        return;
      }
      out.append(" <span class=\"quiet\">")
          .append(Escape.html(cell.cell().column()))
          .append("</span></h4>\n");
      message("Request", requests, "");
      for (Injection injection : cell.injections()) {
        note(out, "Injected", CellsText.injection(injection), "injected");
      }
      message("Reply", replies, marked);
      note(out, "Took", CellsText.took(cell), "");
      time(cell);
      for (Mismatch mismatch : cell.mismatches()) {
        note(out, "Mismatch", CellsText.mismatch(mismatch), "mismatch");
      }
      for (CellRecord.EffectReading effect : cell.effects()) {
        note(out, "Effect", CellsText.effect(effect), "");
      }
      note(out, "Answer", cell.answer() == null ? "" : cell.answer(), "");
      note(out, "Leak", cell.leak() == null ? "" : cell.leak(), "mismatch");
      note(out, "Problem", cell.problem() == null ? "" : cell.problem(), "mismatch");
      if (cell.recoveryMillis() < 0) {
        note(out, "Recovery", "did not return to its steady state in time", "mismatch");
      }
      out.append("</section>\n");
    }

    /** How much of the budget the exchange took, and how long the subject took to be well again. */
    private void time(CellRecord cell) {
      long whole = Math.max(cell.budgetMillis(), cell.elapsedMillis());
      if (whole <= 0) {
        return;
      }
      boolean over = cell.elapsedMillis() >= cell.budgetMillis();
      out.append("<div class=\"time\" aria-hidden=\"true\"><i class=\"")
          .append(over ? "bad" : "good")
          .append("\" style=\"width:")
          .append(Math.max(1, 100 * cell.elapsedMillis() / whole))
          .append("%\"></i></div>\n");
    }

    private void message(String label, MessagePair pair, String name) {
      List<String> lines = pair.lines(before);
      if (lines.isEmpty()) {
        note(out, label, "none", "");
        return;
      }
      String quoted = name.isEmpty() ? "" : "&quot;" + Escape.html(name) + "&quot;";
      out.append("<p class=\"note\"><b>").append(label).append("</b></p>\n<pre tabindex=\"0\">");
      for (int i = 0; i < lines.size(); i++) {
        String shown = Escape.html(lines.get(i));
        if (!quoted.isEmpty()) {
          shown = shown.replace(quoted, "<mark>" + quoted + "</mark>");
        }
        if (pair.differs(before, i)) {
          out.append(before ? "<del>" : "<ins>").append(shown).append(before ? "</del>" : "</ins>");
        } else {
          out.append(shown);
        }
        out.append(i + 1 < lines.size() ? "\n" : "");
      }
      out.append("</pre>\n");
    }
  }

  private static void note(StringBuilder out, String label, String text, String style) {
    if (!text.isEmpty()) {
      out.append("<p class=\"note ")
          .append(style)
          .append("\"><b>")
          .append(label)
          .append("</b> ")
          .append(Escape.html(Escape.cut(text, 1000)))
          .append("</p>\n");
    }
  }
}
