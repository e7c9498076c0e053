package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Shape;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Fields that must be there when another one is. */
final class DependencyRules {
  static final ChangeRule ADDED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "dependency-added",
              "A field demands others beside it now",
              "Consumers that send it alone are refused.",
              "dependentRequired: {card: [billingAddress]} was set",
              "Keep a default for what is missing.",
              "dependency-removed"),
          place -> {
            Set<String> added = missing(place.after(), place.before());
            return added.isEmpty()
                ? null
                : Difference.of(
                    Effect.NARROWED, null, shown(added), "demands now: " + shown(added));
          });

  static final ChangeRule REMOVED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "dependency-removed",
              "A field no longer demands others beside it",
              "Consumers may get it alone in replies.",
              "dependentRequired: {card: [billingAddress]} was taken off",
              "Keep sending them together.",
              "dependency-added"),
          place -> {
            Set<String> removed = missing(place.before(), place.after());
            return removed.isEmpty()
                ? null
                : Difference.of(
                    Effect.WIDENED, shown(removed), null, "demands no longer: " + shown(removed));
          });

  private DependencyRules() {}

  private static Set<String> missing(Shape.Node from, Shape.Node in) {
    Set<String> missing = new TreeSet<>();
    for (Map.Entry<String, Set<String>> entry : from.assertions().dependentRequired().entrySet()) {
      Set<String> known =
          in.assertions().dependentRequired().getOrDefault(entry.getKey(), Set.of());
      for (String needed : entry.getValue()) {
        if (!known.contains(needed)) {
          missing.add(needed + " beside " + entry.getKey());
        }
      }
    }
    return missing;
  }

  private static String shown(Set<String> dependencies) {
    return Excerpt.of(String.join(", ", dependencies));
  }
}
