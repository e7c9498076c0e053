package dev.codicil.amendment;

import dev.codicil.amendment.rule.EnumValues;
import dev.codicil.amendment.rule.TypeSet;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which alternatives of the provider's schema a consumer means. A consumer that reads a card reads
 * no invoice, although both stand at the same path.
 */
final class Variants {
  private static final int MOST = 5_000;

  private Variants() {}

  /**
   * Whether a place of the provider's schema lies in alternatives only that the consumer's shape
   * rules out. When that cannot be said it does not.
   *
   * @param used the consumer's shape
   * @param provided the provider's, of the same part
   * @param changed where the changed place was read
   */
  static boolean isOther(Shape used, Shape provided, Location changed) {
    record Pair(Shape used, Shape provided, boolean ruledOut) {}
    Deque<Pair> open = new ArrayDeque<>();
    Set<Object> seen = new HashSet<>();
    open.add(new Pair(used, provided, false));
    boolean ruledOut = false;
    while (!open.isEmpty()) {
      Pair at = open.remove();
      if (!seen.add(List.of(ShapeKey.of(at.used), ShapeKey.of(at.provided), at.ruledOut))) {
        continue;
      }
      if (seen.size() > MOST) {
        return false;
      }
      Shape.Node mine = at.used.node();
      Shape.Node theirs = at.provided.node();
      boolean here =
          at.provided.location().equals(changed)
              || theirs.location().equals(changed)
              || theirs.properties().values().stream()
                  .anyMatch(field -> field.shape().location().equals(changed));
      if (here && !at.ruledOut) {
        return false;
      }
      ruledOut |= here;
      for (Shape option : mine.alternatives()) {
        open.add(new Pair(option, at.provided, at.ruledOut));
      }
      for (Shape option : theirs.alternatives()) {
        boolean apart =
            theirs.alternatives().size() > 1
                && mine.alternatives().isEmpty()
                && apart(mine, option.node());
        open.add(new Pair(at.used, option, at.ruledOut || apart));
      }
      for (Map.Entry<String, Shape.Property> field : mine.properties().entrySet()) {
        Shape.Property other = theirs.properties().get(field.getKey());
        Shape there = other != null ? other.shape() : theirs.additional();
        if (there != null) {
          open.add(new Pair(field.getValue().shape(), there, at.ruledOut));
        }
      }
      if (mine.items() != null && theirs.items() != null) {
        open.add(new Pair(mine.items(), theirs.items(), at.ruledOut));
      }
      Shape each = mine.additional();
      if (each != null) {
        theirs
            .properties()
            .values()
            .forEach(field -> open.add(new Pair(each, field.shape(), at.ruledOut)));
        if (theirs.additional() != null) {
          open.add(new Pair(each, theirs.additional(), at.ruledOut));
        }
      }
    }
    return ruledOut;
  }

  /** Whether no value is both: other types, or a field whose listed values differ. */
  private static boolean apart(Shape.Node mine, Shape.Node theirs) {
    if (!TypeSet.meet(mine, theirs, false)) {
      return true;
    }
    for (Map.Entry<String, Shape.Property> entry : mine.properties().entrySet()) {
      Shape.Property other = theirs.properties().get(entry.getKey());
      if (entry.getValue().required() && other != null) {
        Set<String> read = EnumValues.keys(listed(entry.getValue().shape().node()));
        Set<String> given = EnumValues.keys(other.shape().node());
        if (!read.isEmpty() && !given.isEmpty() && Collections.disjoint(read, given)) {
          return true;
        }
      }
      if (other == null && entry.getValue().required() && theirs.closed()) {
        return true;
      }
    }
    return false;
  }

  /** What a consumer's example says it reads, where its matcher only gives a type. */
  private static Shape.Node listed(Shape.Node node) {
    return node.enumeration().isEmpty() && node.example() != null && node.example().isTextual()
        ? Shape.at(node.location()).enumeration(List.of(node.example())).build()
        : node;
  }
}
