package dev.codicil.engine.source;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Patterns of names, and the order of names that hold versions. */
public final class NamePatterns {
  private static final Pattern PIECE = Pattern.compile("[0-9]+|[^0-9]+");

  /** Like text, but {@code v9} comes before {@code v10}. */
  public static final Comparator<String> BY_VERSION = NamePatterns::compareVersions;

  private NamePatterns() {}

  /** Whether a name is a pattern: has {@code *} or {@code ?} in it. */
  public static boolean isPattern(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  /** Whether a name matches a pattern in which {@code *} is any text and {@code ?} a character. */
  public static boolean matches(String pattern, String name) {
    return Pattern.matches(regex(pattern), name);
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    char last = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        // one star for several: many in a row would be tried in every combination
        regex.append(last == '*' ? "" : ".*");
      } else {
        regex.append(c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
      last = c;
    }
    return regex.toString();
  }

  private static int compareVersions(String left, String right) {
    List<String> one = pieces(left);
    List<String> other = pieces(right);
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = comparePieces(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(one.size(), other.size());
    return order != 0 ? order : left.compareTo(right);
  }

  private static int comparePieces(String left, String right) {
    return isNumber(left) && isNumber(right)
        ? new BigInteger(left).compareTo(new BigInteger(right))
        : left.compareTo(right);
  }

  private static boolean isNumber(String piece) {
    return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
  }

  private static List<String> pieces(String name) {
    return PIECE.matcher(name).results().map(MatchResult::group).toList();
  }
}
