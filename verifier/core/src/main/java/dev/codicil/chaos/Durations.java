package dev.codicil.chaos;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: {@code 250ms}, {@code 1.5s}, {@code 1m30s}. A number without a unit
 * is refused.
 */
public final class Durations {
  /** What {@link #parse} reads, as an unanchored regular expression for schemas. */
  public static final String PATTERN = "([0-9]{1,9}(\\.[0-9]{1,9})?(ns|us|ms|s|m|h))+";

  private static final Pattern PART =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|m|h)");
  private static final int MAX_LENGTH = 64;
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Parses a duration; fractions of a nanosecond are dropped.
   *
   * @throws IllegalArgumentException with what was expected
   */
  public static Duration parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw malformed(text);
    }
    Matcher part = PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < text.length()) {
      part.region(at, text.length());
      if (!part.lookingAt()) {
        throw malformed(text);
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
      at = part.end();
    }
    if (nanos.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is longer than the longest duration, 292 years");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static BigDecimal unit(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        });
  }

  private static IllegalArgumentException malformed(String text) {
    String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    return new IllegalArgumentException(
        "'" + shown + "' is not a duration; expected a number with a unit, such as 250ms or 2s");
  }

  /** Writes a duration the shortest way this parser reads: {@code 250ms}, {@code 2s}. */
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos % 1_000_000_000L == 0) {
      return nanos / 1_000_000_000L + "s";
    }
    if (nanos % 1_000_000L == 0) {
      return nanos / 1_000_000L + "ms";
    }
    return nanos % 1_000L == 0 ? nanos / 1_000L + "us" : nanos + "ns";
  }
}
