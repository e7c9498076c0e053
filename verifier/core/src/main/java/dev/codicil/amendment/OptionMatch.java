package dev.codicil.amendment;

import dev.codicil.amendment.rule.EnumValues;
import dev.codicil.amendment.rule.TypeSet;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which alternative of the base became which of the head: first by name, then those that allow the
 * same, then the most alike. What is left was removed or added.
 */
final class OptionMatch {
  private static final double ALIKE = 0.4;

  /** Beyond this many leftovers on a side likeness is not computed. */
  private static final int MOST_COMPARED = 60;

  /** Pairs, base first. */
  final List<Shape[]> pairs = new ArrayList<>();

  /** In the base only. */
  final List<Shape> removed;

  /** In the head only. */
  final List<Shape> added;

  OptionMatch(List<Shape> before, List<Shape> after, Sameness sameness) {
    removed = new ArrayList<>(before);
    added = new ArrayList<>(after);
    byName();
    bySameness(sameness);
    if (before.size() == 1 && after.size() == 1 && removed.size() == 1) {
      take(0, 0);
    } else if (removed.size() <= MOST_COMPARED && added.size() <= MOST_COMPARED) {
      byLikeness();
    }
  }

  private void take(int before, int after) {
    pairs.add(new Shape[] {removed.remove(before), added.remove(after)});
  }

  private void byName() {
    Map<String, Integer> named = new HashMap<>();
    for (int i = 0; i < added.size(); i++) {
      if (added.get(i) instanceof Shape.Reference reference) {
        named.putIfAbsent(reference.target(), i);
      }
    }
    List<Shape> gone = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    for (Shape shape : removed) {
      Integer partner =
          shape instanceof Shape.Reference reference ? named.get(reference.target()) : null;
      if (partner != null && used.add(partner)) {
        pairs.add(new Shape[] {shape, added.get(partner)});
      } else {
        gone.add(shape);
      }
    }
    removed.clear();
    removed.addAll(gone);
    List<Integer> taken = new ArrayList<>(used);
    taken.sort(Collections.reverseOrder());
    taken.forEach(index -> added.remove((int) index));
  }

  private void bySameness(Sameness sameness) {
    for (int i = 0; i < removed.size(); ) {
      int partner = -1;
      for (int j = 0; j < added.size() && partner < 0; j++) {
        if (sameness.same(removed.get(i), added.get(j))) {
          partner = j;
        }
      }
      if (partner < 0) {
        i++;
      } else {
        take(i, partner);
      }
    }
  }

  private void byLikeness() {
    while (true) {
      double best = ALIKE;
      int[] found = null;
      for (int i = 0; i < removed.size(); i++) {
        for (int j = 0; j < added.size(); j++) {
          double likeness = likeness(removed.get(i).node(), added.get(j).node());
          if (likeness > best) {
            best = likeness;
            found = new int[] {i, j};
          }
        }
      }
      if (found == null) {
        return;
      }
      take(found[0], found[1]);
    }
  }

  /** From 0 (nothing in common) to 1. Fields that tell alternatives apart decide. */
  private static double likeness(Shape.Node before, Shape.Node after) {
    if (!TypeSet.named(before) || !TypeSet.named(after) || !TypeSet.meet(before, after, false)) {
      return 0;
    }
    if (before.properties().isEmpty() && after.properties().isEmpty()) {
      return apart(before, after) ? 0 : 0.6;
    }
    int shared = 0;
    for (Map.Entry<String, Shape.Property> entry : before.properties().entrySet()) {
      Shape.Property other = after.properties().get(entry.getKey());
      if (other != null) {
        if (apart(entry.getValue().shape().node(), other.shape().node())) {
          return 0;
        }
        shared++;
      }
    }
    return (double) shared / (before.properties().size() + after.properties().size() - shared);
  }

  private static boolean apart(Shape.Node before, Shape.Node after) {
    Set<String> mine = EnumValues.keys(before);
    Set<String> theirs = EnumValues.keys(after);
    return !mine.isEmpty() && !theirs.isEmpty() && Collections.disjoint(mine, theirs);
  }
}
