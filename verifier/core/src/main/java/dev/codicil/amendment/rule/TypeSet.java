package dev.codicil.amendment.rule;

import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The types a node really allows, for comparison: a number takes in integers. */
public final class TypeSet {
  private TypeSet() {}

  /**
   * All types the node allows, itself or through its alternatives; all types when it does not say.
   */
  public static Set<JsonType> of(Shape.Node node) {
    EnumSet<JsonType> types = EnumSet.noneOf(JsonType.class);
    Set<Shape.Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Shape.Node> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty()) {
      Shape.Node next = open.pop();
      if (!seen.add(next)) {
        continue;
      }
      if (isUnion(next)) {
        next.alternatives().forEach(option -> open.push(option.node()));
      } else if (next.types().isEmpty()) {
        return EnumSet.allOf(JsonType.class);
      } else {
        types.addAll(next.types());
      }
    }
    if (types.isEmpty()) {
      return EnumSet.allOf(JsonType.class);
    }
    if (types.contains(JsonType.NUMBER)) {
      types.add(JsonType.INTEGER);
    }
    return types;
  }

  /** Whether the node, itself or through its alternatives, names its types. */
  public static boolean named(Shape.Node node) {
    return of(node).size() < JsonType.values().length;
  }

  /** The types but {@code null}; as text, a string takes in numbers and booleans. */
  static Set<JsonType> values(Shape.Node node, boolean text) {
    Set<JsonType> types = EnumSet.copyOf(of(node));
    types.remove(JsonType.NULL);
    if (text && types.contains(JsonType.STRING)) {
      types.addAll(EnumSet.of(JsonType.INTEGER, JsonType.NUMBER, JsonType.BOOLEAN));
    }
    return types;
  }

  /** Whether some value, {@code null} aside, is of a type both nodes allow. */
  public static boolean meet(Shape.Node before, Shape.Node after, boolean text) {
    Set<JsonType> common = values(before, text);
    Set<JsonType> other = values(after, text);
    boolean onlyNull = common.isEmpty() && other.isEmpty();
    common.retainAll(other);
    return onlyNull || !common.isEmpty();
  }

  /** Readable: {@code string or null}. */
  static String label(Shape.Node node) {
    if (!named(node)) {
      return "any";
    }
    Set<JsonType> shown = EnumSet.copyOf(of(node));
    if (shown.contains(JsonType.NUMBER)) {
      shown.remove(JsonType.INTEGER);
    }
    return shown.stream().map(JsonType::label).collect(Collectors.joining(" or "));
  }

  private static boolean isUnion(Shape.Node node) {
    return node.types().isEmpty() && !node.alternatives().isEmpty();
  }
}
