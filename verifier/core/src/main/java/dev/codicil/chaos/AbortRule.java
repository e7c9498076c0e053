package dev.codicil.chaos;

/**
 * When the storms of a profile are given up, so that a chaos run does not wear down what it runs
 * on. The runner checks it after each storm cell of the profile; the cells that are left are
 * skipped and counted, never passed.
 *
 * @param failures give up after this many cells in a row in which a subject died; 0 for never
 * @param unrecovered give up after this many cells after which the subject did not return to its
 *     steady state in time; 0 for never
 */
public record AbortRule(int failures, int unrecovered) {
  /** Never. */
  public static final AbortRule NEVER = new AbortRule(0, 0);

  public AbortRule {
    if (failures < 0 || unrecovered < 0) {
      throw new IllegalArgumentException("a number of cells cannot be negative");
    }
  }

  /** Whether there is nothing to check. */
  public boolean never() {
    return equals(NEVER);
  }
}
