package dev.codicil.engine.init;

import java.util.regex.Pattern;

/** Names of files as words of a command, whatever is in them. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,\\-]+");

  private ShellWord() {}

  /** The word as it is, or in single quotes when a shell would read more than a word in it. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
