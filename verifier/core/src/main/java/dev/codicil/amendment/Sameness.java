package dev.codicil.amendment;

import dev.codicil.amendment.rule.Bounds;
import dev.codicil.amendment.rule.EnumValues;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private final Unions base;
  private final Unions head;
  private final Set<ShapeKey.Pair> same = new HashSet<>();
  private final Set<ShapeKey.Pair> different = new HashSet<>();

  Sameness(Unions base, Unions head) {
    this.base = base;
    this.head = head;
  }

  boolean same(Shape before, Shape after) {
    ShapeKey.Pair root = ShapeKey.Pair.of(before, after);
    if (!same.contains(root) && !different.contains(root)) {
      decide(root, before, after);
    }
    return same.contains(root);
  }

  /** Decides about every pair that can be reached, each once: what holds a difference differs. */
  private void decide(ShapeKey.Pair root, Shape before, Shape after) {
    Set<ShapeKey.Pair> reached = new HashSet<>(Set.of(root));
    Map<ShapeKey.Pair, List<ShapeKey.Pair>> holders = new HashMap<>();
    Deque<ShapeKey.Pair> unequal = new ArrayDeque<>();
    Deque<Shape[]> open = new ArrayDeque<>();
    open.push(new Shape[] {before, after});
    while (!open.isEmpty()) {
      Shape[] next = open.pop();
      ShapeKey.Pair pair = ShapeKey.Pair.of(next[0], next[1]);
      Deque<Shape[]> parts = new ArrayDeque<>();
      if (!locally(next[0], next[1], parts)) {
        unequal.push(pair);
        continue;
      }
      for (Shape[] part : parts) {
        ShapeKey.Pair inner = ShapeKey.Pair.of(part[0], part[1]);
        if (different.contains(inner)) {
          unequal.push(pair);
        } else if (!same.contains(inner)) {
          holders.computeIfAbsent(inner, key -> new ArrayList<>()).add(pair);
          if (reached.add(inner)) {
            open.push(part);
          }
        }
      }
    }
    while (!unequal.isEmpty()) {
      ShapeKey.Pair pair = unequal.pop();
      if (different.add(pair)) {
        holders.getOrDefault(pair, List.of()).forEach(unequal::push);
      }
    }
    reached.removeIf(different::contains);
    same.addAll(reached);
  }

  private boolean locally(Shape left, Shape right, Deque<Shape[]> open) {
    Shape.Node before = base.simplify(left).node();
    Shape.Node after = head.simplify(right).node();
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
