package dev.codicil.contract;

/**
 * Where something was read, so that a finding can be annotated at its line.
 *
 * @param file path as the user knows it, relative to the root it was read from, with forward
 *     slashes
 * @param line 1-based line, 0 when unknown
 * @param column 1-based column, 0 when unknown
 * @param pointer RFC 6901 JSON pointer inside the file, empty for the whole document
 */
public record Location(String file, int line, int column, String pointer) {

  /** A whole file, without a position inside it. */
  public static Location of(String file) {
    return new Location(file, 0, 0, "");
  }

  /** {@code file:line:column}, leaving out what is unknown. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
