package dev.codicil.amendment.rule;

import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.rule.Difference.Reach;

/** Whether objects take fields that are not listed. */
final class ObjectRules {
  private static final String ASYMMETRY =
      "A consumer is expected to ignore a reply field it does not know; a provider that is told to"
          + " refuse an unlisted field does refuse it.";

  static final ChangeRule CLOSED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "object-closed",
                  "An object refuses unlisted fields now",
                  "Consumers that send more than is listed are refused.",
                  "additionalProperties: false was set",
                  "List every field that consumers send today, or log before refusing.",
                  "object-opened")
              .asymmetric(ASYMMETRY),
          place ->
              !place.before().closed() && place.after().closed()
                  ? Difference.of(
                          Effect.NARROWED, "open", "closed", "refuses fields that are not listed")
                      .reaching(
                          place.direction() == Direction.REQUEST ? Reach.UNLISTED : Reach.USES)
                  : null);

  static final ChangeRule OPENED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
                  "object-opened",
                  "An object takes unlisted fields now",
                  "A risk for consumers that fail on reply fields they do not know.",
                  "additionalProperties: false was taken off",
                  "Keep sending the listed fields only until consumers tolerate more.",
                  "object-closed")
              .asymmetric(ASYMMETRY),
          place ->
              place.before().closed() && !place.after().closed()
                  ? Difference.of(
                          Effect.WIDENED,
                          "closed",
                          "open",
                          "may have fields that are not listed now")
                      .guarded(true)
                  : null);

  private ObjectRules() {}
}
