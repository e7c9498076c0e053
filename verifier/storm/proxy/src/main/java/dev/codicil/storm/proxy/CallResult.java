package dev.codicil.storm.proxy;

import dev.codicil.contract.HttpReply;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param ended the way it ended
 * @param reply what came back; null unless {@code REPLIED}
 * @param elapsedMillis from the call to its end
 * @param detail one line for people; empty when replied
 */
public record CallResult(
    Ended ended, @Nullable HttpReply reply, long elapsedMillis, String detail) {

  /** The ways a call ends. */
  public enum Ended {
    /** A whole reply came. */
    REPLIED,
    /** No whole reply came before the deadline. */
    TIMED_OUT,
    /** The connection ended (RST, early FIN, body shorter than declared) before a whole reply. */
    DISCONNECTED,
    /** What came is not an HTTP/1 reply, or is larger than a reply may be. */
    GARBLED,
    /** No connection could be made. */
    REFUSED
  }
}
