package dev.codicil.formats.pact;

import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.stream.Collectors;

/**
 * The constraints of a shape as one line, without locations and examples: equal lines mean that
 * shapes ask the same.
 */
final class ShapeText {
  private ShapeText() {}

  static String of(Shape.Node shape) {
    StringBuilder out = new StringBuilder();
    append(out, shape);
    return out.toString();
  }

  private static void append(StringBuilder out, Shape.Node shape) {
    out.append(
        shape.types().isEmpty()
            ? "any"
            : shape.types().stream().map(JsonType::label).collect(Collectors.joining("|")));
    if (!shape.enumeration().isEmpty()) {
      out.append(' ').append(shape.enumeration());
    }
    option(out, "format", shape.format());
    option(out, "pattern", shape.pattern());
    option(out, "minLength", shape.minLength());
    option(out, "minItems", shape.minItems());
    option(out, "maxItems", shape.maxItems());
    if (shape.closed()) {
      out.append(" closed");
    }
    if (!shape.properties().isEmpty()) {
      out.append(" {");
      String separator = "";
      for (var property : shape.properties().entrySet()) {
        out.append(separator).append(property.getKey());
        out.append(property.getValue().required() ? ": " : "?: ");
        append(out, property.getValue().shape().node());
        separator = ", ";
      }
      out.append('}');
    }
    nested(out, "additional", shape.additional());
    nested(out, "items", shape.items());
    if (!shape.alternatives().isEmpty()) {
      out.append(' ').append(shape.combination()).append('(');
      String separator = "";
      for (Shape way : shape.alternatives()) {
        out.append(separator);
        append(out, way.node());
        separator = " / ";
      }
      out.append(')');
    }
    if (!shape.unread().isEmpty()) {
      out.append(" unread").append(shape.unread());
    }
  }

  private static void option(
      StringBuilder out, String name, @org.jspecify.annotations.Nullable Object value) {
    if (value != null) {
      out.append(' ').append(name).append('=').append(value);
    }
  }

  private static void nested(
      StringBuilder out, String name, @org.jspecify.annotations.Nullable Shape shape) {
    if (shape != null) {
      out.append(' ').append(name).append('(');
      append(out, shape.node());
      out.append(')');
    }
  }
}
