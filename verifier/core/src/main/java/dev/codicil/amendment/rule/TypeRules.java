package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Types of values, and whether {@code null} is among them. */
final class TypeRules {
  static final ChangeRule CHANGED =
      Rule.at(
          Place.Type.class,
          RuleCard.of(
              "type-changed",
              "A value has another type",
              "Neither side can read what the other writes: breaks consumers in both directions.",
              "string becomes object",
              "Add a field of the new type beside the old one.",
              "type-changed"),
          place ->
              types(
                  place,
                  Effect.REPLACED,
                  "changed from "
                      + TypeSet.label(place.before())
                      + " to "
                      + TypeSet.label(place.after())));

  static final ChangeRule WIDENED =
      Rule.at(
          Place.Type.class,
          RuleCard.of(
              "type-widened",
              "A value may have more types",
              "Consumers may get a type in replies that they do not read.",
              "integer becomes number",
              "Add a field of the wider type beside the old one.",
              "type-narrowed"),
          place ->
              types(
                  place,
                  Effect.WIDENED,
                  "was widened from "
                      + TypeSet.label(place.before())
                      + " to "
                      + TypeSet.label(place.after())));

  static final ChangeRule NARROWED =
      Rule.at(
          Place.Type.class,
          RuleCard.of(
              "type-narrowed",
              "A value may have fewer types",
              "Consumers that send a type which is not accepted any more are refused.",
              "number becomes integer",
              "Accept both and warn until nobody sends the other type.",
              "type-widened"),
          place ->
              types(
                  place,
                  Effect.NARROWED,
                  "was narrowed from "
                      + TypeSet.label(place.before())
                      + " to "
                      + TypeSet.label(place.after())));

  static final ChangeRule NULLABLE =
      Rule.at(
          Place.Type.class,
          RuleCard.of(
              "became-nullable",
              "A value may be null",
              "Consumers may get null in replies where they always got a value.",
              "type: string becomes type: [string, 'null']",
              "Leave the field out instead, if it is optional, or add a new one.",
              "became-not-nullable"),
          place -> nullable(place, true));

  static final ChangeRule NOT_NULLABLE =
      Rule.at(
          Place.Type.class,
          RuleCard.of(
              "became-not-nullable",
              "A value may not be null any more",
              "Consumers that send null are refused.",
              "nullable: true was taken off",
              "Accept null as the default until nobody sends it.",
              "became-nullable"),
          place -> nullable(place, false));

  private TypeRules() {}

  private static @Nullable Difference types(Place.Type place, Effect wanted, String told) {
    Set<JsonType> before = TypeSet.values(place.before(), place.text());
    Set<JsonType> after = TypeSet.values(place.after(), place.text());
    Effect effect;
    if (before.equals(after)) {
      return null;
    } else if (after.containsAll(before)) {
      effect = Effect.WIDENED;
    } else {
      effect = before.containsAll(after) ? Effect.NARROWED : Effect.REPLACED;
    }
    return effect == wanted
        ? Difference.of(effect, TypeSet.label(place.before()), TypeSet.label(place.after()), told)
        : null;
  }

  private static @Nullable Difference nullable(Place.Type place, boolean now) {
    Shape.Node before = place.before();
    Shape.Node after = place.after();
    // Naming types at all, or no longer, is told once, by the rules above.
    if (!TypeSet.named(before) || !TypeSet.named(after)) {
      return null;
    }
    boolean was = TypeSet.of(before).contains(JsonType.NULL);
    boolean is = TypeSet.of(after).contains(JsonType.NULL);
    if (was == is || is != now) {
      return null;
    }
    return Difference.of(
        now ? Effect.WIDENED : Effect.NARROWED,
        TypeSet.label(before),
        TypeSet.label(after),
        now ? "may be null now" : "may not be null any more");
  }
}
