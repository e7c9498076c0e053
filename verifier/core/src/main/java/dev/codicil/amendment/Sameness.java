package dev.codicil.amendment;

import dev.codicil.amendment.rule.Bounds;
import dev.codicil.amendment.rule.EnumValues;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether two shapes allow the same, wherever their parts stand. At least as strict as the rules
 * together: where it says yes, no rule finds anything. Cycles are cut by taking a pair that is
 * under way for equal; iterative, so depth does not matter.
 */
final class Sameness {
  private final Unions unions;
  private final Set<ShapeKey.Pair> same = new HashSet<>();
  private final Set<ShapeKey.Pair> different = new HashSet<>();

  Sameness(Unions unions) {
    this.unions = unions;
  }

  boolean same(Shape before, Shape after) {
    Set<ShapeKey.Pair> assumed = new HashSet<>();
    Deque<Shape[]> open = new ArrayDeque<>();
    ShapeKey.Pair root = ShapeKey.Pair.of(before, after);
    open.push(new Shape[] {before, after});
    while (!open.isEmpty()) {
      Shape[] next = open.pop();
      ShapeKey.Pair pair = ShapeKey.Pair.of(next[0], next[1]);
      if (same.contains(pair) || !assumed.add(pair)) {
        continue;
      }
      if (different.contains(pair) || !locally(next[0], next[1], open)) {
        different.add(pair);
        different.add(root);
        return false;
      }
    }
    same.addAll(assumed);
    return true;
  }

  private boolean locally(Shape left, Shape right, Deque<Shape[]> open) {
    Shape.Node before = unions.simplify(left).node();
    Shape.Node after = unions.simplify(right).node();
    if (before == after) {
      return true;
    }
    return values(before, after) && objects(before, after, open) && parts(before, after, open);
  }

  private static boolean values(Shape.Node before, Shape.Node after) {
    return types(before).equals(types(after))
        && EnumValues.keys(before).equals(EnumValues.keys(after))
        && Objects.equals(before.format(), after.format())
        && Objects.equals(before.pattern(), after.pattern())
        && Bounds.range(before).same(Bounds.range(after))
        && Bounds.length(before).same(Bounds.length(after))
        && Bounds.items(before).same(Bounds.items(after))
        && before.readOnly() == after.readOnly()
        && before.writeOnly() == after.writeOnly()
        && Set.copyOf(before.unread()).equals(Set.copyOf(after.unread()));
  }

  private static boolean objects(Shape.Node before, Shape.Node after, Deque<Shape[]> open) {
    if (before.closed() != after.closed()
        || before.properties().size() != after.properties().size()) {
      return false;
    }
    for (Map.Entry<String, Shape.Property> entry : before.properties().entrySet()) {
      Shape.Property mine = entry.getValue();
      Shape.Property other = after.properties().get(entry.getKey());
      if (other == null || mine.required() != other.required()) {
        return false;
      }
      open.push(new Shape[] {mine.shape(), other.shape()});
    }
    return true;
  }

  private static boolean parts(Shape.Node before, Shape.Node after, Deque<Shape[]> open) {
    int options = before.alternatives().size();
    if (options != after.alternatives().size()
        || (options > 1 && before.combination() != after.combination())
        || !both(before.additional(), after.additional(), open)
        || !both(before.items(), after.items(), open)) {
      return false;
    }
    for (int i = 0; i < options; i++) {
      open.push(new Shape[] {before.alternatives().get(i), after.alternatives().get(i)});
    }
    return true;
  }

  private static boolean both(@Nullable Shape before, @Nullable Shape after, Deque<Shape[]> open) {
    if (before != null && after != null) {
      open.push(new Shape[] {before, after});
      return true;
    }
    return before == after;
  }

  private static Set<JsonType> types(Shape.Node node) {
    Set<JsonType> types = EnumSet.noneOf(JsonType.class);
    types.addAll(node.types());
    if (types.contains(JsonType.NUMBER)) {
      types.add(JsonType.INTEGER);
    }
    return types;
  }
}
