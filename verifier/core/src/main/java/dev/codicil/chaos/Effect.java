package dev.codicil.chaos;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import java.time.Duration;

/**
 * The closed set of things the storm knows how to do to one message of one exchange. A fault is a
 * plan made of these.
 */
public sealed interface Effect {

  /** Replaces the body. Content length follows; the media type stays. */
  record ReplaceBody(Payload body) implements Effect {}

  /** Replaces header fields of the message: those of {@code set} are set, the rest stays. */
  record SetHeaders(Headers set) implements Effect {}

  /** Replaces status, headers and body of a reply, after the server has processed the request. */
  record ReplaceReply(HttpReply reply) implements Effect {}

  /** Answers the request at the proxy; the server never sees it. */
  record Answer(HttpReply reply) implements Effect {}

  /** Lets the message wait before its first byte goes on. */
  record Delay(Duration time) implements Effect {
    public Delay {
      if (time.isNegative()) {
        throw new IllegalArgumentException("a delay cannot be negative: " + time);
      }
    }
  }

  /**
   * Ends the client's connection in the middle of the message.
   *
   * @param how reset (RST) or orderly close (FIN)
   * @param afterBodyBytes how many body bytes still pass; -1 cuts before the head
   */
  record Cut(How how, int afterBodyBytes) implements Effect {
    /** How a connection ends. */
    public enum How {
      RESET,
      CLOSE
    }
  }

  /**
   * Sends the request once more, on a connection of its own, after the first reply came; the client
   * gets the first.
   */
  record Duplicate() implements Effect {}

  /**
   * Holds the request until the reply to another request has been sent to its client.
   *
   * @param until name of the exchange to wait for, see {@code Exchange.name}
   */
  record Hold(String until) implements Effect {}
}
