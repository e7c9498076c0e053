package dev.codicil.storm.proxy;

/**
 * Something an edge saw or did that is neither an exchange nor an injection, and that whoever
 * judges the cell should know.
 *
 * @param call 0-based number of the exchange on the edge; {@value #NO_EXCHANGE} when it belongs to
 *     none
 * @param kind what happened
 * @param detail one short line for people, without control characters
 */
public record ExchangeNote(int call, Kind kind, String detail) {
  /** The note belongs to no exchange. */
  public static final int NO_EXCHANGE = -1;

  private static final int LONGEST = 200;

  public ExchangeNote {
    StringBuilder clean = new StringBuilder();
    detail
        .codePoints()
        .limit(LONGEST)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    detail = clean.toString();
  }

  /** What happened. */
  public enum Kind {
    /** Nothing listened at the target; the proxy answered 502 itself. */
    UPSTREAM_REFUSED,
    /** The server ended its connection before a whole reply; the client's was ended alike. */
    UPSTREAM_CLOSED,
    /** The client left before it had the whole reply. */
    CLIENT_GONE,
    /** The client sent something that is not HTTP/1; its connection was closed. */
    MALFORMED_REQUEST,
    /** The server sent something that is not HTTP/1; the client's connection was closed. */
    MALFORMED_REPLY,
    /** The client asked for what the proxy does not do (CONNECT); answered 501 by the proxy. */
    NOT_SUPPORTED,
    /**
     * A connection went on in another protocol (HTTP/2, WebSocket) and was passed through untouched
     * as TCP; no fault can strike there. Noted once a cell.
     */
    PASSED_THROUGH,
    /** A request to switch to HTTP/2 was left out, so the server went on in HTTP/1.1. */
    UPGRADE_STRIPPED,
    /**
     * In the handshake a client offered HTTP/2 as well as HTTP/1.1 and was given HTTP/1.1, where
     * faults can strike. Noted once a cell.
     */
    HTTP1_CHOSEN,
    /**
     * A head, or a TLS handshake, was begun and not ended in time, see {@link Patience}; the
     * connection was closed.
     */
    SLOW_HEAD,
    /**
     * In the middle of a body nothing came or went for too long, see {@link Patience}; the
     * connections were closed.
     */
    STOOD_STILL,
    /** Codings that cannot be read here were left out of Accept-Encoding. */
    ACCEPT_ENCODING_NARROWED,
    /** The proxy itself answered {@code Expect: 100-continue}. */
    EXPECT_ANSWERED,
    /**
     * A JSON body was too large, or in a coding that cannot be read; its fields count as not seen.
     */
    NOT_SEEN,
    /** A body was too large for a fault that needs it whole; the fault did not see it. */
    BODY_TOO_LARGE,
    /** An effect means nothing for this message, or could not be performed. */
    NOT_PERFORMED,
    /** Planning threw; nothing was injected. */
    INJECTOR_FAILED,
    /** A duplicated request had no whole reply of its own in time. */
    DUPLICATE_UNFINISHED,
    /** An exchange, or the head of one, was still under way when the cell ended; it was cut. */
    CUT_AT_END,
    /** There were more injections than are kept in the log; those of the first calls are. */
    MORE_INJECTIONS,
    /** There were more notes than are kept. */
    MORE_NOTES
  }
}
