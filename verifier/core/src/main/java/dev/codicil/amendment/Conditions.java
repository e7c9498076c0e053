package dev.codicil.amendment;

import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Assertions;
import dev.codicil.contract.Assertions.Condition;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares schemas under keywords of their own, and positions of tuples. */
final class Conditions {
  private final Sameness sameness;
  private final Entering entering;
  private final Consumer<Place> rules;

  /** Compares two shapes that stand under the same keyword. */
  interface Entering {
    void enter(Shape before, Shape after, String suffix);
  }

  Conditions(Sameness sameness, Entering entering, Consumer<Place> rules) {
    this.sameness = sameness;
    this.entering = entering;
    this.rules = rules;
  }

  /** By keyword, so that their order in the document does not matter. */
  static List<Condition> sorted(Assertions assertions) {
    if (assertions.conditions().size() < 2) {
      return assertions.conditions();
    }
    return assertions.conditions().stream()
        .sorted(Comparator.comparing(Condition::keyword))
        .toList();
  }

  void compare(Place.Spot spot, Shape.Node before, Shape.Node after) {
    if (before.assertions() == Assertions.NONE && after.assertions() == Assertions.NONE) {
      return;
    }
    tuple(spot, before, after);
    Map<String, List<Condition>> base = byKeyword(before.assertions());
    Map<String, List<Condition>> head = byKeyword(after.assertions());
    Set<String> keywords = new LinkedHashSet<>(base.keySet());
    keywords.addAll(head.keySet());
    for (String keyword : keywords) {
      keyword(
          spot,
          keyword,
          new ArrayList<>(base.getOrDefault(keyword, List.of())),
          new ArrayList<>(head.getOrDefault(keyword, List.of())));
    }
  }

  private static Map<String, List<Condition>> byKeyword(Assertions assertions) {
    Map<String, List<Condition>> byKeyword = new LinkedHashMap<>();
    for (Condition condition : assertions.conditions()) {
      byKeyword.computeIfAbsent(condition.keyword(), key -> new ArrayList<>()).add(condition);
    }
    return byKeyword;
  }

  /** Those that say the same are pairs, then those at the same place; the rest came or went. */
  private void keyword(
      Place.Spot spot, String keyword, List<Condition> gone, List<Condition> added) {
    boolean alone = gone.isEmpty() || added.isEmpty();
    gone.removeIf(condition -> takeSame(condition, added));
    int pairs = Math.min(gone.size(), added.size());
    for (int i = 0; i < pairs; i++) {
      changed(spot, keyword, gone.get(i), added.get(i));
    }
    for (Condition condition : gone.subList(pairs, gone.size())) {
      rules.accept(new Place.Condition(spot, keyword, condition.shapes().get(0), null, alone));
    }
    for (Condition condition : added.subList(pairs, added.size())) {
      rules.accept(new Place.Condition(spot, keyword, null, condition.shapes().get(0), alone));
    }
  }

  private boolean takeSame(Condition condition, List<Condition> among) {
    for (int i = 0; i < among.size(); i++) {
      if (same(condition, among.get(i))) {
        among.remove(i);
        return true;
      }
    }
    return false;
  }

  private boolean same(Condition before, Condition after) {
    for (int i = 0; i < Math.min(before.shapes().size(), after.shapes().size()); i++) {
      if (!sameness.same(before.shapes().get(i), after.shapes().get(i))) {
        return false;
      }
    }
    return before.shapes().size() == after.shapes().size();
  }

  /**
   * What is inside most keywords narrows and widens the whole as it narrows and widens itself.
   * {@code not} turns it round, and the condition of {@code if} does both.
   */
  private void changed(Place.Spot spot, String keyword, Condition before, Condition after) {
    int count = Math.min(before.shapes().size(), after.shapes().size());
    for (int i = 0; i < count; i++) {
      Shape was = before.shapes().get(i);
      Shape is = after.shapes().get(i);
      if (sameness.same(was, is)) {
        continue;
      }
      if (i == 0 && (keyword.equals("not") || keyword.equals("if"))) {
        rules.accept(new Place.Condition(spot, keyword, was, is, false));
      } else {
        boolean item = keyword.equals("contains") || keyword.equals("unevaluatedItems");
        entering.enter(was, is, item ? "/*" : "");
      }
    }
  }

  private void tuple(Place.Spot spot, Shape.Node before, Shape.Node after) {
    List<Shape> was = before.assertions().prefixItems();
    List<Shape> is = after.assertions().prefixItems();
    boolean alone = was.isEmpty() || is.isEmpty();
    for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
      if (i < was.size() && i < is.size()) {
        entering.enter(was.get(i), is.get(i), "/" + i);
      } else if (i >= was.size()) {
        rules.accept(position(spot, i, null, is.get(i), alone));
      } else {
        rules.accept(position(spot, i, was.get(i), null, alone));
      }
      if (alone) {
        return;
      }
    }
  }

  private static Place position(
      Place.Spot spot, int index, @Nullable Shape before, @Nullable Shape after, boolean alone) {
    return new Place.Condition(spot, "prefixItems " + index, before, after, alone);
  }
}
