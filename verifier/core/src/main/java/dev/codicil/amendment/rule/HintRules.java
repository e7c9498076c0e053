package dev.codicil.amendment.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Effect;
import dev.codicil.contract.Parameter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What documents say beside the constraints: defaults and discriminators. */
final class HintRules {
  static final ChangeRule PARAMETER_DEFAULT_CHANGED =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
              "parameter-default-changed",
              "A request parameter has another default",
              "Whoever leaves it out asks for something else than before, with the same bytes;"
                  + " generated clients fill the default in themselves.",
              "limit, default: 20 becomes 100",
              "Keep the default, or let consumers send the value first.",
              "parameter-default-changed"),
          place -> {
            JsonNode before = fallback(place.before());
            JsonNode after = fallback(place.after());
            return place.before() == null || place.after() == null || EnumValues.same(before, after)
                ? null
                : Difference.of(Effect.REPLACED, word(before), word(after), told(before, after))
                    .guarded(true);
          });

  static final ChangeRule DEFAULT_CHANGED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "default-changed",
              "A value in a body has another default",
              "A default in a schema of a body is an annotation: no message is allowed or refused"
                  + " because of it. What a provider makes of an absent field shows in the replay.",
              "currency, default: EUR becomes USD",
              "Send the value, and do not rely on the default.",
              "default-changed"),
          place -> {
            JsonNode before = place.before().assertions().fallback();
            JsonNode after = place.after().assertions().fallback();
            boolean parameter =
                !place.spot().path().startsWith("body") && !place.spot().path().contains("/");
            return parameter || EnumValues.same(before, after)
                ? null
                : Difference.of(Effect.NEUTRAL, word(before), word(after), told(before, after));
          });

  static final ChangeRule DISCRIMINATOR_CHANGED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "discriminator-changed",
              "Alternatives are told apart otherwise",
              "A discriminator is a hint that allows and refuses nothing; the alternatives and"
                  + " their fields are compared by themselves. Generated clients keep the old hint.",
              "propertyName: kind becomes type",
              "Keep the old field and its values until no consumer dispatches on them.",
              "discriminator-changed"),
          place -> {
            var before = place.before().assertions().discriminator();
            var after = place.after().assertions().discriminator();
            return before.equals(after)
                ? null
                : Difference.of(
                    Effect.NEUTRAL,
                    discriminator(before),
                    discriminator(after),
                    "tells its alternatives apart otherwise now");
          });

  private HintRules() {}

  /** {@code by kind: card is Card}; whatever order the document lists the values in. */
  private static @Nullable String discriminator(Map<String, String> names) {
    if (names.isEmpty()) {
      return null;
    }
    Map<String, String> values = new TreeMap<>(names);
    String field = values.remove("");
    return Excerpt.of(
        (field == null ? "" : "by " + field + (values.isEmpty() ? "" : ": "))
            + values.entrySet().stream()
                .map(value -> value.getKey() + " is " + value.getValue())
                .collect(Collectors.joining(", ")));
  }

  private static @Nullable JsonNode fallback(@Nullable Parameter parameter) {
    return parameter == null ? null : parameter.shape().node().assertions().fallback();
  }

  private static @Nullable String word(@Nullable JsonNode value) {
    return value == null ? null : Excerpt.of(value.toString());
  }

  private static String told(@Nullable JsonNode before, @Nullable JsonNode after) {
    return "has the default "
        + (after == null ? "nothing" : Excerpt.quoted(after.toString()))
        + " now instead of "
        + (before == null ? "nothing" : Excerpt.quoted(before.toString()));
  }
}
