package dev.codicil.formats.scc.code;

/** A contract that could not be run, or gave none. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String remedy;

  /**
   * A failure at a place.
   *
   * @param line 1-based; 0 when unknown
   * @param column 1-based; 0 when unknown
   * @param what what is wrong
   * @param remedy what to do about it
   */
  Failure(int line, int column, String what, String remedy) {
    super(what, null, false, false);
    this.line = line;
    this.column = column;
    this.remedy = remedy;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  String remedy() {
    return remedy;
  }

  /** A text of contracts or libraries on one line, short enough to be read there. */
  static String brief(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 300 ? line : line.substring(0, 300) + "...";
  }
}
