package dev.codicil.amendment;

import dev.codicil.contract.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One difference between the base and the head of a contract. A fact; policy decides what to do
 * about it.
 *
 * @param rule id of the rule that found it, in kebab-case
 * @param severity derived from effect, direction and guards
 * @param effect what happened to the set of allowed messages
 * @param direction which way the message flows
 * @param provider whose contract changed
 * @param operation {@code METHOD /path} as in the base, or as in the head when it is new
 * @param path where in the message: {@code body/validUntil}, {@code header:etag}, {@code
 *     query:limit}, {@code status:404}; empty for the operation itself. Body paths are JSON
 *     pointers with {@code *} for any item
 * @param before what was there, short; null when it is new
 * @param after what is there now, short; null when it is gone
 * @param message one sentence for a reviewer
 * @param baseLocation where it was; null when new
 * @param headLocation where it is; null when gone
 * @param touches the interactions of known consumers that use what changed; empty means no known
 *     consumer does
 */
public record Change(
    String rule,
    Severity severity,
    Effect effect,
    Direction direction,
    String provider,
    String operation,
    String path,
    @Nullable String before,
    @Nullable String after,
    String message,
    @Nullable Location baseLocation,
    @Nullable Location headLocation,
    List<Touch> touches) {
  public Change {
    touches = List.copyOf(touches);
  }

  /** The same change with the interactions it touches. */
  public Change touching(List<Touch> who) {
    return new Change(
        rule,
        severity,
        effect,
        direction,
        provider,
        operation,
        path,
        before,
        after,
        message,
        baseLocation,
        headLocation,
        who);
  }

  /** The same change with other locations, as the user knows them. */
  public Change locatedAt(@Nullable Location base, @Nullable Location head) {
    return new Change(
        rule, severity, effect, direction, provider, operation, path, before, after, message, base,
        head, touches);
  }

  /** The location to annotate: in the head when it stands there, else in the base. */
  public Location location() {
    if (headLocation != null) {
      return headLocation;
    }
    return baseLocation != null ? baseLocation : Location.of("");
  }

  /**
   * An interaction of a consumer that uses what changed.
   *
   * @param consumer name of the consumer
   * @param interaction key of the interaction
   * @param description what reviewers call it
   */
  public record Touch(String consumer, String interaction, String description) {}
}
