package dev.codicil.amendment.rule;

import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Guard;
import dev.codicil.contract.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Formats and patterns. */
final class TextRules {
  /** Formats that take in others of the same type. */
  private static final Map<String, Set<String>> WIDER =
      Map.of(
          "int64", Set.of("int32", "int16", "int8"),
          "int32", Set.of("int16", "int8"),
          "double", Set.of("float"),
          "uri-reference", Set.of("uri"),
          "iri", Set.of("uri"),
          "idn-email", Set.of("email"));

  /** Patterns that every string matches. */
  private static final Set<String> ALL = Set.of("", ".*", "^.*$", "^.*", ".*$", "^", "$", "^$|.*");

  private static final String READERS =
      "A provider enforces a pattern on what it gets; hardly any consumer holds what it reads"
          + " against one.";

  static final ChangeRule FORMAT_ADDED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "format-added",
              "A value has a format now",
              "A risk for consumers that send something else. Guarded, since a format is an"
                  + " annotation unless a validator is told to assert it.",
              "format: uuid was set",
              "Log what would be refused before refusing it.",
              "format-removed"),
          place ->
              place.before().format() == null && place.after().format() != null
                  ? Difference.of(
                          Effect.NARROWED,
                          null,
                          shown(place.after().format()),
                          "has the format " + quoted(place.after().format()) + " now")
                      .guarded(true)
                  : null);

  static final ChangeRule FORMAT_REMOVED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "format-removed",
              "A value has no format any more",
              "A risk for consumers that parse it as that format in replies.",
              "format: date-time was taken off",
              "Keep sending the format that consumers parse.",
              "format-added"),
          place ->
              place.before().format() != null && place.after().format() == null
                  ? Difference.of(
                          Effect.WIDENED,
                          shown(place.before().format()),
                          null,
                          "has no longer the format " + quoted(place.before().format()))
                      .guarded(true)
                  : null);

  static final ChangeRule FORMAT_CHANGED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "format-changed",
              "A value has another format",
              "Consumers parse and write the old one; breaks both directions unless one format"
                  + " takes in the other.",
              "format: date becomes date-time",
              "Add a field of the new format beside the old one.",
              "format-changed"),
          place -> {
            String before = place.before().format();
            String after = place.after().format();
            return before != null && after != null && !before.equals(after)
                ? Difference.of(
                    formatEffect(before, after),
                    shown(before),
                    shown(after),
                    "changed its format from " + quoted(before) + " to " + quoted(after))
                : null;
          });

  static final ChangeRule PATTERN_ADDED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "pattern-added",
                  "A string must match a pattern now",
                  "Consumers that send something else are refused.",
                  "pattern: ^[A-Z]-[0-9]+$ was set",
                  "Log what would be refused before refusing it.",
                  "pattern-removed")
              .asymmetric(READERS),
          place ->
              pattern(place.before()) == null && pattern(place.after()) != null
                  ? Difference.of(
                      Effect.NARROWED,
                      null,
                      shown(pattern(place.after())),
                      "must match the pattern " + quoted(pattern(place.after())) + " now")
                  : null);

  static final ChangeRule PATTERN_REMOVED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "pattern-removed",
                  "A string need not match a pattern any more",
                  "Consumers may get other strings in replies. " + READERS,
                  "pattern: ^[A-Z]-[0-9]+$ was taken off",
                  "Keep sending what matches the old pattern.",
                  "pattern-added")
              .asymmetric(READERS),
          place ->
              pattern(place.before()) != null && pattern(place.after()) == null
                  ? Difference.of(
                          Effect.WIDENED,
                          shown(pattern(place.before())),
                          null,
                          "need no longer match the pattern " + quoted(pattern(place.before())))
                      .guard(reader(place, Guard.NONE))
                  : null);

  static final ChangeRule PATTERN_CHANGED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "pattern-changed",
                  "A string must match another pattern",
                  "Which strings tell the two patterns apart is not computed, and they may mean the"
                      + " same, so it is a risk for who sends it until a replay shows more. "
                      + READERS,
                  "pattern: ^[a-z]+$ becomes ^[a-z0-9]+$",
                  "Check the new pattern against what consumers send today.",
                  "pattern-changed")
              .asymmetric(READERS),
          place -> {
            String before = pattern(place.before());
            String after = pattern(place.after());
            return before != null && after != null && !before.equals(after)
                ? Difference.of(
                        Effect.REPLACED,
                        shown(before),
                        shown(after),
                        "changed its pattern from " + quoted(before) + " to " + quoted(after))
                    .guard(reader(place, Guard.TOLERATED))
                : null;
          });

  private TextRules() {}

  private static Guard reader(Place place, Guard otherwise) {
    return place.direction() == Direction.REPLY ? Guard.UNNOTICED : otherwise;
  }

  private static Effect formatEffect(String before, String after) {
    if (WIDER.getOrDefault(after, Set.of()).contains(before)) {
      return Effect.WIDENED;
    }
    return WIDER.getOrDefault(before, Set.of()).contains(after) ? Effect.NARROWED : Effect.REPLACED;
  }

  private static @Nullable String pattern(Shape.Node node) {
    return node.pattern() == null || ALL.contains(node.pattern()) ? null : node.pattern();
  }

  private static String shown(@Nullable String text) {
    return Excerpt.of(Objects.requireNonNullElse(text, ""));
  }

  private static String quoted(@Nullable String text) {
    return Excerpt.quoted(Objects.requireNonNullElse(text, ""));
  }
}
