package dev.codicil.storm.proxy;

import java.time.Duration;

/**
 * How long an edge waits for somebody who is in the middle of a message and in nobody's way. It
 * does not bound what a service may take its time for: the time before the first byte of a reply,
 * and what a fault holds back, are never counted.
 *
 * @param head from the first byte of a head to its end, and for a TLS handshake
 * @param still without any byte in the middle of a body, in either direction
 */
public record Patience(Duration head, Duration still) {
  /** A head is one write for a good sender; a streamed body may pause. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(60), Duration.ofMinutes(5));

  /** How many time budgets a call that is still worth anything can never last. */
  private static final int BUDGETS = 4;

  public Patience {
    if (head.isNegative() || head.isZero() || still.isNegative() || still.isZero()) {
      throw new IllegalArgumentException("no time to wait: " + head + ", " + still);
    }
  }

  /**
   * Never shorter than the default, and so long that no reply which could still come within a time
   * budget is cut, however slowly its sender or another edge lets it pass.
   *
   * @param timeBudget the longest one of those who call over the edge
   */
  public static Patience beyond(Duration timeBudget) {
    Duration least = timeBudget.multipliedBy(BUDGETS);
    return new Patience(longer(DEFAULT.head, least), longer(DEFAULT.still, least));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
