package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Guard;
import dev.codicil.contract.Response;
import org.jspecify.annotations.Nullable;

/** Statuses of replies. */
final class StatusRules {
  static final ChangeRule ADDED =
      Rule.at(
          Place.Status.class,
          RuleCard.of(
                  "status-added",
                  "A reply status was added",
                  "Consumers may get a status they were not promised. They must treat it as its"
                      + " class (RFC 9110, section 15), so it is safe where the class was known or"
                      + " tells an error, and a break where it is a new kind of success.",
                  "409 beside 200 and 404",
                  "Tell consumers first.",
                  "status-removed")
              .asymmetric("Statuses stand in replies only."),
          place -> {
            if (place.listedBefore() || !place.listedAfter() || overload(place)) {
              return null;
            }
            return Difference.of(
                    place.before() != null ? Effect.NEUTRAL : Effect.WIDENED,
                    covering(place.before()),
                    Excerpt.of(place.status()),
                    place.before() != null ? "is listed by itself now" : "was added")
                .guard(!place.success() || place.classBefore() ? Guard.UNNOTICED : Guard.NONE);
          });

  static final ChangeRule REMOVED =
      Rule.at(
          Place.Status.class,
          RuleCard.of(
                  "status-removed",
                  "A reply status was removed",
                  "Where a success goes, the provider must answer with something else. An"
                      + " error that goes breaks nobody.",
                  "202 is gone and 200 is new",
                  "Keep the old status until no consumer checks for it.",
                  "status-added")
              .asymmetric("Statuses stand in replies only."),
          place -> {
            if (!place.listedBefore() || place.listedAfter() || overload(place)) {
              return null;
            }
            Effect effect = Effect.NARROWED;
            if (place.after() != null) {
              effect = Effect.NEUTRAL;
            } else if (place.success()) {
              effect = Effect.REPLACED;
            }
            return Difference.of(
                    effect, Excerpt.of(place.status()), covering(place.after()), "was removed")
                .guarded(!place.success());
          });

  private StatusRules() {}

  /** These have rules of their own. */
  private static boolean overload(Place.Status place) {
    return ResilienceRules.OVERLOAD.contains(place.status());
  }

  static @Nullable String covering(@Nullable Response response) {
    return response == null ? null : Excerpt.of(response.status());
  }
}
