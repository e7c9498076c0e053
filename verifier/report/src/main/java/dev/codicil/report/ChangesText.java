package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Ledger;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Changes of documents, worst first, with whom they touch. */
public final class ChangesText {
  private static final int WIDTH = 100;

  private ChangesText() {}

  /** Renders the changes and what was read to find them. */
  public static String render(List<Change> changes, Ledger ledger, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    if (changes.isEmpty()) {
      page.raw("No changes.");
    } else {
      page.raw(
          page.palette().bold(Wording.count(changes.size(), "change")) + ": " + counts(changes));
      append(page, changes);
    }
    long loaded =
        ledger.entries().stream().filter(entry -> entry.fate() == Ledger.Fate.LOADED).count();
    page.raw(page.palette().dim("Read: " + Wording.count(loaded, "contract file") + "."));
    CoverageText.ledger(page, 0, ledger);
    return page.toString();
  }

  private static String counts(List<Change> changes) {
    return count(changes, Severity.BREAKING)
        + " breaking, "
        + count(changes, Severity.RISKY)
        + " risky, "
        + count(changes, Severity.SAFE)
        + " safe";
  }

  private static long count(List<Change> changes, Severity severity) {
    return changes.stream().filter(change -> change.severity() == severity).count();
  }

  /** The changes, worst first. */
  static void append(TextPage page, List<Change> changes) {
    for (Change change : sorted(changes)) {
      String severity = change.severity().name().toLowerCase(Locale.ROOT);
      page.raw(
          "    "
              + page.palette().tone(tone(change.severity()), TextPage.pad(severity, 10))
              + Escape.console(Escape.brief(change.rule(), 60))
              + page.palette().dim("  " + Escape.console(Escape.brief(place(change), 120))));
      page.text(" ".repeat(14), change.message());
      page.quiet(" ".repeat(14), touches(change) + "; " + change.location());
    }
  }

  static List<Change> sorted(List<Change> changes) {
    return changes.stream().sorted(Comparator.comparing(Change::severity).reversed()).toList();
  }

  /** {@code GET /licenses/{id} body/validUntil}. */
  static String place(Change change) {
    return (change.operation() + " " + change.path()).trim();
  }

  /** Whom a change touches. */
  static String touches(Change change) {
    if (change.touches().isEmpty()) {
      return "touches no known consumer";
    }
    Set<String> touched = new LinkedHashSet<>();
    change.touches().forEach(touch -> touched.add(touch.consumer() + ": " + touch.description()));
    return "touches " + String.join("; ", touched);
  }

  static String tone(Severity severity) {
    return switch (severity) {
      case BREAKING -> "bad";
      case RISKY -> "fair";
      case SAFE -> "good";
    };
  }
}
