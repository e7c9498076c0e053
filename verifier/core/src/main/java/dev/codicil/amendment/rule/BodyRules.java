package dev.codicil.amendment.rule;

import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Guard;
import dev.codicil.amendment.rule.Difference.Reach;

/** Bodies as a whole: whether they must be there, and which media types they may have. */
final class BodyRules {
  private static final String NEGOTIATION =
      "A media type is chosen, not just allowed: one that goes is missed by whoever asks for it in"
          + " either direction, and a new one comes only to whoever accepts it.";

  static final ChangeRule BECAME_REQUIRED =
      Rule.at(
          Place.RequestBody.class,
          RuleCard.of(
              "body-became-required",
              "The request body became required",
              "Requests without a body are refused now.",
              "requestBody.required: true",
              "Keep a default for those who send none.",
              "body-became-optional"),
          place ->
              !place.before().required() && place.after().required()
                  ? Difference.of(Effect.NARROWED, "optional", "required", "became required")
                      .reaching(Reach.LACKS)
                  : null);

  static final ChangeRule BECAME_OPTIONAL =
      Rule.at(
          Place.RequestBody.class,
          RuleCard.of(
              "body-became-optional",
              "The request body became optional",
              "More requests are accepted than before; breaks nobody.",
              "requestBody.required: false",
              "Safe as it is.",
              "body-became-required"),
          place ->
              place.before().required() && !place.after().required()
                  ? Difference.of(Effect.WIDENED, "required", "optional", "became optional")
                  : null);

  static final ChangeRule MEDIA_TYPE_ADDED =
      Rule.at(
          Place.MediaType.class,
          RuleCard.of(
                  "media-type-added",
                  "A media type was added",
                  "In a request it widens what is accepted and breaks nobody. In a reply it"
                      + " comes only to consumers that accept it.",
                  "application/xml beside application/json",
                  "Send it only to consumers that ask for it by Accept.",
                  "media-type-removed")
              .asymmetric(NEGOTIATION),
          place ->
              place.before() == null && place.after() != null && place.renamed() == null
                  ? Difference.of(
                          place.direction() == Direction.REPLY
                                  && place.bodyBefore().content().isEmpty()
                              ? Effect.NEUTRAL
                              : Effect.WIDENED,
                          null,
                          Excerpt.of(place.name()),
                          "was added")
                      .guard(Guard.UNNOTICED)
                  : null);

  static final ChangeRule MEDIA_TYPE_REMOVED =
      Rule.at(
          Place.MediaType.class,
          RuleCard.of(
                  "media-type-removed",
                  "A media type was removed",
                  "Consumers that send it are refused; consumers that ask for it get another one or"
                      + " an error.",
                  "application/json becomes application/xml",
                  "Serve both until nobody uses the old one.",
                  "media-type-added")
              .asymmetric(NEGOTIATION),
          place ->
              place.before() != null && place.after() == null
                  ? Difference.of(
                      place.direction() == Direction.REPLY && !narrowedRange(place)
                          ? Effect.REPLACED
                          : Effect.NARROWED,
                      Excerpt.of(place.name()),
                      null,
                      "was removed")
                  : null);

  static final ChangeRule MEDIA_TYPE_SPECIALIZED =
      Rule.at(
          Place.MediaType.class,
          RuleCard.of(
                  "media-type-specialized",
                  "A reply has a special form of its media type",
                  "Who reads the general form reads the special one. The media type of an error is"
                      + " what clients tell errors apart by, so there it is a risk.",
                  "application/json becomes application/problem+json",
                  "Serve both forms and let the consumer choose.",
                  "media-type-generalized")
              .asymmetric(NEGOTIATION),
          place -> {
            String renamed = place.renamed();
            return renamed != null && MediaRange.isFormOf(renamed, place.name())
                ? Difference.of(
                        error(place) ? Effect.REPLACED : Effect.NARROWED,
                        Excerpt.of(place.name()),
                        Excerpt.of(renamed),
                        "became the special form " + Excerpt.quoted(renamed))
                    .guarded(error(place))
                : null;
          });

  static final ChangeRule MEDIA_TYPE_GENERALIZED =
      Rule.at(
          Place.MediaType.class,
          RuleCard.of(
                  "media-type-generalized",
                  "A reply lost the special form of its media type",
                  "Who asks for the special form, or relies on what it adds, does not get it.",
                  "application/problem+json becomes application/json",
                  "Serve both forms and let the consumer choose.",
                  "media-type-specialized")
              .asymmetric(NEGOTIATION),
          place -> {
            String renamed = place.renamed();
            return renamed != null && MediaRange.isFormOf(place.name(), renamed)
                ? Difference.of(
                    Effect.WIDENED,
                    Excerpt.of(place.name()),
                    Excerpt.of(renamed),
                    "became the general form " + Excerpt.quoted(renamed))
                : null;
          });

  private BodyRules() {}

  private static boolean error(Place.MediaType place) {
    String status = place.status();
    return status != null
        && (status.startsWith("4") || status.startsWith("5") || status.equals("default"));
  }

  private static boolean narrowedRange(Place.MediaType place) {
    return place.name().endsWith("/*")
        && place.bodyAfter().content().keySet().stream()
            .anyMatch(name -> MediaRange.covers(place.name(), name));
  }
}
