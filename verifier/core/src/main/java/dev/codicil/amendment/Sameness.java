package dev.codicil.amendment;

import dev.codicil.amendment.rule.Bounds;
import dev.codicil.amendment.rule.EnumValues;
import dev.codicil.amendment.rule.UnreadKeywords;
import dev.codicil.contract.Assertions;
import dev.codicil.contract.Assertions.Condition;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
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
        && UnreadKeywords.of(before).equals(UnreadKeywords.of(after))
        && assertions(before.assertions(), after.assertions());
  }

  /** All but the schemas inside, which are parts. */
  private static boolean assertions(Assertions before, Assertions after) {
    return before == after
        || EnumValues.same(before.fallback(), after.fallback())
            && EnumValues.same(before.knownValues(), after.knownValues())
            && compared(before.multipleOf(), after.multipleOf())
            && before.uniqueItems() == after.uniqueItems()
            && Bounds.properties(before).same(Bounds.properties(after))
            && Bounds.contained(before).same(Bounds.contained(after))
            && before.dependentRequired().equals(after.dependentRequired())
            && Objects.equals(before.contentEncoding(), after.contentEncoding())
            && Objects.equals(before.contentMediaType(), after.contentMediaType())
            && before.discriminator().equals(after.discriminator());
  }

  private static boolean compared(@Nullable BigDecimal before, @Nullable BigDecimal after) {
    return before == null || after == null ? before == after : before.compareTo(after) == 0;
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
        || !both(before.items(), after.items(), open)
        || !conditions(before.assertions(), after.assertions(), open)) {
      return false;
    }
    for (int i = 0; i < options; i++) {
      open.push(new Shape[] {before.alternatives().get(i), after.alternatives().get(i)});
    }
    return true;
  }

  private static boolean conditions(Assertions before, Assertions after, Deque<Shape[]> open) {
    if (before.prefixItems().size() != after.prefixItems().size()
        || before.conditions().size() != after.conditions().size()) {
      return false;
    }
    zip(before.prefixItems(), after.prefixItems(), open);
    List<Condition> mine = Conditions.sorted(before);
    List<Condition> theirs = Conditions.sorted(after);
    for (int i = 0; i < mine.size(); i++) {
      if (!mine.get(i).keyword().equals(theirs.get(i).keyword())
          || mine.get(i).shapes().size() != theirs.get(i).shapes().size()) {
        return false;
      }
      zip(mine.get(i).shapes(), theirs.get(i).shapes(), open);
    }
    return true;
  }

  private static void zip(List<Shape> before, List<Shape> after, Deque<Shape[]> open) {
    for (int i = 0; i < before.size(); i++) {
      open.push(new Shape[] {before.get(i), after.get(i)});
    }
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
