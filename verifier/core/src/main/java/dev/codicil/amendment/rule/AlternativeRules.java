package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Shape;

/** Alternatives: {@code oneOf} and {@code anyOf}. */
final class AlternativeRules {
  static final ChangeRule ADDED =
      Rule.at(
          Place.Option.class,
          RuleCard.of(
              "alternative-added",
              "A value has one more alternative",
              "Consumers may get a form in replies that they do not know.",
              "oneOf: [Card] becomes oneOf: [Card, Invoice]",
              "Send the new form only to consumers that ask for it.",
              "alternative-removed"),
          place ->
              place.before() == null && place.after() != null
                  ? Difference.of(
                      Effect.WIDENED,
                      null,
                      Excerpt.shape(place.after()),
                      "has one more alternative: " + Excerpt.quoted(Excerpt.shape(place.after())))
                  : null);

  static final ChangeRule REMOVED =
      Rule.at(
          Place.Option.class,
          RuleCard.of(
              "alternative-removed",
              "A value has one alternative less",
              "Consumers that send this form are refused.",
              "oneOf: [Card, Invoice] becomes oneOf: [Card]",
              "Accept it until nobody sends it.",
              "alternative-added"),
          place ->
              place.before() != null && place.after() == null
                  ? Difference.of(
                      Effect.NARROWED,
                      Excerpt.shape(place.before()),
                      null,
                      "has one alternative less: " + Excerpt.quoted(Excerpt.shape(place.before())))
                  : null);

  static final ChangeRule INTRODUCED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "alternatives-introduced",
              "A value must be one of several alternatives now",
              "What fits none of them is refused, which breaks consumers that send it.",
              "oneOf: [Card, Invoice] was set",
              "Make sure the alternatives take in all that consumers send today.",
              "alternatives-dropped"),
          place ->
              place.before().alternatives().isEmpty() && !place.after().alternatives().isEmpty()
                  ? Difference.of(
                      Effect.NARROWED,
                      null,
                      count(place.after()),
                      "must be one of " + count(place.after()) + " now")
                  : null);

  static final ChangeRule DROPPED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "alternatives-dropped",
              "A value need not be one of several alternatives any more",
              "Consumers may get a form in replies that they do not know.",
              "oneOf: [Card, Invoice] was taken off",
              "Keep sending the forms that consumers know.",
              "alternatives-introduced"),
          place ->
              !place.before().alternatives().isEmpty() && place.after().alternatives().isEmpty()
                  ? Difference.of(
                      Effect.WIDENED,
                      count(place.before()),
                      null,
                      "need no longer be one of " + count(place.before()))
                  : null);

  static final ChangeRule COMBINATION_CHANGED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "alternatives-combined-otherwise",
              "Alternatives exclude each other now, or do so no more",
              "oneOf refuses what fits two alternatives, anyOf does not. A risk only where the"
                  + " alternatives overlap, which few do.",
              "anyOf becomes oneOf",
              "Make sure no value fits two alternatives.",
              "alternatives-combined-otherwise"),
          place -> {
            Shape.Node before = place.before();
            Shape.Node after = place.after();
            if (before.alternatives().size() < 2
                || after.alternatives().size() < 2
                || before.combination() == after.combination()) {
              return null;
            }
            boolean strict = after.combination() == Shape.Combination.ONE_OF;
            return Difference.of(
                    strict ? Effect.NARROWED : Effect.WIDENED,
                    strict ? "anyOf" : "oneOf",
                    strict ? "oneOf" : "anyOf",
                    strict
                        ? "must fit exactly one of its alternatives now"
                        : "may fit several of its alternatives now")
                .guarded(true);
          });

  private AlternativeRules() {}

  private static String count(Shape.Node node) {
    return node.alternatives().size() == 1
        ? "1 alternative"
        : node.alternatives().size() + " alternatives";
  }
}
