package dev.codicil.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of things the storm knows how to do to one message of one exchange. A fault is a
 * plan made of these.
 */
public sealed interface Effect {

  /** Replaces the body. Content length follows; the media type stays. */
  record ReplaceBody(Payload body) implements Effect {}

  /**
   * Replaces header fields of the message: those of {@code set} are set, one with an empty list of
   * values is taken out, the rest stays.
   */
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

  /**
   * Lets the body pass at this rate.
   *
   * @param bytesPerSecond above zero
   */
  record Throttle(long bytesPerSecond) implements Effect {
    public Throttle {
      if (bytesPerSecond <= 0) {
        throw new IllegalArgumentException("a rate must be above zero: " + bytesPerSecond);
      }
    }
  }

  /**
   * Sends the body in pieces, each in a write of its own.
   *
   * @param bytes size of a piece, above zero
   * @param gap how long before the next one
   */
  record Slice(int bytes, Duration gap) implements Effect {
    public Slice {
      if (bytes <= 0 || gap.isNegative()) {
        throw new IllegalArgumentException("no such pieces: " + bytes + " bytes, " + gap);
      }
    }
  }

  /**
   * The message never goes on; the connection stays open until the client ends it.
   *
   * @param closeAfter when the proxy ends it (FIN) itself; null for never
   */
  record Stall(@Nullable Duration closeAfter) implements Effect {}

  /**
   * Breaks the TLS handshake of a new connection. Planned for connections, not for messages.
   *
   * @param how what is wrong with it
   */
  record Handshake(How how) implements Effect {
    /** What is wrong with the handshake. */
    public enum How {
      /** The certificate is over. */
      EXPIRED,
      /** The certificate is for another host. */
      WRONG_HOST,
      /** The certificate is of an authority that the client does not know. */
      UNTRUSTED,
      /** The connection is reset (RST) when the client has said its first words. */
      CUT
    }
  }

  /** After the message the connection is kept open this long and then ended (FIN), unused. */
  record SlowClose(Duration time) implements Effect {}

  /**
   * Breaks the framing of the body; its bytes stay as they are.
   *
   * @param how what is wrong with it
   */
  record Reframe(How how) implements Effect {
    /** What is wrong with the framing. */
    public enum How {
      /** Chunked, and the size of one chunk is no hexadecimal number. */
      MALFORMED_CHUNK,
      /** The content length is above the body's; the connection closes after the body. */
      LENGTH_TOO_LONG,
      /** The content length is below the body's; what is over follows on the connection. */
      LENGTH_TOO_SHORT
    }
  }

  /**
   * Sends the request to another node of the same service.
   *
   * @param node name of the node, as the proxy knows it; the ordinary one when the proxy has none
   *     of that name, which is noted
   */
  record Route(String node) implements Effect {}

  /**
   * The reply is the one that the same request (method and target) got last time on this edge, as a
   * cache would give it; as it is, noted, when there was none.
   */
  record Stale() implements Effect {}

  /**
   * Acts on the world for as long as the exchange takes. Planned for a cell, not for a message, and
   * performed by the runner, which undoes it whatever happens in between.
   *
   * @param inject what is done before the exchange
   * @param revert what undoes it
   * @param deadline after which either is given up
   */
  record Hook(HookAction inject, HookAction revert, Duration deadline) implements Effect {
    public Hook {
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("a deadline must be above zero: " + deadline);
      }
    }
  }

  /**
   * Does something to one node of the service that is called, once, at a moment of the exchange. It
   * stays done until the cell is over; then whoever runs the nodes mends it.
   *
   * @param deed what is done
   * @param node number of the node; {@link #ANSWERING} for the one that the exchange goes to
   * @param moment when
   */
  record StrikeNode(Deed deed, int node, Moment moment) implements Effect {
    /** The node that the exchange goes to, or would. */
    public static final int ANSWERING = -1;

    /** What is done to a node. */
    public enum Deed {
      /** It is gone at once (SIGKILL). */
      KILL,
      /** It is asked to end (SIGTERM), and gets nothing new to do. */
      STOP,
      /** It stands still (SIGSTOP), and its connections stay open. */
      PAUSE
    }

    /** When it is done. */
    public enum Moment {
      /** Before the request goes on. */
      BEFORE,
      /** While the request is with the node. */
      DURING,
      /** When the reply has come, and before it goes on. */
      AFTER
    }
  }

  /**
   * Starts one node of the service that is called anew, before the exchange. Planned for a cell,
   * and performed by the runner.
   *
   * @param node its number
   */
  record RestartNode(int node) implements Effect {}

  /**
   * The first exchange goes to a node that still runs the version before, which ends (SIGTERM) once
   * it has answered; what follows goes to the ordinary nodes. Planned for a cell, and performed by
   * the runner.
   */
  record RollOver() implements Effect {}

  /**
   * Takes all nodes of one zone down (SIGKILL), of every service of several nodes that the exchange
   * may reach. Node N is in zone N modulo 2. Planned for a cell, and performed by the runner.
   *
   * @param zone 0 or 1
   */
  record ZoneDown(int zone) implements Effect {}

  /**
   * Lets the Chaos Monkey inside the service that is called assault it while the exchange takes.
   * Planned for a cell, and performed by the runner, which puts the monkey's settings back.
   *
   * @param kind what is assaulted
   * @param properties of the assault, as Chaos Monkey for Spring Boot calls them
   * @param handler prefix of the methods whose calls are assaulted, such as {@code
   *     com.shop.Orders.take}; null to look for the one that handles the exchange
   * @param lasts how long a single call is held up at most; zero when it is not
   */
  record Assault(Kind kind, JsonNode properties, @Nullable String handler, Duration lasts)
      implements Effect {
    /** What an assault is on. */
    public enum Kind {
      /** Every call of what handles the exchange. */
      CALLS,
      /** The whole process, from before the exchange until it is over. */
      PROCESS,
      /** The life of the process, which is over before the exchange. */
      LIFE
    }

    public Assault {
      properties = properties.deepCopy();
      if (!properties.isObject() || lasts.isNegative()) {
        throw new IllegalArgumentException("no such assault: " + properties + ", " + lasts);
      }
    }
  }

  /**
   * Lets the name of the edge's upstream lead nowhere while the exchange takes. Planned for a cell
   * as well, and performed by the runner.
   */
  record Resolve(Answer answer) implements Effect {
    /** What the subject gets for the name. */
    public enum Answer {
      /** No address. */
      UNRESOLVABLE,
      /** An address at which nothing listens. */
      STALE
    }
  }
}
