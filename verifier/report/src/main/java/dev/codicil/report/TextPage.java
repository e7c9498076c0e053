package dev.codicil.report;

import java.util.ArrayList;
import java.util.List;

/** A page of wrapped text. Takes foreign text as it is and escapes it. */
final class TextPage {
  private static final int LABEL = 11;
  private static final int MAX_LINES = 40;
  private static final int MAX_CHARACTERS = 2000;

  private final StringBuilder out = new StringBuilder();
  private final int width;
  private final Palette palette;

  TextPage(Palette palette, int width) {
    this.palette = palette;
    this.width = Math.max(40, width);
  }

  Palette palette() {
    return palette;
  }

  /** A line of text that is escaped and painted already. */
  TextPage raw(String line) {
    out.append(line.stripTrailing()).append('\n');
    return this;
  }

  TextPage blank() {
    out.append('\n');
    return this;
  }

  /** Wrapped foreign text behind a prefix; later lines are indented as far. */
  TextPage text(String prefix, String text) {
    return hung(prefix, List.of(Escape.console(cut(text))), false);
  }

  /** The same, for what matters less. */
  TextPage quiet(String prefix, String text) {
    return hung(prefix, List.of(Escape.console(cut(text))), true);
  }

  /** The same, for text that has lines of its own: a body, the end of a log. */
  TextPage block(String prefix, String text) {
    return hung(prefix, Escape.consoleLines(cut(text)), false);
  }

  /** A labeled paragraph; nothing when there is no text. */
  TextPage field(int indent, String label, String text) {
    return text.isEmpty() ? this : text(labeled(indent, label), text);
  }

  /** A labeled paragraph that has lines of its own. */
  TextPage fieldBlock(int indent, String label, String text) {
    return text.isEmpty() ? this : block(labeled(indent, label), text);
  }

  /** A dim label, filled up to its column. */
  String labeled(int indent, String label) {
    return " ".repeat(indent) + palette.dim(pad(label, LABEL));
  }

  private static String cut(String text) {
    return Escape.cut(text, MAX_CHARACTERS);
  }

  private static int columns(String painted) {
    return painted.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }

  private TextPage hung(String prefix, List<String> escaped, boolean dim) {
    int prefixWidth = columns(prefix);
    List<String> lines = new ArrayList<>();
    escaped.forEach(line -> lines.addAll(wrap(line, Math.max(20, width - prefixWidth))));
    if (lines.isEmpty()) {
      lines.add("");
    }
    int shown = Math.min(lines.size(), MAX_LINES);
    for (int i = 0; i < shown; i++) {
      String line = dim ? palette.dim(lines.get(i)) : lines.get(i);
      raw((i == 0 ? prefix : " ".repeat(prefixWidth)) + line);
    }
    if (shown < lines.size()) {
      raw(" ".repeat(prefixWidth) + "... (" + (lines.size() - shown) + " more lines)");
    }
    return this;
  }

  /** Breaks at blanks, and inside words that are longer than a line. */
  static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > columns) {
      int at = rest.lastIndexOf(' ', columns);
      if (at <= columns / 3) {
        at = Character.isHighSurrogate(rest.charAt(columns - 1)) ? columns - 1 : columns;
        lines.add(rest.substring(0, at));
        rest = rest.substring(at);
      } else {
        lines.add(rest.substring(0, at).stripTrailing());
        rest = rest.substring(at + 1);
      }
    }
    lines.add(rest);
    return lines;
  }

  /** Fills up with blanks, and keeps one blank at the end. */
  static String pad(String text, int columns) {
    return text.length() >= columns ? text + " " : text + " ".repeat(columns - text.length());
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
