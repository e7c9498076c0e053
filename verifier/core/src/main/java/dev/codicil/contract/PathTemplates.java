package dev.codicil.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Path templates such as {@code /licenses/{id}}: what they match, and when two are the same. */
public final class PathTemplates {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^{}/]*}");

  private PathTemplates() {}

  /**
   * Whether a concrete path is an instance of a template. A variable stands for at least one
   * character and never for a slash; literal parts compare percent-decoded.
   *
   * @param template path with {@code {name}} parts, or a concrete path
   * @param concretePath path, percent-encoded; a query is left out
   */
  public static boolean matches(String template, String concretePath) {
    int question = concretePath.indexOf('?');
    String path = question < 0 ? concretePath : concretePath.substring(0, question);
    String[] wanted = normalize(template).split("/", -1);
    String[] actual = path.split("/", -1);
    if (wanted.length != actual.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!segmentMatches(wanted[i], actual[i])) {
        return false;
      }
    }
    return true;
  }

  /** The template with its variables unnamed: {@code /licenses/{}}. */
  public static String normalize(String template) {
    return VARIABLE.matcher(template).replaceAll("{}");
  }

  /** Wildcard matching without backtracking over more than the last variable. */
  private static boolean segmentMatches(String wanted, String actual) {
    if (!wanted.contains("{}")) {
      return decode(wanted).equals(decode(actual));
    }
    String pattern = wanted.replace("{}", "\u0000");
    String text = decode(actual);
    int p = 0;
    int t = 0;
    int retryPattern = -1;
    int retryText = -1;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '\u0000') {
        retryPattern = ++p;
        retryText = ++t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (retryPattern >= 0) {
        p = retryPattern;
        t = ++retryText;
      } else {
        return false;
      }
    }
    return p == pattern.length();
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return segment;
    }
  }
}
