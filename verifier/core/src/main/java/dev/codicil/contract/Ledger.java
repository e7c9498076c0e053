package dev.codicil.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found, and what became of it. Nothing that was found goes missing: a file is loaded,
 * skipped for a reason, or unreadable.
 *
 * @param entries one an item, sorted by side and file
 */
public record Ledger(List<Entry> entries) {
  public Ledger {
    entries = List.copyOf(entries);
  }

  /** What became of a file. */
  public enum Fate {
    LOADED,
    NOT_A_CONTRACT,
    UNREADABLE,
    EMPTY,
    /**
     * Not, or not wholly, understood, and not promised yet: told, and keeps nothing from passing.
     */
    PENDING_UNREAD
  }

  /**
   * @param side {@code base} or {@code head}
   * @param file relative path
   * @param fate what became of it
   * @param format id of the format that read it; null when none did
   * @param interactions how many interactions were read
   * @param problems located messages about what was not understood
   */
  public record Entry(
      String side,
      String file,
      Fate fate,
      @Nullable String format,
      int interactions,
      List<String> problems) {
    public Entry {
      problems = List.copyOf(problems);
    }
  }

  /** Entries that keep a verdict from being more than inconclusive. */
  public List<Entry> unread() {
    return entries.stream()
        .filter(
            entry ->
                entry.fate() == Fate.UNREADABLE
                    || entry.fate() == Fate.EMPTY
                    || !entry.problems().isEmpty())
        .toList();
  }
}
