package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;

/** Whether items of an array may be equal. Their number is a matter of {@link BoundRules}. */
final class ArrayRules {
  static final ChangeRule UNIQUE =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "items-became-unique",
              "Equal items are refused now",
              "Consumers that send an item twice are refused.",
              "uniqueItems: true was set",
              "Drop the second of two equal items instead of refusing them.",
              "items-became-repeatable"),
          place ->
              !place.before().assertions().uniqueItems() && place.after().assertions().uniqueItems()
                  ? Difference.of(
                      Effect.NARROWED, null, "uniqueItems", "must not repeat an item any more")
                  : null);

  static final ChangeRule REPEATABLE =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "items-became-repeatable",
              "Equal items are allowed now",
              "Consumers that make a set of it, or key by it, may get an item twice in replies.",
              "uniqueItems: true was taken off",
              "Keep sending every item once.",
              "items-became-unique"),
          place ->
              place.before().assertions().uniqueItems() && !place.after().assertions().uniqueItems()
                  ? Difference.of(Effect.WIDENED, "uniqueItems", null, "may repeat an item now")
                  : null);

  private ArrayRules() {}
}
