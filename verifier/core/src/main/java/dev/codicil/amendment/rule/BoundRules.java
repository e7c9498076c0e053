package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Shape;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bounds of numbers, lengths and counts. Both ends of a range are one change. */
final class BoundRules {
  private static final String LOOSEN = "Keep replies within the bounds that consumers know.";
  private static final String TIGHTEN = "Log what would be refused before refusing it.";

  static final ChangeRule RANGE_NARROWED =
      narrowed(
          "range",
          "A number has tighter bounds",
          "Consumers that send numbers outside are refused.",
          "maximum: 100 becomes 50",
          Bounds::range);
  static final ChangeRule RANGE_WIDENED =
      widened(
          "range",
          "A number has looser bounds",
          "Consumers may get numbers in replies that they do not expect or cannot hold.",
          "maximum: 100 becomes 1000000",
          Bounds::range);
  static final ChangeRule LENGTH_NARROWED =
      narrowed(
          "length",
          "A string has tighter bounds of length",
          "Consumers that send shorter or longer strings are refused.",
          "maxLength: 64 becomes 32",
          Bounds::length);
  static final ChangeRule LENGTH_WIDENED =
      widened(
          "length",
          "A string has looser bounds of length",
          "Consumers may get strings in replies that they cannot store.",
          "maxLength: 32 becomes 64",
          Bounds::length);
  static final ChangeRule ITEM_COUNT_NARROWED =
      narrowed(
          "item-count",
          "An array has tighter bounds of size",
          "Consumers that send fewer or more items are refused.",
          "minItems: 1 was set",
          Bounds::items);
  static final ChangeRule ITEM_COUNT_WIDENED =
      widened(
          "item-count",
          "An array has looser bounds of size",
          "Consumers may get an empty array in replies, or more items than they expect.",
          "minItems: 1 was taken off",
          Bounds::items);

  static final ChangeRule FIELD_COUNT_NARROWED =
      narrowed(
          "field-count",
          "An object has tighter bounds of size",
          "Consumers that send fewer or more fields are refused.",
          "maxProperties: 5 was set",
          node -> Bounds.properties(node.assertions()));
  static final ChangeRule FIELD_COUNT_WIDENED =
      widened(
          "field-count",
          "An object has looser bounds of size",
          "Consumers may get an empty object in replies, or more fields than they expect.",
          "minProperties: 1 was taken off",
          node -> Bounds.properties(node.assertions()));
  static final ChangeRule CONTAINED_COUNT_NARROWED =
      narrowed(
          "contained-count",
          "An array has tighter bounds of how many items must be of a kind",
          "Consumers that send fewer or more of them are refused.",
          "minContains: 1 becomes 2",
          BoundRules::contained);
  static final ChangeRule CONTAINED_COUNT_WIDENED =
      widened(
          "contained-count",
          "An array has looser bounds of how many items must be of a kind",
          "Consumers may get fewer or more of them in replies than they expect.",
          "minContains: 2 becomes 1",
          BoundRules::contained);

  private BoundRules() {}

  /** A count of what {@code contains} names says nothing where only one side names it. */
  private static boolean comparable(String what, Place.Value place) {
    return !what.equals("contained-count")
        || Bounds.contains(place.before().assertions())
            && Bounds.contains(place.after().assertions());
  }

  private static Bounds contained(Shape.Node node) {
    return Bounds.contained(node.assertions());
  }

  private static ChangeRule narrowed(
      String what, String title, String why, String example, Function<Shape.Node, Bounds> bounds) {
    return Rule.at(
        Place.Value.class,
        RuleCard.of(what + "-narrowed", title, why, example, TIGHTEN, what + "-widened"),
        place -> {
          Bounds before = bounds.apply(place.before());
          Bounds after = bounds.apply(place.after());
          return comparable(what, place) && after.tighterThan(before)
              ? found(Effect.NARROWED, before, after, "has tighter bounds now: ", what)
              : null;
        });
  }

  private static ChangeRule widened(
      String what, String title, String why, String example, Function<Shape.Node, Bounds> bounds) {
    return Rule.at(
        Place.Value.class,
        RuleCard.of(what + "-widened", title, why, example, LOOSEN, what + "-narrowed"),
        place -> {
          Bounds before = bounds.apply(place.before());
          Bounds after = bounds.apply(place.after());
          return comparable(what, place) && before.tighterThan(after)
              ? found(Effect.WIDENED, before, after, "has looser bounds now: ", what)
              : null;
        });
  }

  private static Difference found(
      Effect effect, Bounds before, Bounds after, String told, String what) {
    return Difference.of(
        effect,
        word(before),
        word(after),
        told + what.replace('-', ' ') + " " + after + " instead of " + before);
  }

  private static @Nullable String word(Bounds bounds) {
    return bounds.isOpen() ? null : bounds.toString();
  }
}
