package dev.codicil.storm.run;

/** A broker cannot be had, or does not do what it is asked. The message says what to do. */
public final class BrokerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure, for people. */
  public BrokerFailure(String message) {
    super(message);
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
