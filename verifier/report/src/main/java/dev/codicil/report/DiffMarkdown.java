package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.Rollout;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Ledger;
import java.util.List;

/** For a comment on a pull request, within the length GitHub takes. */
final class DiffMarkdown implements DiffReporter {
  private static final int MAX_TEXT = 600;
  private static final int MAX_TABLE = 20_000;
  private static final int MAX_ITEMS = 10;
  private static final int MAX_UNREAD = 20;

  @Override
  public String id() {
    return "markdown";
  }

  @Override
  public String render(Comparison comparison) {
    StringBuilder out = new StringBuilder(8_000);
    out.append("## Codicil diff: ")
        .append(DiffWording.counts(comparison))
        .append("\n\n")
        .append(text(DiffWording.impact(comparison)))
        .append(" From ")
        .append(code(DiffWording.few(comparison.bases())))
        .append(" to ")
        .append(code(comparison.head()))
        .append(", ")
        .append(DiffWording.forWhom(comparison))
        .append(".\n\n");
    table(out, comparison, loud(comparison, true));
    rollout(out, comparison);
    List<Stated> safe = loud(comparison, false);
    if (!safe.isEmpty()) {
      out.append("<details><summary>")
          .append(Wording.count(safe.size(), "safe change"))
          .append("</summary>\n\n");
      table(out, comparison, safe);
      out.append("</details>\n\n");
    }
    unread(out, comparison.ledger());
    return out.toString();
  }

  private static List<Stated> loud(Comparison comparison, boolean loud) {
    return comparison.changes().stream()
        .filter(stated -> (stated.change().severity() != Severity.SAFE) == loud)
        .toList();
  }

  private static void table(StringBuilder out, Comparison comparison, List<Stated> changes) {
    if (changes.isEmpty()) {
      return;
    }
    out.append("| severity | change | where | touches |\n| --- | --- | --- | --- |\n");
    int start = out.length();
    for (int i = 0; i < changes.size(); i++) {
      if (out.length() - start > MAX_TABLE) {
        out.append("\nand ").append(changes.size() - i).append(" more\n");
        break;
      }
      row(out, comparison, changes.get(i));
    }
    out.append('\n');
  }

  private static void row(StringBuilder out, Comparison comparison, Stated stated) {
    Change change = stated.change();
    out.append("| **")
        .append(DiffWording.word(change.severity()))
        .append("** | ")
        .append(text(change.message()))
        .append("<br>")
        .append(code(change.rule()))
        .append(text(DiffWording.note(stated, comparison)))
        .append(example(change))
        .append(" | ")
        .append(code(ChangesText.place(change)))
        .append("<br>")
        .append(text(change.location().toString()))
        .append(" | ")
        .append(text(ChangesText.touches(change)))
        .append(" |\n");
  }

  private static String example(Change change) {
    String witness = DiffWording.witness(change);
    return witness.isEmpty() ? "" : "<br>" + text(witness);
  }

  private static void rollout(StringBuilder out, Comparison comparison) {
    Rollout rollout = comparison.rollout();
    if (rollout == null || comparison.changes().isEmpty()) {
      return;
    }
    out.append("**Rollout: ")
        .append(DiffWording.order(rollout))
        .append(".** ")
        .append(text(rollout.reason()))
        .append("\n\n");
    int number = 1;
    for (Rollout.Step step : rollout.steps()) {
      out.append(number++)
          .append(". ")
          .append(step.phase().id())
          .append(", ")
          .append(step.who())
          .append(": ")
          .append(text(step.what()))
          .append('\n');
      step.items().stream()
          .limit(MAX_ITEMS)
          .forEach(item -> out.append("   - ").append(text(DiffWording.item(item))).append('\n'));
      if (step.items().size() > MAX_ITEMS) {
        out.append("   - and ").append(step.items().size() - MAX_ITEMS).append(" more\n");
      }
    }
    out.append(rollout.steps().isEmpty() ? "" : "\n");
  }

  private static void unread(StringBuilder out, Ledger ledger) {
    List<Ledger.Entry> unread = ledger.unread();
    if (unread.isEmpty()) {
      return;
    }
    out.append("Not read, or not wholly:\n\n");
    unread.stream()
        .limit(MAX_UNREAD)
        .forEach(entry -> out.append("- ").append(text(CoverageText.unread(entry))).append('\n'));
    if (unread.size() > MAX_UNREAD) {
      out.append("- and ").append(unread.size() - MAX_UNREAD).append(" more\n");
    }
  }

  private static String text(String foreign) {
    return Escape.markdown(Escape.cut(foreign, MAX_TEXT));
  }

  private static String code(String foreign) {
    return Escape.markdownCode(Escape.cut(foreign, MAX_TEXT));
  }
}
