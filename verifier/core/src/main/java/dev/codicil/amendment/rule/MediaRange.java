package dev.codicil.amendment.rule;

/** Media type ranges, such as {@code application/*}. */
public final class MediaRange {
  private MediaRange() {}

  /** Whether a range takes in a media type or a smaller range; every type takes in itself. */
  public static boolean covers(String range, String name) {
    if (range.equals(name) || range.equals("*/*") || range.equals("*")) {
      return true;
    }
    return range.endsWith("/*")
        && name.length() > range.length() - 1
        && name.startsWith(range.substring(0, range.length() - 1));
  }
}
