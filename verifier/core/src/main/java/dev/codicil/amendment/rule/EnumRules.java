package dev.codicil.amendment.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Guard;
import dev.codicil.contract.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values an enumeration, or a constant, allows. */
final class EnumRules {
  static final ChangeRule VALUE_ADDED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "enum-value-added",
                  "An enumeration has a new value",
                  "Consumers may get a value in replies that they do not know, and most fail on it"
                      + " (a switch without default, a strict enum). A risk only where the base"
                      + " said by x-extensible-enum that more may come.",
                  "enum: [active, expired] becomes enum: [active, expired, suspended]",
                  "Declare the enumeration extensible, and send the new value only to consumers"
                      + " that ask for it.",
                  "enum-value-removed")
              .asymmetric("x-extensible-enum guards replies: it speaks to who reads."),
          place -> {
            List<JsonNode> added = missing(place.after(), place.before());
            return closed(place) && !added.isEmpty()
                ? Difference.of(
                        Effect.WIDENED,
                        Excerpt.values(place.before().enumeration()),
                        Excerpt.values(place.after().enumeration()),
                        "may now be " + Excerpt.values(added))
                    .guarded(
                        place.direction() == Direction.REPLY
                            && place.before().unread().contains("x-extensible-enum"))
                : null;
          });

  static final ChangeRule VALUE_REMOVED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "enum-value-removed",
                  "An enumeration lost a value",
                  "Consumers that send it are refused.",
                  "enum: [card, invoice] becomes enum: [card]",
                  "Keep accepting it until nobody sends it.",
                  "enum-value-added")
              .asymmetric("x-extensible-enum guards replies: it speaks to who reads."),
          place -> {
            List<JsonNode> removed = missing(place.before(), place.after());
            return closed(place) && !removed.isEmpty()
                ? Difference.of(
                    Effect.NARROWED,
                    Excerpt.values(place.before().enumeration()),
                    Excerpt.values(place.after().enumeration()),
                    "may no longer be " + Excerpt.values(removed))
                : null;
          });

  static final ChangeRule INTRODUCED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "enum-introduced",
              "A value became an enumeration",
              "Only listed values are allowed now: consumers that send others are refused.",
              "enum: [EUR, USD] was set",
              "List every value that consumers send today.",
              "enum-dropped"),
          place ->
              values(place.before()).isEmpty() && !values(place.after()).isEmpty()
                  ? Difference.of(
                      Effect.NARROWED,
                      null,
                      Excerpt.values(place.after().enumeration()),
                      "may now only be " + Excerpt.values(place.after().enumeration()))
                  : null);

  static final ChangeRule DROPPED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "enum-dropped",
              "A value is no longer an enumeration",
              "Consumers may get any value in replies.",
              "enum: [EUR, USD] was taken off",
              "Keep sending only the values that consumers know.",
              "enum-introduced"),
          place ->
              !values(place.before()).isEmpty() && values(place.after()).isEmpty()
                  ? Difference.of(
                      Effect.WIDENED,
                      Excerpt.values(place.before().enumeration()),
                      null,
                      "may now be more than " + Excerpt.values(place.before().enumeration()))
                  : null);

  private static final String OPEN =
      "An enumeration that says it will grow is a promise to who sends, and a warning to who reads.";

  static final ChangeRule KNOWN_VALUE_ADDED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "known-value-added",
                  "An extensible enumeration has a new value",
                  "The base said that more may come, so consumers bear it.",
                  "x-extensible-enum: [card] becomes [card, invoice]",
                  "Safe as it is.",
                  "known-value-removed")
              .asymmetric(OPEN),
          place -> {
            List<JsonNode> added = unknown(place.after(), place.before());
            return growing(place) && !added.isEmpty()
                ? Difference.of(
                        Effect.WIDENED,
                        Excerpt.values(place.before().assertions().knownValues()),
                        Excerpt.values(place.after().assertions().knownValues()),
                        "knows now also " + Excerpt.values(added))
                    .guard(Guard.UNNOTICED)
                : null;
          });

  static final ChangeRule KNOWN_VALUE_REMOVED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "known-value-removed",
                  "An extensible enumeration lost a value",
                  "A risk for consumers that send it: it may be refused now.",
                  "x-extensible-enum: [card, invoice] becomes [card]",
                  "Keep accepting it until nobody sends it.",
                  "known-value-added")
              .asymmetric(OPEN),
          place -> {
            List<JsonNode> removed = unknown(place.before(), place.after());
            return growing(place) && !removed.isEmpty()
                ? Difference.of(
                        Effect.NARROWED,
                        Excerpt.values(place.before().assertions().knownValues()),
                        Excerpt.values(place.after().assertions().knownValues()),
                        "knows no longer " + Excerpt.values(removed))
                    .guarded(true)
                : null;
          });

  private EnumRules() {}

  private static boolean growing(Place.Value place) {
    return !place.before().assertions().knownValues().isEmpty()
        && !place.after().assertions().knownValues().isEmpty();
  }

  private static List<JsonNode> unknown(Shape.Node from, Shape.Node in) {
    Set<String> known = EnumValues.keys(in.assertions().knownValues());
    return from.assertions().knownValues().stream()
        .filter(value -> !known.contains(EnumValues.key(value)))
        .toList();
  }

  private static boolean closed(Place.Value place) {
    return !values(place.before()).isEmpty() && !values(place.after()).isEmpty();
  }

  private static List<JsonNode> missing(Shape.Node from, Shape.Node in) {
    Set<String> known = values(in).keySet();
    return values(from).entrySet().stream()
        .filter(value -> !known.contains(value.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<String, JsonNode> values(Shape.Node node) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    node.enumeration().forEach(value -> values.putIfAbsent(EnumValues.key(value), value));
    // Whether null is allowed is told by the type.
    values.remove(EnumValues.NULL);
    return values;
  }
}
