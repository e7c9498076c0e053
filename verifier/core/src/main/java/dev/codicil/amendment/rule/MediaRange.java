package dev.codicil.amendment.rule;

/** Media type ranges, such as {@code application/*}. */
public final class MediaRange {
  private MediaRange() {}

  /**
   * Whether a media type is a form of another, as its structured syntax suffix tells: {@code
   * application/hal+json} is one of {@code application/json}.
   */
  public static boolean isFormOf(String special, String general) {
    int slash = general.indexOf('/');
    int plus = special.lastIndexOf('+');
    return slash > 0
        && plus > slash
        && general.indexOf('+') < 0
        && special.startsWith(general.substring(0, slash + 1))
        && special.substring(plus + 1).equals(general.substring(slash + 1));
  }

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
