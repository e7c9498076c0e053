package dev.codicil.cli;

/** What is known of the terminal, from the environment. */
final class Terminal {
  private Terminal() {}

  /** Whether colors are welcome: a terminal, and neither {@code NO_COLOR} nor a dumb one. */
  static boolean colored() {
    return interactive() && System.getenv("NO_COLOR") == null;
  }

  /** Whether a person looks on. */
  static boolean interactive() {
    String term = System.getenv("TERM");
    return System.console() != null && term != null && !term.equals("dumb");
  }

  /** Columns of text. */
  static int width() {
    String columns = System.getenv("COLUMNS");
    try {
      return columns == null ? 100 : Math.max(60, Math.min(200, Integer.parseInt(columns)));
    } catch (NumberFormatException notANumber) {
      return 100;
    }
  }
}
