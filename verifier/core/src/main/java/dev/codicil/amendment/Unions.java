package dev.codicil.amendment;

import dev.codicil.amendment.rule.UnreadKeywords;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings alternatives into one form, so that writing the same differently is no change: a union of
 * one is that one, and a union of one with {@code null} is that one, nullable. One instance a side:
 * the same name may stand for something else on the other.
 */
final class Unions {
  private static final int LONGEST_CHAIN = 100;

  private final Map<ShapeKey, Shape> simplified = new HashMap<>();

  /** The shape in its simplest form. */
  Shape simplify(Shape shape) {
    ShapeKey key = ShapeKey.of(shape);
    Shape known = simplified.get(key);
    if (known == null) {
      known = follow(shape);
      simplified.put(key, known);
    }
    return known;
  }

  /** Whether a node says nothing but its alternatives. */
  static boolean pure(Shape.Node node) {
    return !node.alternatives().isEmpty() && unconstrained(node);
  }

  /** Whether a node allows everything. */
  static boolean any(Shape.Node node) {
    return node.alternatives().isEmpty() && unconstrained(node);
  }

  /** The alternatives of a union; any other shape is the only alternative to itself. */
  static List<Shape> options(Shape shape) {
    Shape.Node node = shape.node();
    return node.alternatives().isEmpty() ? List.of(shape) : node.alternatives();
  }

  private static Shape follow(Shape start) {
    Shape shape = start;
    boolean nullable = false;
    for (int i = 0; i < LONGEST_CHAIN && pure(shape.node()); i++) {
      List<Shape> options = shape.node().alternatives();
      List<Shape> values = options.stream().filter(option -> !onlyNull(option.node())).toList();
      if (values.size() != 1) {
        break;
      }
      nullable |= values.size() < options.size();
      shape = values.get(0);
    }
    return nullable ? orNull(shape) : shape;
  }

  private static boolean onlyNull(Shape.Node node) {
    return node.types().equals(Set.of(JsonType.NULL));
  }

  private static Shape orNull(Shape shape) {
    Shape.Node node = shape.node();
    if (node.nullable()) {
      return shape;
    }
    EnumSet<JsonType> types = EnumSet.copyOf(node.types());
    types.add(JsonType.NULL);
    return node.toBuilder().types(types).build();
  }

  private static boolean unconstrained(Shape.Node node) {
    return node.types().isEmpty()
        && node.enumeration().isEmpty()
        && node.format() == null
        && node.pattern() == null
        && node.minimum() == null
        && node.maximum() == null
        && node.minLength() == null
        && node.maxLength() == null
        && node.minItems() == null
        && node.maxItems() == null
        && node.properties().isEmpty()
        && !node.closed()
        && node.additional() == null
        && node.items() == null
        && node.assertions().free()
        && UnreadKeywords.of(node).isEmpty();
  }
}
