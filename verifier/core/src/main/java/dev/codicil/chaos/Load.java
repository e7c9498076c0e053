package dev.codicil.chaos;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An open-loop load under which an interaction is held: requests arrive at a constant rate, whether
 * or not earlier ones were answered.
 *
 * @param perSecond how many requests arrive in a second, 1 to {@value #MOST_PER_SECOND}
 * @param seconds how long, 1 to {@value #MOST_SECONDS}
 * @param tolerance by how much percentiles may be worse after than before; at least one
 * @param methods of requests that may be repeated, in upper case
 */
public record Load(
    int perSecond, int seconds, Map<Percentile, Tolerance> tolerance, List<String> methods) {
  /** A machine with two cores keeps this rate beside the services under test. */
  public static final int MOST_PER_SECOND = 500;

  /** Longest load. */
  public static final int MOST_SECONDS = 60;

  private static final double LEAST_LAG_MILLIS = 5;

  /** Methods that are safe (RFC 9110, section 9.2.1), so that repeating them changes nothing. */
  public static final List<String> SAFE = List.of("GET", "HEAD");

  public Load {
    if (perSecond < 1 || perSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException(perSecond + " requests a second");
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("a load of " + seconds + " s");
    }
    if (tolerance.isEmpty()) {
      throw new IllegalArgumentException("a load without a tolerance says nothing");
    }
    tolerance = Collections.unmodifiableMap(new TreeMap<>(tolerance));
    methods = List.copyOf(methods);
  }

  /** How many requests that is. */
  public int requests() {
    return perSecond * seconds;
  }

  /** Whether a request of this method may be sent again and again. */
  public boolean repeats(String method) {
    return methods.contains(method);
  }

  /**
   * How late a request may leave, in milliseconds: what this machine adds itself must stay well
   * below what is told apart.
   */
  public double mostLagMillis() {
    long slack = tolerance.values().stream().mapToLong(Tolerance::slackMillis).min().orElse(0);
    return Math.max(LEAST_LAG_MILLIS, slack / 2.0);
  }

  /** {@code 50/s for 4s (p99 within 2x or +10ms)}; what is a default is told as well. */
  public String label() {
    return pace()
        + tolerance.entrySet().stream()
            .map(one -> one.getKey().label() + " within " + one.getValue().label())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** {@code 50/s for 4s}. */
  public String pace() {
    return perSecond + "/s for " + seconds + "s";
  }

  /** A percentile of latencies that can be held to a tolerance. */
  public enum Percentile {
    P50(50),
    P90(90),
    P99(99),
    P99_9(99.9);

    private final double percent;

    Percentile(double percent) {
      this.percent = percent;
    }

    /** The share of requests that is at most this slow, in percent. */
    public double percent() {
      return percent;
    }

    /** {@code p99.9}. */
    public String label() {
      return "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    }

    /**
     * How few requests make it mere chance: with fewer than this, not one request is expected
     * beyond it; never below 100.
     */
    public int leastSamples() {
      return this == P99_9 ? 1_000 : 100;
    }
  }

  /**
   * By how much a percentile may be worse after than before: {@code before * factor} or {@code
   * before + slackMillis}, whichever is more.
   *
   * @param factor at least 1
   * @param slackMillis below this a difference is noise of the machine
   */
  public record Tolerance(double factor, long slackMillis) {
    /** What scheduling, garbage collection and the proxies of a busy machine may cost. */
    public static final long DEFAULT_SLACK_MILLIS = 10;

    /** Unless told otherwise. */
    public static final Tolerance DEFAULT = new Tolerance(2, DEFAULT_SLACK_MILLIS);

    public Tolerance {
      if (!(factor >= 1) || slackMillis < 0) {
        throw new IllegalArgumentException("a tolerance of " + factor + "x +" + slackMillis + "ms");
      }
    }

    /** The largest latency that is tolerated after, in milliseconds. */
    public double most(double beforeMillis) {
      return Math.max(beforeMillis * factor, beforeMillis + slackMillis);
    }

    /** {@code 2x or +10ms}. */
    public String label() {
      List<String> parts = new ArrayList<>();
      if (factor > 1) {
        parts.add(BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString() + "x");
      }
      parts.add("+" + Durations.format(Duration.ofMillis(slackMillis)));
      return String.join(" or ", parts);
    }
  }
}
