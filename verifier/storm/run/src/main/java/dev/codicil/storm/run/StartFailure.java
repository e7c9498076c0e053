package dev.codicil.storm.run;

/** A subject did not become ready. The message is redacted and fit for people. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * @param kind {@code exited}, {@code timed-out} or {@code not-built}, as in the history
   */
  StartFailure(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
