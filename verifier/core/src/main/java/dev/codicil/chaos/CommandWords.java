package dev.codicil.chaos;

import java.util.ArrayList;
import java.util.List;

/** Command lines as a shell splits them, without a shell. */
public final class CommandWords {
  private CommandWords() {}

  /**
   * Splits at blanks outside of single and double quotes, and expands nothing.
   *
   * @throws IllegalArgumentException when a quote does not end
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote that does not end in the command");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
