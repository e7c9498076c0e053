package dev.codicil.amendment.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Short printable forms of text that comes from documents. */
public final class Excerpt {
  /** Longest excerpt, in code points. */
  public static final int LONGEST = 80;

  private Excerpt() {}

  /**
   * The text on one line, at most {@value #LONGEST} code points, with control, format (such as
   * bidirectional overrides) and unassigned characters made visible as {@code \}{@code u001b}.
   */
  public static String of(String text) {
    return text.length() <= LONGEST && plain(text) ? text : escaped(text);
  }

  /** Nearly all text of documents; looked at this way it costs little. */
  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int code = text.codePointAt(i);
      i += Character.charCount(code);
      String shown = hidden(code) ? String.format("\\u%04x", code) : Character.toString(code);
      int width = shown.codePointCount(0, shown.length());
      boolean last = i >= text.length();
      if (used + width > (last ? LONGEST : LONGEST - 1)) {
        return out.append('…').toString();
      }
      out.append(shown);
      used += width;
    }
    return out.toString();
  }

  /** The text in backticks. */
  public static String quoted(String text) {
    return "`" + of(text.replace('`', '\'')) + "`";
  }

  /** Values in backticks, separated by commas; the list as a whole is shortened. */
  public static String values(List<JsonNode> values) {
    String first =
        values.stream()
            .limit(5)
            .map(value -> quoted(value.isTextual() ? value.textValue() : value.toString()))
            .collect(Collectors.joining(", "));
    if (values.size() == 1) {
      return first;
    }
    String rest = values.size() > 5 ? " and " + (values.size() - 5) + " more" : "";
    return first.codePointCount(0, first.length()) > LONGEST - 15
        ? values.size()
            + " values, first "
            + of(values.get(0).isTextual() ? values.get(0).textValue() : values.get(0).toString())
        : first + rest;
  }

  /** A name for a shape: what it refers to, else its types. */
  public static String shape(Shape shape) {
    if (shape instanceof Shape.Reference reference) {
      String target = reference.target();
      return of(target.substring(target.lastIndexOf('/') + 1));
    }
    return TypeSet.label(shape.node());
  }

  private static boolean hidden(int code) {
    int type = Character.getType(code);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
