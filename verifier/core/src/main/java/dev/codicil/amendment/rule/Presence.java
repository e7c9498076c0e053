package dev.codicil.amendment.rule;

import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.rule.Difference.Reach;

/**
 * What coming and going does to the allowed messages, the same for fields, parameters and headers.
 *
 * <p>Naming an optional member changes nothing where unlisted ones were allowed anyway; where they
 * were refused it widens, which consumers are expected to tolerate in a reply. A required member
 * forbids its absence, so it narrows. Taking a member away allows its absence and any value, so it
 * widens; in a reply that takes away what a consumer reads, for certain when it was required. In a
 * request it stops being heard: the same bytes mean something else, so the messages are replaced.
 */
final class Presence {
  /** Why coming and going do not mirror each other. */
  static final String ASYMMETRY =
      "Gaining something unread costs nobody anything, losing something read does: an optional"
          + " member that goes may have been read, or sent and heeded, although the set of allowed"
          + " messages hardly changes.";

  private Presence() {}

  static Difference added(Direction direction, boolean required, boolean closedBefore) {
    Effect effect;
    if (required) {
      effect = closedBefore ? Effect.REPLACED : Effect.NARROWED;
    } else {
      effect = closedBefore ? Effect.WIDENED : Effect.NEUTRAL;
    }
    Difference found =
        Difference.of(effect, null, word(required), "was added, " + word(required))
            .guarded(direction == Direction.REPLY);
    return required && direction == Direction.REQUEST ? found.reaching(Reach.LACKS) : found;
  }

  static Difference removed(Direction direction, boolean required, boolean closedAfter) {
    Difference found;
    if (direction == Direction.REPLY) {
      found =
          Difference.of(
                  closedAfter ? Effect.REPLACED : Effect.WIDENED,
                  word(required),
                  null,
                  "was removed")
              .guarded(!required);
    } else if (closedAfter) {
      found =
          Difference.of(
              required ? Effect.REPLACED : Effect.NARROWED,
              word(required),
              null,
              "was removed and is refused now");
    } else {
      found =
          Difference.of(Effect.REPLACED, word(required), null, "was removed and is no longer heard")
              .guarded(true);
    }
    return found;
  }

  static Difference becameRequired(Direction direction) {
    Difference found = Difference.of(Effect.NARROWED, "optional", "required", "became required");
    return direction == Direction.REQUEST ? found.reaching(Reach.LACKS) : found;
  }

  static Difference becameOptional() {
    return Difference.of(Effect.WIDENED, "required", "optional", "became optional");
  }

  static String word(boolean required) {
    return required ? "required" : "optional";
  }
}
