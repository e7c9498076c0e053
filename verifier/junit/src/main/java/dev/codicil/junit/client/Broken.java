package dev.codicil.junit.client;

import java.io.IOException;

/** An exchange ended without a whole reply; each client says so in its own way. */
final class Broken extends IOException {
  private static final long serialVersionUID = 1L;

  private final How how;
  private final int expected;
  private final int received;

  /** How it ended. */
  enum How {
    /** The connection was reset. */
    RESET,
    /** The connection was closed before a reply came. */
    CLOSED,
    /** The connection was closed in the middle of the reply. */
    TRUNCATED,
    /** The client's time-out is over. */
    TIMED_OUT
  }

  Broken(How how, int expected, int received) {
    super("in process: " + how);
    this.how = how;
    this.expected = expected;
    this.received = received;
  }

  Broken(How how) {
    this(how, 0, 0);
  }

  How how() {
    return how;
  }

  /** Bytes that the head of the reply promised. */
  int expected() {
    return expected;
  }

  /** Bytes that came. */
  int received() {
    return received;
  }
}
