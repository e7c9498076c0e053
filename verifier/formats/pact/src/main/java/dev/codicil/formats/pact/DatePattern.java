package dev.codicil.formats.pact;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the date patterns of Java, which pacts use, into regular expressions. */
final class DatePattern {
  private static final Map<Character, Integer> LETTERS =
      Map.of('y', 4, 'u', 4, 'M', 2, 'd', 2, 'H', 2, 'h', 2, 'm', 2, 's', 2, 'S', 3);

  private DatePattern() {}

  /** The pattern Pact takes when a matcher names none. */
  static String byDefault(Rule.Kind kind) {
    return switch (kind) {
      case DATE -> "yyyy-MM-dd";
      case TIME -> "HH:mm:ss";
      default -> "yyyy-MM-dd'T'HH:mm:ssXXX";
    };
  }

  /** The format of JSON Schema that has this form; null when none has. */
  static @Nullable String format(Rule.Kind kind, String pattern) {
    String zone = "(X+|Z+|x+|'Z'|Z)?";
    String fraction = "([.]S+)?";
    return switch (kind) {
      case DATE -> pattern.matches("(yyyy|uuuu)-MM-dd") ? "date" : null;
      case TIME -> pattern.matches("'?T?'?HH:mm:ss" + fraction + zone) ? "time" : null;
      default ->
          pattern.matches("(yyyy|uuuu)-MM-dd'T'HH:mm:ss" + fraction + zone) ? "date-time" : null;
    };
  }

  /** A regular expression for the digits and punctuation of a pattern; null when it has words. */
  static @Nullable String regex(String pattern) {
    StringBuilder out = new StringBuilder("^");
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      int end = at + 1;
      if (c == '\'') {
        end = pattern.indexOf('\'', at + 1);
        if (end < 0) {
          return null;
        }
        literal(out, end == at + 1 ? "'" : pattern.substring(at + 1, end));
        end++;
      } else if (Character.isLetter(c)) {
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        String part = letters(c, end - at);
        if (part == null) {
          return null;
        }
        out.append(part);
      } else {
        literal(out, String.valueOf(c));
      }
      at = end;
    }
    return out.append('$').toString();
  }

  private static @Nullable String letters(char letter, int count) {
    if (letter == 'X' || letter == 'x' || letter == 'Z') {
      return "(Z|[+-][0-9]{2}:?([0-9]{2})?)";
    }
    Integer usual = LETTERS.get(letter);
    if (usual == null || (letter == 'M' && count > 2) || count > 9) {
      return null;
    }
    return count == 1 && letter != 'S' ? "[0-9]{1," + usual + "}" : "[0-9]{" + count + "}";
  }

  private static void literal(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("\\^$.|?*+()[]{}/".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
  }

  /** A regular expression that finds exactly this text. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder();
    literal(out, text);
    return out.toString();
  }
}
