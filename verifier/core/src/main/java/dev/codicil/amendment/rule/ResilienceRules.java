package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Guard;
import dev.codicil.contract.Parameter;
import java.util.Locale;
import java.util.Set;

/**
 * What consumers need when things go wrong: to know that a provider is overloaded, when to come
 * back, and that coming back does not do a thing twice. Diff tools rate these changes as mere
 * information.
 */
final class ResilienceRules {
  /** Statuses that ask a consumer to come back later. */
  static final Set<String> OVERLOAD = Set.of("429", "503", "504");

  private static final Set<String> KEYS =
      Set.of("idempotency-key", "x-idempotency-key", "idempotency-token", "x-idempotency-token");

  private static final String REPLIES = "Statuses and retry-after stand in replies only.";

  static final ChangeRule OVERLOAD_ADDED =
      Rule.at(
          Place.Status.class,
          RuleCard.of(
                  "overload-status-added",
                  "A reply that asks to come back later was declared",
                  "A consumer must bear it anyway (RFC 9110, section 15), and knows of it now.",
                  "503 beside 200 and 404",
                  "Let it carry retry-after.",
                  "overload-status-removed")
              .asymmetric(REPLIES),
          place ->
              !place.listedBefore() && place.listedAfter() && OVERLOAD.contains(place.status())
                  ? Difference.of(
                          place.before() != null ? Effect.NEUTRAL : Effect.WIDENED,
                          StatusRules.covering(place.before()),
                          Excerpt.of(place.status()),
                          "was declared, so consumers may learn to come back later")
                      .guard(Guard.UNNOTICED)
                  : null);

  static final ChangeRule OVERLOAD_REMOVED =
      Rule.at(
          Place.Status.class,
          RuleCard.of(
                  "overload-status-removed",
                  "A reply that asks to come back later is declared no more",
                  "The overload behind it does not go away, it only becomes undeclared: consumers"
                      + " that back off on it may meet something else.",
                  "429 is gone",
                  "Keep answering and declaring it.",
                  "overload-status-added")
              .asymmetric(REPLIES),
          place ->
              place.listedBefore() && !place.listedAfter() && OVERLOAD.contains(place.status())
                  ? Difference.of(
                          place.after() != null ? Effect.NEUTRAL : Effect.REPLACED,
                          Excerpt.of(place.status()),
                          StatusRules.covering(place.after()),
                          "was removed; what becomes of overload is undeclared")
                      .guarded(true)
                  : null);

  static final ChangeRule RETRY_AFTER_LOST =
      Rule.at(
          Place.Header.class,
          RuleCard.of(
                  "retry-after-lost",
                  "A reply no longer says when to come back",
                  "Consumers retry when they like, many of them at once; for certain when the"
                      + " header was required.",
                  "reply header retry-after of 503 is gone",
                  "Keep sending it.",
                  "retry-after-gained")
              .asymmetric(REPLIES),
          place ->
              place.before() != null && place.after() == null && isRetryAfter(place.before())
                  ? Presence.removed(place.direction(), place.before().required(), false)
                  : null);

  static final ChangeRule RETRY_AFTER_GAINED =
      Rule.at(
          Place.Header.class,
          RuleCard.of(
                  "retry-after-gained",
                  "A reply says when to come back",
                  "Consumers can spread their retries; breaks nobody.",
                  "reply header retry-after of 503 is new",
                  "Safe as it is.",
                  "retry-after-lost")
              .asymmetric(REPLIES),
          place ->
              place.before() == null && place.after() != null && isRetryAfter(place.after())
                  ? Presence.added(place.direction(), place.after().required(), false)
                  : null);

  static final ChangeRule IDEMPOTENCY_KEY_DROPPED =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
                  "idempotency-key-dropped",
                  "A request is no longer told from its repetition",
                  "Consumers that retry with the same key do a thing twice: the key is no longer"
                      + " heard, and nothing tells them.",
                  "header parameter Idempotency-Key is gone",
                  "Keep honoring the key; deprecate it only with another protection in place.",
                  "idempotency-key-heeded")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() != null && place.after() == null && isIdempotencyKey(place.before())
                  ? Difference.of(
                      Effect.REPLACED,
                      Presence.word(place.before().required()),
                      null,
                      "was removed, so a retry may do a thing twice")
                  : null);

  static final ChangeRule IDEMPOTENCY_KEY_HEEDED =
      Rule.at(
          Place.Input.class,
          RuleCard.of(
                  "idempotency-key-heeded",
                  "A request can be told from its repetition",
                  "Consumers can retry without doing a thing twice; a required key breaks those"
                      + " that send none.",
                  "header parameter Idempotency-Key is new",
                  "Add it as optional.",
                  "idempotency-key-dropped")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() == null && place.after() != null && isIdempotencyKey(place.after())
                  ? Presence.added(place.direction(), place.after().required(), place.exact())
                  : null);

  private ResilienceRules() {}

  static boolean isRetryAfter(Parameter header) {
    return header.name().equalsIgnoreCase("retry-after");
  }

  static boolean isIdempotencyKey(Parameter parameter) {
    return parameter.in() == Parameter.In.HEADER
        && KEYS.contains(parameter.name().toLowerCase(Locale.ROOT));
  }
}
