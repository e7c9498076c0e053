package dev.codicil.experiment;

import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node that asks what two nodes ask together, as far as it can be written as one node. */
public final class ShapeConjunction {
  private static final int DEEPEST = 8;

  private ShapeConjunction() {}

  /**
   * Joins a node with one of its alternatives.
   *
   * @return empty when nothing can satisfy both; where the answer is only nearly right, the caller
   *     checks what it drew against the original
   */
  public static Optional<Shape.Node> of(Shape.Node outer, Shape.Node inner) {
    return Optional.ofNullable(join(outer, inner, 0));
  }

  private static Shape.@Nullable Node join(Shape.Node a, Shape.Node b, int depth) {
    Set<JsonType> types = types(a.types(), b.types());
    if (types == null) {
      return null;
    }
    Shape.Builder joined =
        Shape.at(b.location())
            .types(types)
            .format(b.format() != null ? b.format() : a.format())
            .pattern(b.pattern() != null ? b.pattern() : a.pattern())
            .length(larger(a.minLength(), b.minLength()), smaller(a.maxLength(), b.maxLength()))
            .itemCount(larger(a.minItems(), b.minItems()), smaller(a.maxItems(), b.maxItems()))
            .closed(a.closed() || b.closed())
            .additional(b.additional() != null ? b.additional() : a.additional())
            .items(items(a, b, depth))
            .alternatives(b.combination(), b.alternatives())
            .example(b.example())
            .readOnly(a.readOnly() || b.readOnly())
            .writeOnly(a.writeOnly() || b.writeOnly())
            .unread(Stream.concat(a.unread().stream(), b.unread().stream()).toList());
    if (a.enumeration().isEmpty()) {
      joined.enumeration(b.enumeration());
    } else if (b.enumeration().isEmpty()) {
      joined.enumeration(a.enumeration());
    } else {
      var both =
          a.enumeration().stream().filter(v -> ShapeCheck.listed(b.enumeration(), v)).toList();
      if (both.isEmpty()) {
        return null;
      }
      joined.enumeration(both);
    }
    bounds(a, b, joined);
    properties(a, b, joined, depth);
    return joined.build();
  }

  /** Null when no type is in both; an empty set when both allow any. */
  private static @Nullable Set<JsonType> types(Set<JsonType> a, Set<JsonType> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    EnumSet<JsonType> both = EnumSet.noneOf(JsonType.class);
    for (JsonType type : JsonType.values()) {
      if (allows(a, type) && allows(b, type)) {
        both.add(type);
      }
    }
    return both.isEmpty() ? null : both;
  }

  private static boolean allows(Set<JsonType> types, JsonType type) {
    return types.contains(type) || type == JsonType.INTEGER && types.contains(JsonType.NUMBER);
  }

  private static @Nullable Shape items(Shape.Node a, Shape.Node b, int depth) {
    Shape left = a.items();
    Shape right = b.items();
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return both(left, right, depth);
  }

  /** Equal references stay references, so that recursion is still seen as recursion. */
  private static Shape both(Shape left, Shape right, int depth) {
    if (depth >= DEEPEST || left instanceof Shape.Reference && left.equals(right)) {
      return right;
    }
    Shape.Node joined = join(left.node(), right.node(), depth + 1);
    return joined == null ? right : joined;
  }

  private static void bounds(Shape.Node a, Shape.Node b, Shape.Builder joined) {
    BigDecimal low = a.minimum();
    boolean lowExclusive = a.exclusiveMinimum();
    BigDecimal otherLow = b.minimum();
    if (otherLow != null && (low == null || otherLow.compareTo(low) >= 0)) {
      lowExclusive =
          b.exclusiveMinimum() || low != null && otherLow.compareTo(low) == 0 && lowExclusive;
      low = otherLow;
    }
    BigDecimal high = a.maximum();
    boolean highExclusive = a.exclusiveMaximum();
    BigDecimal otherHigh = b.maximum();
    if (otherHigh != null && (high == null || otherHigh.compareTo(high) <= 0)) {
      highExclusive =
          b.exclusiveMaximum() || high != null && otherHigh.compareTo(high) == 0 && highExclusive;
      high = otherHigh;
    }
    joined.minimum(low, lowExclusive).maximum(high, highExclusive);
  }

  private static void properties(Shape.Node a, Shape.Node b, Shape.Builder joined, int depth) {
    for (Map.Entry<String, Shape.Property> entry : a.properties().entrySet()) {
      String name = entry.getKey();
      Shape.Property mine = entry.getValue();
      Shape.Property theirs = b.properties().get(name);
      if (theirs != null) {
        joined.property(
            name, both(mine.shape(), theirs.shape(), depth), mine.required() || theirs.required());
      } else if (mine.required() || !b.closed()) {
        joined.property(name, mine.shape(), mine.required());
      }
    }
    for (Map.Entry<String, Shape.Property> entry : b.properties().entrySet()) {
      Shape.Property theirs = entry.getValue();
      if (!a.properties().containsKey(entry.getKey()) && (theirs.required() || !a.closed())) {
        joined.property(entry.getKey(), theirs.shape(), theirs.required());
      }
    }
  }

  private static @Nullable Integer larger(@Nullable Integer a, @Nullable Integer b) {
    return a == null ? b : b == null ? a : Integer.valueOf(Math.max(a, b));
  }

  private static @Nullable Integer smaller(@Nullable Integer a, @Nullable Integer b) {
    return a == null ? b : b == null ? a : Integer.valueOf(Math.min(a, b));
  }

  /** The node without its alternatives, to be joined with one of them. */
  public static Shape.Node withoutAlternatives(Shape.Node node) {
    return node.toBuilder().alternatives(node.combination(), List.of()).example(null).build();
  }
}
