package dev.codicil.amendment;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.util.Optional;

/**
 * A concrete message that shows a change: one side allows it, the other refuses it. Both were asked
 * about the message itself, whatever it was made of.
 *
 * @param kind what the message is
 * @param pointer the place in the message that shows the change, in the notation of {@link
 *     Change#path()} with real indexes: {@code body/items/0/validUntil}
 * @param start {@code METHOD target} of a request, the status of a reply, the name of a message
 * @param headers of the message
 * @param body of the message, as text; empty when there is none
 * @param validOn the side that allows it
 * @param rejectedOn the side that refuses it
 * @param mismatch what the refusing side finds
 * @param checkedBy what stands behind both answers
 */
public record Witness(
    Kind kind,
    String pointer,
    String start,
    Headers headers,
    String body,
    Side validOn,
    Side rejectedOn,
    Mismatch mismatch,
    CheckedBy checkedBy) {

  /** What a message is. */
  public enum Kind {
    REQUEST,
    REPLY,
    MESSAGE
  }

  /** A side of the amendment. */
  public enum Side {
    BASE,
    HEAD;

    private Side other() {
      return this == BASE ? HEAD : BASE;
    }
  }

  /** What stands behind the answers of the two sides. */
  public enum CheckedBy {
    /** The validator of the contract's own format, on both sides. */
    VALIDATOR,
    /** The comparison with the shapes that were read, where a format validates nothing. */
    SHAPES
  }

  /** The same message where base and head have changed places. */
  Witness turned() {
    return new Witness(
        kind,
        pointer,
        start,
        headers,
        body,
        validOn.other(),
        rejectedOn.other(),
        mismatch,
        checkedBy);
  }

  /** The request, ready to send; empty for a reply or a message. */
  public Optional<HttpRequest> request() {
    int space = start.indexOf(' ');
    return kind == Kind.REQUEST && space > 0
        ? Optional.of(
            new HttpRequest(
                start.substring(0, space), start.substring(space + 1), headers, Payload.of(body)))
        : Optional.empty();
  }
}
