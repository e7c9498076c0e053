package dev.codicil.pactbroker;

import java.io.Serial;

/** A broker that could not be had, or did not answer as one does. */
public final class BrokerFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What happened, as far as it matters to who called. */
  public enum Kind {
    /** There is no such thing (404). */
    ABSENT,
    /** It was refused, and would be again: 4xx, a login page, no HAL, too much of it. */
    REFUSED,
    /** The broker says that it failed (5xx, 429), on every try. */
    FAILED,
    /** Nothing was sent: no connection. */
    UNREACHED,
    /** Something was sent, and no whole answer came: whether it was taken is not known. */
    UNANSWERED
  }

  private final Kind kind;
  private final String remedy;

  BrokerFailure(Kind kind, String what, String remedy) {
    super(what, null, false, true);
    this.kind = kind;
    this.remedy = remedy;
  }

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** What went wrong and where, without a secret. */
  public String what() {
    return String.valueOf(getMessage());
  }

  /** What to do about it; may be empty. */
  public String remedy() {
    return remedy;
  }
}
