package dev.codicil.verdict;

import dev.codicil.experiment.Step;
import dev.codicil.history.CheckRecord;
import dev.codicil.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges what stood in the logs of subjects: one finding for each secret, form and subject. A log
 * lags behind the exchange that it tells of, so it is compared over the whole run, before against
 * after.
 */
final class LogLeaks {
  private LogLeaks() {}

  static List<Finding> of(RunIndex index, FindingMaker maker) {
    List<Finding> findings = new ArrayList<>();
    for (Step step : index.planned().plan().steps()) {
      Map<String, Event.Surfaced> before = seen(index, step.before());
      Map<String, Event.Surfaced> after = seen(index, step.after());
      after.forEach(
          (key, one) -> {
            boolean both = before.containsKey(key);
            boolean calm = index.surfaced().stream().anyMatch(any -> calm(any, one));
            FindingKind kind =
                both
                    ? FindingKind.FRAGILE
                    : calm ? FindingKind.BROKEN : FindingKind.RESILIENCE_LOST;
            findings.add(
                maker.surfaced(
                    kind,
                    one.subject(),
                    both ? Outcome.FAILED : Outcome.HELD,
                    Outcome.FAILED,
                    one.found().what() + " " + one.found().form(),
                    one.found().text()
                        + (both
                            ? ", before as after"
                            : calm ? ", and not before" : ", under faults only, and not before")));
          });
      before.forEach(
          (key, one) -> {
            if (!after.containsKey(key)) {
              findings.add(
                  maker.surfaced(
                      FindingKind.FIXED,
                      one.subject(),
                      Outcome.FAILED,
                      Outcome.HELD,
                      one.found().what() + " " + one.found().form(),
                      one.found().text() + " before, and not after"));
            }
          });
    }
    return findings;
  }

  /**
   * Whether the same came to light, on the same side, of what was planted in calm or at a start.
   */
  private static boolean calm(Event.Surfaced any, Event.Surfaced one) {
    return any.column().equals(one.column())
        && key(any).equals(key(one))
        && (any.cell().isEmpty() || any.calm());
  }

  private static Map<String, Event.Surfaced> seen(RunIndex index, String column) {
    Map<String, Event.Surfaced> seen = new TreeMap<>();
    for (Event.Surfaced one : index.surfaced()) {
      if (one.column().equals(column)) {
        seen.putIfAbsent(key(one), one);
      }
    }
    return seen;
  }

  private static String key(Event.Surfaced one) {
    CheckRecord.Surfaced found = one.found();
    return one.subject() + "\u0000" + found.what() + "\u0000" + found.form();
  }
}
