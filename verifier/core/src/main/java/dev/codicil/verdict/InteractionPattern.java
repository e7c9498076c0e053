package dev.codicil.verdict;

import dev.codicil.contract.PathTemplates;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern that names interactions: by operation when it reads {@code METHOD /path} ({@code GET
 * /beta/**}), else by what reviewers call them ({@code buy*}).
 *
 * <p>{@code ?} is one character and {@code *} any text; in an operation they stay within one
 * segment, and {@code **} is any text. Names of path parameters do not matter: {@code
 * /licenses/{x}} is {@code /licenses/{id}}. Matching takes time proportional to pattern times text.
 *
 * @param text as written
 */
public record InteractionPattern(String text) {
  private static final Pattern OPERATION = Pattern.compile("(?i)[a-z*]+ /.*");

  /** Whether it is a pattern of operations. */
  public boolean ofOperations() {
    return OPERATION.matcher(text).matches();
  }

  /**
   * Whether an interaction is meant.
   *
   * @param name what reviewers call it
   * @param operation {@code METHOD /path}, or what a message has in its place
   */
  public boolean matches(String name, String operation) {
    return ofOperations()
        ? wildcard(operation(text), operation(operation), true)
        : wildcard(text, name, false) || wildcard(text, operation, false);
  }

  /** Whether one name, such as that of a consumer, is meant. */
  public boolean matches(String name) {
    return wildcard(text, name, false);
  }

  private static String operation(String written) {
    int space = written.indexOf(' ');
    return space < 0
        ? written
        : written.substring(0, space).toUpperCase(Locale.ROOT)
            + PathTemplates.normalize(written.substring(space));
  }

  /** Which prefixes of the text the pattern so far can match, a character of the pattern a row. */
  private static boolean wildcard(String pattern, String text, boolean segments) {
    boolean[] reach = new boolean[text.length() + 1];
    reach[0] = true;
    for (int p = 0; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      boolean star = c == '*';
      boolean anywhere = star && p + 1 < pattern.length() && pattern.charAt(p + 1) == '*';
      if (anywhere) {
        p++;
      }
      boolean within = segments && !anywhere;
      boolean[] next = new boolean[reach.length];
      next[0] = star && reach[0];
      for (int t = 1; t < reach.length; t++) {
        char at = text.charAt(t - 1);
        boolean fits = !within || at != '/';
        next[t] =
            star
                ? reach[t] || next[t - 1] && fits
                : c == '?' ? reach[t - 1] && fits : reach[t - 1] && at == c;
      }
      reach = next;
    }
    return reach[text.length()];
  }
}
