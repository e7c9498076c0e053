package dev.codicil.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Path templates with {@code {name}} parameters, as OpenAPI writes them. A parameter stands for one
 * or more characters of one segment, never for a slash; a percent-encoded slash belongs to its
 * segment.
 */
public final class PathTemplates {
  private PathTemplates() {}

  /**
   * Whether a concrete path belongs to a template. Both are compared after percent-decoding,
   * segment by segment; a malformed escape stands for itself. The query of the concrete path is
   * ignored; a trailing slash is not.
   *
   * @param template such as {@code /licenses/{id}}
   * @param concretePath such as {@code /licenses/L-1}, percent-encoded or not
   */
  public static boolean matches(String template, String concretePath) {
    String[] wanted = template.split("/", -1);
    String[] actual = withoutQuery(concretePath).split("/", -1);
    if (wanted.length != actual.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!segmentMatches(wanted[i], decode(actual[i]))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The template with all parameter names left out, so that renaming a parameter changes nothing:
   * {@code /licenses/{id}} gives {@code /licenses/{}}.
   */
  public static String normalize(String template) {
    StringBuilder out = new StringBuilder(template.length());
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : closing(template, open);
      if (close < 0) {
        return out.append(template, at, template.length()).toString();
      }
      out.append(template, at, open).append("{}");
      at = close + 1;
    }
    return out.toString();
  }

  private static String withoutQuery(String path) {
    int end = path.indexOf('?');
    return end < 0 ? path : path.substring(0, end);
  }

  /** Index of the brace that ends a parameter in its own segment, or -1. */
  private static int closing(String text, int open) {
    int close = text.indexOf('}', open);
    int slash = text.indexOf('/', open);
    return close < 0 || (slash >= 0 && slash < close) ? -1 : close;
  }

  /**
   * Matches one segment. Literals between parameters are taken leftmost and the last one must end
   * the segment, which is exact because every parameter takes any characters.
   */
  private static boolean segmentMatches(String template, String actual) {
    int at = 0;
    int position = 0;
    boolean open = false;
    while (true) {
      int brace = template.indexOf('{', at);
      int close = brace < 0 ? -1 : closing(template, brace);
      boolean last = close < 0;
      String literal = decode(last ? template.substring(at) : template.substring(at, brace));
      if (!open) {
        if (last) {
          return actual.substring(position).equals(literal);
        }
        if (!actual.startsWith(literal, position)) {
          return false;
        }
        position += literal.length();
      } else if (last) {
        int tail = actual.length() - literal.length();
        return tail > position && actual.endsWith(literal);
      } else {
        int found = actual.indexOf(literal, position + 1);
        if (found < 0) {
          return false;
        }
        position = found + literal.length();
      }
      open = true;
      at = close + 1;
    }
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    int i = 0;
    while (i < segment.length()) {
      int code = segment.codePointAt(i);
      if (code == '%' && i + 2 < segment.length()) {
        int high = Character.digit(segment.charAt(i + 1), 16);
        int low = Character.digit(segment.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          bytes.write(high * 16 + low);
          i += 3;
          continue;
        }
      }
      bytes.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
      i += Character.charCount(code);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
