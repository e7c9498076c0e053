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
 * @param witness a message that one side allows and the other refuses; null when none was made
 * @param witnessMissing why none was made for a change that could have one; null when there is one,
 *     or none was asked for
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
    List<Touch> touches,
    @Nullable Witness witness,
    @Nullable String witnessMissing) {
  public Change {
    touches = List.copyOf(touches);
  }

  /** A change without a witness. */
  public Change(
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
    this(
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
        touches,
        null,
        null);
  }

  /** The same change with the interactions it touches. */
  public Change touching(List<Touch> who) {
    return with(baseLocation, headLocation, who, witness, witnessMissing);
  }

  /** The same change with a message that shows it. */
  public Change witnessed(Witness message) {
    return with(baseLocation, headLocation, touches, message, null);
  }

  /** The same change with the reason why no message shows it. */
  public Change unwitnessed(String reason) {
    return with(baseLocation, headLocation, touches, null, reason);
  }

  /** The same change at other locations, such as those a reviewer knows. */
  public Change locatedAt(@Nullable Location base, @Nullable Location head) {
    return with(base, head, touches, witness, witnessMissing);
  }

  private Change with(
      @Nullable Location base,
      @Nullable Location head,
      List<Touch> who,
      @Nullable Witness message,
      @Nullable String reason) {
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
        this.message,
        base,
        head,
        who,
        message,
        reason);
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
   * @param path the place in the consumer's contract that uses what changed, as Pact writes paths
   *     of matchers: {@code $.body.items[*].validUntil}, {@code $.query.limit}, {@code $.status};
   *     for what it leaves out, the place that lacks it; {@code $} for the interaction itself; null
   *     when it is not known
   * @param location where that place was read; null when it is not known
   */
  public record Touch(
      String consumer,
      String interaction,
      String description,
      @Nullable String path,
      @Nullable Location location) {

    /** A touch whose place is not known. */
    public Touch(String consumer, String interaction, String description) {
      this(consumer, interaction, description, null, null);
    }
  }
}
