package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Shape;
import org.jspecify.annotations.Nullable;

/** Schemas under keywords of their own: each that comes narrows, each that goes widens. */
final class ConditionRules {
  static final ChangeRule ADDED =
      Rule.at(
          Place.Condition.class,
          RuleCard.of(
              "condition-added",
              "A value must satisfy one more condition",
              "Consumers that send what does not satisfy it are refused.",
              "not, if, contains, propertyNames, patternProperties, dependentSchemas,"
                  + " unevaluatedProperties or contentSchema was set",
              "Log what would be refused before refusing it.",
              "condition-removed"),
          place ->
              isCondition(place) && place.before() == null
                  ? Difference.of(
                      Effect.NARROWED, null, word(place), "must satisfy " + word(place) + " now")
                  : null);

  static final ChangeRule REMOVED =
      Rule.at(
          Place.Condition.class,
          RuleCard.of(
              "condition-removed",
              "A value must satisfy one condition less",
              "Consumers may get values in replies that they do not expect.",
              "not, if, contains, propertyNames, patternProperties, dependentSchemas,"
                  + " unevaluatedProperties or contentSchema was taken off",
              "Keep sending what satisfies the old condition.",
              "condition-added"),
          place ->
              isCondition(place) && place.after() == null
                  ? Difference.of(
                      Effect.WIDENED, word(place), null, "need no longer satisfy " + word(place))
                  : null);

  static final ChangeRule CHANGED =
      Rule.at(
          Place.Condition.class,
          RuleCard.of(
              "condition-changed",
              "A value must satisfy another condition",
              "What is inside not, or the condition of if, changed. What that does to the allowed"
                  + " messages is not computed, so it is a risk in both directions.",
              "not: {required: [a]} becomes not: {required: [b]}",
              "Check the new condition against what is sent today.",
              "condition-changed"),
          place ->
              place.before() != null && place.after() != null
                  ? Difference.of(
                          Effect.REPLACED,
                          word(place),
                          word(place),
                          "must satisfy another " + word(place) + " now")
                      .guarded(true)
                  : null);

  private static final String CLOSED =
      " A tuple is read as listing all its positions, although items beyond them may be allowed.";

  static final ChangeRule POSITION_ADDED =
      Rule.at(
          Place.Condition.class,
          RuleCard.of(
              "tuple-position-added",
              "A tuple has one more position",
              "A risk for consumers that take tuples in replies apart by their length." + CLOSED,
              "prefixItems: [A] becomes prefixItems: [A, B]",
              "Add a field beside the tuple.",
              "tuple-position-removed"),
          place ->
              isPosition(place) && !place.alone() && place.before() == null
                  ? Difference.of(
                          Effect.WIDENED, null, shown(place.after()), "has one more position")
                      .guarded(true)
                  : null);

  static final ChangeRule POSITION_REMOVED =
      Rule.at(
          Place.Condition.class,
          RuleCard.of(
              "tuple-position-removed",
              "A tuple has one position less",
              "A risk for consumers that send it: it is refused, or no longer heard." + CLOSED,
              "prefixItems: [A, B] becomes prefixItems: [A]",
              "Accept it until nobody sends it.",
              "tuple-position-added"),
          place ->
              isPosition(place) && !place.alone() && place.after() == null
                  ? Difference.of(
                          Effect.NARROWED, shown(place.before()), null, "has one position less")
                      .guarded(true)
                  : null);

  static final ChangeRule TUPLE_INTRODUCED =
      Rule.at(
          Place.Condition.class,
          RuleCard.of(
              "tuple-introduced",
              "An array became a tuple",
              "Its first items must be what is listed: consumers that send others are refused.",
              "prefixItems: [A, B] was set",
              "List what consumers send today.",
              "tuple-dropped"),
          place ->
              isPosition(place) && place.alone() && place.before() == null
                  ? Difference.of(
                      Effect.NARROWED, null, shown(place.after()), "must be a tuple now")
                  : null);

  static final ChangeRule TUPLE_DROPPED =
      Rule.at(
          Place.Condition.class,
          RuleCard.of(
              "tuple-dropped",
              "A tuple became any array",
              "Consumers may get other items in replies at the positions they know.",
              "prefixItems: [A, B] was taken off",
              "Keep sending what was listed.",
              "tuple-introduced"),
          place ->
              isPosition(place) && place.alone() && place.after() == null
                  ? Difference.of(
                      Effect.WIDENED, shown(place.before()), null, "need not be a tuple any more")
                  : null);

  private ConditionRules() {}

  private static boolean isPosition(Place.Condition place) {
    return place.keyword().startsWith("prefixItems ");
  }

  private static boolean isCondition(Place.Condition place) {
    return !isPosition(place);
  }

  private static String word(Place.Condition place) {
    return place.keyword().equals("allOf") ? "a further schema" : Excerpt.quoted(place.keyword());
  }

  private static String shown(@Nullable Shape shape) {
    return shape == null ? "" : Excerpt.shape(shape);
  }
}
