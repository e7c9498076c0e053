package dev.codicil.amendment.rule;

import dev.codicil.amendment.Direction;
import dev.codicil.contract.Body;
import dev.codicil.contract.Credential;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Location;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two sides of one place in a contract, already matched and resolved. A side that is null has
 * nothing at this place.
 */
public sealed interface Place {
  /** Where it is. */
  Spot spot();

  /** Which way messages flow here. */
  default Direction direction() {
    return spot().direction();
  }

  /**
   * Where a place is.
   *
   * @param direction which way messages flow here
   * @param path as in {@link dev.codicil.amendment.Change#path()}
   * @param subject what a sentence calls it: {@code reply field `validUntil` of 200}
   * @param base where it was read in the base; null when it was not there
   * @param head where it was read in the head; null when it is not there
   */
  record Spot(
      Direction direction,
      String path,
      String subject,
      @Nullable Location base,
      @Nullable Location head) {}

  /**
   * An interaction as a whole.
   *
   * @param pathOnBothSides whether its path, with any method, exists before and after
   */
  record Operation(
      Spot spot, @Nullable Interaction before, @Nullable Interaction after, boolean pathOnBothSides)
      implements Place {}

  /**
   * A parameter of the request.
   *
   * @param exact whether the contract lists all that is sent (by example), so that what is not
   *     listed is not sent
   */
  record Input(Spot spot, @Nullable Parameter before, @Nullable Parameter after, boolean exact)
      implements Place {}

  /** A header of a reply. */
  record Header(Spot spot, @Nullable Parameter before, @Nullable Parameter after)
      implements Place {}

  /** The request body as a whole. */
  record RequestBody(Spot spot, Body before, Body after) implements Place {}

  /**
   * A media type of a body.
   *
   * @param name the media type or range
   * @param before its shape, itself or through a range that covers it
   * @param after likewise
   * @param bodyBefore the whole body
   * @param bodyAfter the whole body
   * @param renamed the name it has in the head, when that is another form of the same: {@code
   *     application/hal+json} is a form of {@code application/json}
   * @param status of the reply; null in requests
   */
  record MediaType(
      Spot spot,
      String name,
      @Nullable Shape before,
      @Nullable Shape after,
      Body bodyBefore,
      Body bodyAfter,
      @Nullable String renamed,
      @Nullable String status)
      implements Place {}

  /**
   * A status of the reply.
   *
   * @param status as in {@link Response#status()}
   * @param before the response with this status, or the one that covers it
   * @param after likewise
   * @param listedBefore whether the status itself was listed
   * @param listedAfter whether the status itself is listed
   * @param classBefore whether any status of the same hundred was listed
   * @param classAfter whether any status of the same hundred is listed
   */
  record Status(
      Spot spot,
      String status,
      @Nullable Response before,
      @Nullable Response after,
      boolean listedBefore,
      boolean listedAfter,
      boolean classBefore,
      boolean classAfter)
      implements Place {

    /** Whether it tells success or redirection; {@code default} tells an error. */
    public boolean success() {
      return status.startsWith("2") || status.startsWith("3") || status.startsWith("1");
    }
  }

  /**
   * A field of an object.
   *
   * @param before as listed; null when it was not listed
   * @param after as listed; null when it is not listed
   * @param seenBefore whether messages of this direction may have carried it: listed, and neither
   *     read-only in a request nor write-only in a reply
   * @param seenAfter likewise
   * @param closedBefore whether unlisted fields were refused
   * @param closedAfter whether unlisted fields are refused
   */
  record Field(
      Spot spot,
      Shape.@Nullable Property before,
      Shape.@Nullable Property after,
      boolean seenBefore,
      boolean seenAfter,
      boolean closedBefore,
      boolean closedAfter)
      implements Place {}

  /**
   * The types of a value.
   *
   * @param text whether the value travels as text (parameters and headers), so that any string
   *     takes in every number and boolean
   */
  record Type(Spot spot, Shape.Node before, Shape.Node after, boolean text) implements Place {}

  /** A value whose types meet on both sides. */
  record Value(Spot spot, Shape.Node before, Shape.Node after) implements Place {}

  /** One of several alternatives. */
  record Option(Spot spot, @Nullable Shape before, @Nullable Shape after) implements Place {}

  /**
   * A schema under a keyword of its own, such as {@code not} or {@code contains}, or a position of
   * a tuple.
   *
   * @param keyword the keyword; {@code prefixItems 2} for a position
   * @param before null when it was not there
   * @param after null when it is not there; when both are there, they differ in what is allowed
   * @param alone whether the node had no other such keyword on the side where it is missing
   */
  record Condition(
      Spot spot, String keyword, @Nullable Shape before, @Nullable Shape after, boolean alone)
      implements Place {}

  /** The credentials that an operation asks for. */
  record Access(Spot spot, List<Set<Credential>> before, List<Set<Credential>> after)
      implements Place {}
}
