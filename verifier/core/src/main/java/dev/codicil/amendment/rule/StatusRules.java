package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Response;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statuses of replies. */
final class StatusRules {
  /** Errors that tell a consumer whether and when to try again. */
  private static final Set<String> RETRYABLE =
      Set.of("408", "425", "429", "500", "502", "503", "504", "5XX");

  static final ChangeRule ADDED =
      Rule.at(
          Place.Status.class,
          RuleCard.of(
                  "status-added",
                  "A reply status was added",
                  "Consumers may get a status they were not promised. They must treat it as its"
                      + " class (RFC 9110, section 15), so it is a risk where the class was known"
                      + " or tells an error, and a break where it is a new kind of success.",
                  "503 beside 200 and 404",
                  "Tell consumers first; let a new error carry retry-after where it helps.",
                  "status-removed")
              .asymmetric("Statuses stand in replies only."),
          place -> {
            if (place.listedBefore() || !place.listedAfter()) {
              return null;
            }
            return Difference.of(
                    place.before() != null ? Effect.NEUTRAL : Effect.WIDENED,
                    covering(place.before()),
                    Excerpt.of(place.status()),
                    place.before() != null ? "is listed by itself now" : "was added")
                .guarded(!place.success() || place.classBefore());
          });

  static final ChangeRule REMOVED =
      Rule.at(
          Place.Status.class,
          RuleCard.of(
                  "status-removed",
                  "A reply status was removed",
                  "Where a success goes, the provider must answer with something else. Where an"
                      + " error that tells when to try again goes, the failure behind it does not,"
                      + " it only becomes undeclared. Any other error that goes breaks nobody.",
                  "202 is gone and 200 is new",
                  "Keep the old status until no consumer checks for it.",
                  "status-added")
              .asymmetric("Statuses stand in replies only."),
          place -> {
            if (!place.listedBefore() || place.listedAfter()) {
              return null;
            }
            Effect effect = Effect.NARROWED;
            if (place.after() != null) {
              effect = Effect.NEUTRAL;
            } else if (place.success() || RETRYABLE.contains(place.status())) {
              effect = Effect.REPLACED;
            }
            return Difference.of(
                    effect, Excerpt.of(place.status()), covering(place.after()), "was removed")
                .guarded(!place.success());
          });

  private StatusRules() {}

  private static @Nullable String covering(@Nullable Response response) {
    return response == null ? null : Excerpt.of(response.status());
  }
}
