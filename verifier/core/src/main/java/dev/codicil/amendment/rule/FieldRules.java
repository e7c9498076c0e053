package dev.codicil.amendment.rule;

import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.rule.Difference.Reach;
import dev.codicil.contract.Shape;
import org.jspecify.annotations.Nullable;

/** Fields of objects that come, go, or change whether they must be there. */
final class FieldRules {
  private static final String ROLES =
      "Read-only speaks of requests and write-only of replies, so each mirrors the other.";

  static final ChangeRule ADDED =
      Rule.at(
          Place.Field.class,
          RuleCard.of(
                  "field-added",
                  "A field was added",
                  "A new required request field narrows what is accepted and breaks consumers that"
                      + " do not send it. A new reply field breaks nobody who ignores what it does"
                      + " not know; where the reply was closed, that is a risk.",
                  "required: [sku] becomes required: [sku, region]",
                  "Add it as optional, let every consumer send it, then require it.",
                  "field-removed")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() == null && place.after() != null
                  ? Presence.added(
                      place.direction(), place.after().required(), place.closedBefore())
                  : null);

  static final ChangeRule REMOVED =
      Rule.at(
          Place.Field.class,
          RuleCard.of(
                  "field-removed",
                  "A field was removed",
                  "A reply without it is allowed now, so consumers that read it lose it; a renamed"
                      + " field is one removed and one added. In a request it is no longer heard,"
                      + " or refused where the object is closed.",
                  "validUntil is no longer among the properties",
                  "Send both the old and the new field until no consumer reads the old one.",
                  "field-added")
              .asymmetric(Presence.ASYMMETRY),
          place ->
              place.before() != null && place.after() == null
                  ? Presence.removed(
                      place.direction(), place.before().required(), place.closedAfter())
                  : null);

  static final ChangeRule BECAME_REQUIRED =
      Rule.at(
          Place.Field.class,
          RuleCard.of(
              "field-became-required",
              "An optional field became required",
              "Its absence is not allowed any more: consumers that do not send it are refused;"
                  + " those that read it gain.",
              "required: [] becomes required: [region]",
              "Keep it optional with a default until every consumer sends it.",
              "field-became-optional"),
          place ->
              bothSeen(place) && !required(place.before()) && required(place.after())
                  ? Presence.becameRequired(place.direction())
                  : null);

  static final ChangeRule BECAME_OPTIONAL =
      Rule.at(
          Place.Field.class,
          RuleCard.of(
              "field-became-optional",
              "A required field became optional",
              "Its absence is allowed now: consumers that rely on it in replies may not get it.",
              "required: [validUntil] becomes required: []",
              "Keep sending it always, or let consumers learn to do without it first.",
              "field-became-required"),
          place ->
              bothSeen(place) && required(place.before()) && !required(place.after())
                  ? Presence.becameOptional()
                  : null);

  static final ChangeRule HIDDEN =
      Rule.at(
          Place.Field.class,
          RuleCard.of(
                  "field-hidden",
                  "A field became read-only or write-only",
                  "A read-only field need not be in requests any more, a write-only one not in replies:"
                      + " consumers that read a required one there lose it. It may still be there, for"
                      + " the roles are advice; so an optional one stays what it was.",
                  "writeOnly: true was set on secret",
                  "Add a second field with the new role and keep the old one for a while.",
                  "field-shown")
              .asymmetric(ROLES),
          place ->
              place.before() != null
                      && place.after() != null
                      && place.seenBefore()
                      && !place.seenAfter()
                  ? Difference.of(
                      required(place.before()) ? Effect.WIDENED : Effect.NEUTRAL,
                      Presence.word(required(place.before())),
                      null,
                      "became " + role(place.after().shape().node()) + ", so it need not be here")
                  : null);

  static final ChangeRule SHOWN =
      Rule.at(
          Place.Field.class,
          RuleCard.of(
                  "field-shown",
                  "A field is no longer read-only or write-only",
                  "Where it is required, it must be there now also in the direction it was kept out"
                      + " of, which breaks consumers that do not send it.",
                  "readOnly: true was taken off id",
                  "Make it optional before it loses its role.",
                  "field-hidden")
              .asymmetric(ROLES),
          place -> {
            if (place.before() == null
                || place.after() == null
                || place.seenBefore()
                || !place.seenAfter()) {
              return null;
            }
            boolean required = required(place.after());
            Difference found =
                Difference.of(
                    required ? Effect.NARROWED : Effect.NEUTRAL,
                    null,
                    Presence.word(required),
                    "is no longer "
                        + role(place.before().shape().node())
                        + ", so it is "
                        + Presence.word(required)
                        + " here");
            return required && place.direction() == Direction.REQUEST
                ? found.reaching(Reach.LACKS)
                : found;
          });

  private FieldRules() {}

  private static boolean bothSeen(Place.Field place) {
    return place.seenBefore() && place.seenAfter();
  }

  private static boolean required(Shape.@Nullable Property property) {
    return property != null && property.required();
  }

  private static String role(Shape.Node node) {
    return node.readOnly() ? "read-only" : "write-only";
  }
}
