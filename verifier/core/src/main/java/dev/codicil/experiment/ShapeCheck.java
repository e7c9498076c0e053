package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a value is one that a shape allows. Serves the sampler: what cannot be said within bounds
 * is taken as no, and formats are not looked at.
 */
public final class ShapeCheck {
  private static final int MOST_STEPS = 20_000;
  private static final int DEEPEST = 200;

  private final ShapeSampler.Purpose purpose;
  private int steps;

  private ShapeCheck(ShapeSampler.Purpose purpose) {
    this.purpose = purpose;
  }

  /**
   * Whether the value is allowed.
   *
   * @param purpose decides about fields that only one direction carries
   */
  public static boolean allows(Shape shape, JsonNode value, ShapeSampler.Purpose purpose) {
    return new ShapeCheck(purpose).check(shape, value, 0);
  }

  private boolean check(Shape shape, JsonNode value, int depth) {
    if (++steps > MOST_STEPS || depth > DEEPEST) {
      return false;
    }
    Shape.Node node = shape.node();
    return typeAllowed(node, value)
        && (node.enumeration().isEmpty() || listed(node.enumeration(), value))
        && text(node, value)
        && number(node, value)
        && array(node, value, depth)
        && object(node, value, depth)
        && alternatives(node, value, depth);
  }

  /** Whether a node allows the type of a value. */
  public static boolean typeAllowed(Shape.Node node, JsonNode value) {
    JsonType type = JsonType.of(value);
    return node.types().isEmpty()
        || node.types().contains(type)
        || type == JsonType.INTEGER && node.types().contains(JsonType.NUMBER);
  }

  static boolean listed(List<JsonNode> enumeration, JsonNode value) {
    return enumeration.stream().anyMatch(allowed -> same(allowed, value));
  }

  private static boolean same(JsonNode left, JsonNode right) {
    return left.equals(right)
        || left.isNumber()
            && right.isNumber()
            && left.decimalValue().compareTo(right.decimalValue()) == 0;
  }

  private static boolean text(Shape.Node node, JsonNode value) {
    if (!value.isTextual()) {
      return true;
    }
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    String pattern = node.pattern();
    Integer min = node.minLength();
    Integer max = node.maxLength();
    return (min == null || length >= min)
        && (max == null || length <= max)
        && (pattern == null || BoundedRegex.find(pattern, text).equals(Optional.of(true)));
  }

  private static boolean number(Shape.Node node, JsonNode value) {
    if (!value.isNumber()) {
      return true;
    }
    if (node.minimum() != null) {
      int compared = value.decimalValue().compareTo(node.minimum());
      if (compared < 0 || compared == 0 && node.exclusiveMinimum()) {
        return false;
      }
    }
    if (node.maximum() != null) {
      int compared = value.decimalValue().compareTo(node.maximum());
      return compared < 0 || compared == 0 && !node.exclusiveMaximum();
    }
    return true;
  }

  private boolean array(Shape.Node node, JsonNode value, int depth) {
    if (!value.isArray()) {
      return true;
    }
    Integer min = node.minItems();
    Integer max = node.maxItems();
    if (min != null && value.size() < min || max != null && value.size() > max) {
      return false;
    }
    Shape items = node.items();
    if (items != null) {
      for (JsonNode item : value) {
        if (!check(items, item, depth + 1)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean object(Shape.Node node, JsonNode value, int depth) {
    if (!value.isObject()) {
      return true;
    }
    for (Map.Entry<String, Shape.Property> property : node.properties().entrySet()) {
      JsonNode field = value.get(property.getKey());
      Shape shape = property.getValue().shape();
      if (field == null) {
        if (property.getValue().required() && !purpose.leavesOut(shape.node())) {
          return false;
        }
      } else if (!check(shape, field, depth + 1)) {
        return false;
      }
    }
    Shape additional = node.additional();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (!node.properties().containsKey(field.getKey())
          && (node.closed()
              || additional != null && !check(additional, field.getValue(), depth + 1))) {
        return false;
      }
    }
    return true;
  }

  private boolean alternatives(Shape.Node node, JsonNode value, int depth) {
    if (node.alternatives().isEmpty()) {
      return true;
    }
    int holding = 0;
    for (Shape alternative : node.alternatives()) {
      holding += check(alternative, value, depth + 1) ? 1 : 0;
    }
    return node.combination() == Shape.Combination.ONE_OF ? holding == 1 : holding >= 1;
  }
}
