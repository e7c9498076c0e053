package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.WitnessResult;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Changes of documents, worst first, with whom they touch. */
final class ChangesText {
  private static final int MAX_TOLD = 400;

  private ChangesText() {}

  /** The changes of an amendment, worst first, with what came of their witnesses. */
  static void append(TextPage page, AmendmentVerdict amendment) {
    Map<Change, String> told = told(amendment);
    for (Change change : sorted(amendment.changes())) {
      append(page, change, "");
      String run = told.get(change);
      if (run != null) {
        page.quiet(" ".repeat(14), Escape.brief(run, MAX_TOLD));
      }
    }
  }

  /** What came of the witness of each breaking change, in a sentence; not escaped. */
  static Map<Change, String> told(AmendmentVerdict amendment) {
    Map<Change, String> told = new IdentityHashMap<>();
    for (WitnessResult result : amendment.witnesses()) {
      String stimulus = result.stimulus();
      told.put(
          amendment.changes().get(result.change()),
          result.told() + (stimulus == null ? "" : " [" + stimulus + "]"));
    }
    return told;
  }

  /** The message that shows a change, and what came of it; lines, none for most changes. */
  static List<String> witness(Change change, Map<Change, String> told) {
    String run = told.get(change);
    return Stream.of(DiffWording.witness(change), run == null ? "" : run)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /**
   * One change.
   *
   * @param note what else there is to say about it; may be empty
   */
  static void append(TextPage page, Change change, String note) {
    String severity = change.severity().name().toLowerCase(Locale.ROOT);
    page.raw(
        "    "
            + page.palette().tone(tone(change.severity()), TextPage.pad(severity, 10))
            + Escape.console(Escape.brief(change.rule(), 60))
            + page.palette().dim("  " + Escape.console(Escape.brief(place(change), 120))));
    page.text(" ".repeat(14), change.message());
    page.quiet(" ".repeat(14), touches(change) + note + "; " + change.location());
    String witness = DiffWording.witness(change);
    if (!witness.isEmpty()) {
      page.quiet(" ".repeat(14), witness);
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
    change.touches().forEach(touch -> touched.add(touched(touch)));
    return "touches " + String.join("; ", touched);
  }

  private static String touched(Change.Touch touch) {
    String path = touch.path();
    return touch.consumer()
        + ": "
        + touch.description()
        + (path == null || path.equals("$") ? "" : " (" + path + ")");
  }

  static String tone(Severity severity) {
    return switch (severity) {
      case BREAKING -> "bad";
      case RISKY -> "fair";
      case SAFE -> "good";
    };
  }
}
