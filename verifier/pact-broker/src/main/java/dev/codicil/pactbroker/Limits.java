package dev.codicil.pactbroker;

import java.time.Duration;

/**
 * What a broker may cost.
 *
 * @param request most time of one exchange, body included
 * @param overall most time of all exchanges of a client together
 * @param bytes most of one document
 * @param allBytes most of all documents together
 * @param pacts most pacts
 * @param pages most pages of a list
 * @param retries how often an exchange is tried again that a broker failed (5xx, 429), or did not
 *     take
 * @param pause before the first retry; doubled for each further one
 */
public record Limits(
    Duration request,
    Duration overall,
    long bytes,
    long allBytes,
    int pacts,
    int pages,
    int retries,
    Duration pause) {
  /** What does for hundreds of pacts and ends a build that waits for nothing. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          16L << 20,
          128L << 20,
          1000,
          100,
          2,
          Duration.ofMillis(500));

  /** The same with another time for all, which is also the most for one. */
  public Limits within(Duration time) {
    return new Limits(
        time.compareTo(request) < 0 ? time : request,
        time,
        bytes,
        allBytes,
        pacts,
        pages,
        retries,
        pause);
  }
}
