package dev.codicil.storm.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path of a contract, concrete or with {@code {name}} parts, also inside a segment. Matching
 * looks at each character a bounded number of times, whatever the template.
 */
final class PathTemplate {
  private final List<Segment> segments;

  /** The literal texts around the variables of a segment; a single one means no variable. */
  private record Segment(List<String> literals) {
    static Segment of(String text) {
      List<String> literals = new ArrayList<>();
      int from = 0;
      int open = text.indexOf('{');
      while (open >= 0) {
        int close = text.indexOf('}', open);
        if (close < 0) {
          break;
        }
        literals.add(decoded(text.substring(from, open)));
        from = close + 1;
        open = text.indexOf('{', from);
      }
      literals.add(decoded(text.substring(from)));
      return new Segment(List.copyOf(literals));
    }

    boolean concrete() {
      return literals.size() == 1;
    }

    boolean matches(String actual) {
      String first = literals.get(0);
      if (concrete()) {
        return first.equals(actual);
      }
      if (!actual.startsWith(first)) {
        return false;
      }
      int at = first.length();
      for (int i = 1; i < literals.size() - 1; i++) {
        // Every variable takes one character at least.
        int found = actual.indexOf(literals.get(i), at + 1);
        if (found < 0) {
          return false;
        }
        at = found + literals.get(i).length();
      }
      String end = literals.get(literals.size() - 1);
      return actual.length() - end.length() > at && actual.endsWith(end);
    }
  }

  PathTemplate(String path) {
    segments = split(path).stream().map(Segment::of).toList();
  }

  boolean matches(String path) {
    List<String> actual = split(path);
    if (actual.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < actual.size(); i++) {
      if (!segments.get(i).matches(decoded(actual.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * How specific the template is: for each segment from the left, concrete before partly variable
   * before variable. Greater is more specific; comparable among templates that match one path.
   */
  String specificity() {
    StringBuilder rank = new StringBuilder();
    for (Segment segment : segments) {
      rank.append(
          segment.concrete()
              ? '2'
              : segment.literals().stream().allMatch(String::isEmpty) ? '0' : '1');
    }
    return rank.toString();
  }

  private static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }

  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}
