package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Parameter;
import org.jspecify.annotations.Nullable;

/** Parameters of requests, and headers of replies: the members of a message outside its body. */
final class ParameterRules {
  static final ChangeRule PARAMETER_ADDED =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
                  "parameter-added",
                  "A request parameter was added",
                  "A new required parameter narrows what is accepted and breaks consumers that do"
                      + " not send it; an optional one breaks nobody.",
                  "query parameter region, required: true",
                  "Add it as optional with a default.",
                  "header-removed")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() == null
                      && place.after() != null
                      && !ResilienceRules.isIdempotencyKey(place.after())
                  ? Presence.added(place.direction(), place.after().required(), place.exact())
                  : null);

  static final ChangeRule PARAMETER_REMOVED =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
                  "parameter-removed",
                  "A request parameter was removed",
                  "What consumers send is no longer heard, so the same request gets another reply.",
                  "query parameter limit is gone",
                  "Mark it as deprecated and keep it until no consumer sends it.",
                  "header-added")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() != null
                      && place.after() == null
                      && !ResilienceRules.isIdempotencyKey(place.before())
                  ? Presence.removed(place.direction(), place.before().required(), place.exact())
                  : null);

  static final ChangeRule PARAMETER_BECAME_REQUIRED =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
              "parameter-became-required",
              "An optional request parameter became required",
              "Requests without it are refused now, which breaks consumers that do not send it.",
              "query parameter region, required: false becomes true",
              "Keep a default for those who do not send it.",
              "header-became-optional"),
          place ->
              requiredChanged(place.before(), place.after(), true)
                  ? Presence.becameRequired(place.direction())
                  : null);

  static final ChangeRule PARAMETER_BECAME_OPTIONAL =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
              "parameter-became-optional",
              "A required request parameter became optional",
              "More requests are accepted than before; breaks nobody.",
              "query parameter region, required: true becomes false",
              "Safe as it is.",
              "header-became-required"),
          place ->
              requiredChanged(place.before(), place.after(), false)
                  ? Presence.becameOptional()
                  : null);

  static final ChangeRule PARAMETER_MOVED =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
              "parameter-moved",
              "A request parameter moved to another place",
              "Consumers send it where nobody looks any more.",
              "apiKey, in: query becomes in: header",
              "Accept both places until no consumer uses the old one.",
              "parameter-moved"),
          place -> {
            Parameter before = place.before();
            Parameter after = place.after();
            return before != null && after != null && before.in() != after.in()
                ? Difference.of(
                    Effect.REPLACED,
                    before.in().label(),
                    after.in().label(),
                    "moved to the " + after.in().label())
                : null;
          });

  static final ChangeRule HEADER_ADDED =
      Rule.at(
          Place.Header.class,
          RuleCard.of(
                  "header-added",
                  "A reply header was added",
                  "Breaks nobody who ignores headers it does not know.",
                  "reply header etag is new",
                  "Safe as it is.",
                  "parameter-removed")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() == null
                      && place.after() != null
                      && !ResilienceRules.isRetryAfter(place.after())
                  ? Presence.added(place.direction(), place.after().required(), false)
                  : null);

  static final ChangeRule HEADER_REMOVED =
      Rule.at(
          Place.Header.class,
          RuleCard.of(
                  "header-removed",
                  "A reply header was removed",
                  "Consumers that read it lose it, for certain when it was required.",
                  "reply header etag is gone",
                  "Keep sending it until no consumer reads it.",
                  "parameter-added")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() != null
                      && place.after() == null
                      && !ResilienceRules.isRetryAfter(place.before())
                  ? Presence.removed(place.direction(), place.before().required(), false)
                  : null);

  static final ChangeRule HEADER_BECAME_REQUIRED =
      Rule.at(
          Place.Header.class,
          RuleCard.of(
              "header-became-required",
              "An optional reply header became required",
              "Consumers get more than before; breaks nobody.",
              "reply header etag, required: true",
              "Safe as it is.",
              "parameter-became-optional"),
          place ->
              requiredChanged(place.before(), place.after(), true)
                  ? Presence.becameRequired(place.direction())
                  : null);

  static final ChangeRule HEADER_BECAME_OPTIONAL =
      Rule.at(
          Place.Header.class,
          RuleCard.of(
              "header-became-optional",
              "A required reply header became optional",
              "Consumers that rely on it may not get it.",
              "reply header location, required: false",
              "Keep sending it always, or let consumers learn to do without it first.",
              "parameter-became-required"),
          place ->
              requiredChanged(place.before(), place.after(), false)
                  ? Presence.becameOptional()
                  : null);

  private ParameterRules() {}

  private static boolean requiredChanged(
      @Nullable Parameter before, @Nullable Parameter after, boolean now) {
    return before != null && after != null && before.required() != now && after.required() == now;
  }
}
