package dev.codicil.report;

/**
 * Colors of a terminal.
 *
 * @param on whether to use any
 */
record Palette(boolean on) {
  private String paint(String codes, String text) {
    return on && !text.isEmpty() ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
  }

  /** Text that is already escaped, in bold. */
  String bold(String text) {
    return paint("1", text);
  }

  /** Text that matters less. */
  String dim(String text) {
    return paint("2", text);
  }

  /** Text in the color of a tone: good, fair, bad or unknown. */
  String tone(String tone, String text) {
    return paint(code(tone), text);
  }

  /** The same in bold. */
  String strong(String tone, String text) {
    return paint("1;" + code(tone), text);
  }

  /** A label in inverse video; between blanks in color, else alone. */
  String badge(String tone, String text) {
    return on ? paint("1;7;" + code(tone), " " + text + " ") : text;
  }

  private static String code(String tone) {
    return switch (tone) {
      case "good" -> "32";
      case "fair" -> "33";
      case "bad" -> "31";
      default -> "35"; // unknown: neither green nor the yellow of a warning
    };
  }
}
