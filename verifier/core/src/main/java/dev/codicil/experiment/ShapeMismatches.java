package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a value is not what a shape allows: the deepest places, in order of the shape. What {@link
 * ShapeCheck} takes as no is told here, so formats are not looked at.
 */
final class ShapeMismatches {
  private static final int MOST = 20;
  private static final int DEEPEST = 64;
  private static final int LONGEST = 60;

  private final ShapeSampler.Purpose purpose;
  private final List<Mismatch> found = new ArrayList<>();

  private ShapeMismatches(ShapeSampler.Purpose purpose) {
    this.purpose = purpose;
  }

  /**
   * Holds a value to a shape.
   *
   * @param path what the value is called, such as {@code body}
   */
  static List<Mismatch> of(Shape shape, JsonNode value, String path, ShapeSampler.Purpose purpose) {
    ShapeMismatches mismatches = new ShapeMismatches(purpose);
    mismatches.walk(shape, value, path, 0);
    return List.copyOf(mismatches.found);
  }

  private void walk(Shape shape, JsonNode value, String path, int depth) {
    if (found.size() >= MOST || ShapeCheck.allows(shape, value, purpose)) {
      return;
    }
    int before = found.size();
    Shape.Node node = shape.node();
    if (depth < DEEPEST && ShapeCheck.typeAllowed(node, value)) {
      if (value.isObject()) {
        object(node, value, path, depth);
      }
      Shape items = node.items();
      if (value.isArray() && items != null) {
        for (int i = 0; i < value.size(); i++) {
          walk(items, value.get(i), path + "/" + i, depth + 1);
        }
      }
    }
    if (found.size() == before) { // nothing below explains it
      found.add(new Mismatch(path, expected(node, value), shown(value)));
    }
  }

  private void object(Shape.Node node, JsonNode value, String path, int depth) {
    for (Map.Entry<String, Shape.Property> property : node.properties().entrySet()) {
      JsonNode field = value.get(property.getKey());
      String place = path + "/" + property.getKey();
      Shape shape = property.getValue().shape();
      if (field != null) {
        walk(shape, field, place, depth + 1);
      } else if (property.getValue().required() && !purpose.leavesOut(shape.node())) {
        found.add(new Mismatch(place, "a required field", "absent"));
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      Shape additional = node.additional();
      if (node.properties().containsKey(field.getKey())) {
        continue;
      }
      String place = path + "/" + field.getKey();
      if (node.closed()) {
        found.add(new Mismatch(place, "no such field", shown(field.getValue())));
      } else if (additional != null) {
        walk(additional, field.getValue(), place, depth + 1);
      }
    }
  }

  private static String expected(Shape.Node node, JsonNode value) {
    if (!ShapeCheck.typeAllowed(node, value)) {
      return node.types().stream()
          .map(type -> type.name().toLowerCase(Locale.ROOT))
          .sorted()
          .reduce((one, other) -> one + " or " + other)
          .orElse("another type");
    }
    if (!node.enumeration().isEmpty() && !ShapeCheck.listed(node.enumeration(), value)) {
      return node.enumeration().size() == 1
          ? shown(node.enumeration().get(0))
          : "one of " + shortened(node.enumeration().toString());
    }
    return node.pattern() == null
        ? "what the contract allows"
        : "a text like " + shortened(node.pattern());
  }

  private static String shown(JsonNode value) {
    return JsonType.of(value).name().toLowerCase(Locale.ROOT) + " " + shortened(value.toString());
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
