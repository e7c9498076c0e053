package dev.codicil.junit.client;

/**
 * A client waited longer than the time budget for a reply, and has no time-out of its own that
 * would end it. An error, so that no fallback takes it for an ordinary failure.
 */
public final class Hung extends AssertionError {
  private static final long serialVersionUID = 1L;

  Hung(String message) {
    super(message);
  }
}
