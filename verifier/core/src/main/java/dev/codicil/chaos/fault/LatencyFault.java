package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Durations;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a message wait. {@code latency} and {@code jitter} are Toxiproxy's, the distributions with
 * {@code median} and {@code sigma} WireMock's.
 */
final class LatencyFault implements Fault {
  private static final String LATENCY = "latency";
  private static final String JITTER = "jitter";
  private static final String DISTRIBUTION = "distribution";
  private static final String MEDIAN = "median";
  private static final String SIGMA = "sigma";
  private static final String FIXED = "fixed";
  private static final String UNIFORM = "uniform";
  private static final String NORMAL = "normal";
  private static final String LOG_NORMAL = "log-normal";

  /** Draws beyond this many standard deviations are cut off, so that every wait has an end. */
  private static final double MOST_DEVIATIONS = 3;

  private static final FaultCard CARD =
      new FaultCard(
              LATENCY,
              "A message is late",
              FaultCard.Layer.WIRE,
              Streams.REPLIES_AND_REQUESTS,
              false,
              false,
              false,
              List.of(
                  new FaultCard.Parameter(
                      LATENCY,
                      FaultCard.Type.DURATION,
                      null,
                      "How long the message waits before its first byte goes on; the mean of uniform and"
                          + " normal. Needed by all but log-normal."),
                  new FaultCard.Parameter(
                      JITTER,
                      FaultCard.Type.DURATION,
                      "0ms",
                      "By how much the wait may be shorter or longer: at most with uniform, the standard"
                          + " deviation with normal."),
                  new FaultCard.Parameter(
                          DISTRIBUTION,
                          FaultCard.Type.TEXT,
                          null,
                          "How waits are drawn; without it, fixed, or uniform when there is jitter."
                              + " normal and log-normal are cut off at three standard deviations.")
                      .oneOf(FIXED, UNIFORM, NORMAL, LOG_NORMAL),
                  new FaultCard.Parameter(
                      MEDIAN,
                      FaultCard.Type.DURATION,
                      null,
                      "What half of the waits are shorter than, with log-normal."),
                  new FaultCard.Parameter(
                      SIGMA,
                      FaultCard.Type.FRACTION,
                      null,
                      "Standard deviation of the logarithm of the wait, with log-normal: the larger,"
                          + " the longer the tail; 0.4 when absent.")),
              "A good service has a timeout shorter than its caller's, and answers in time with a"
                  + " declared fallback or a declared error.")
          .alsoOnBytes();

  private static final double USUAL_SIGMA = 0.4;

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Duration time = wait(parameters, dice);
    if (time.isNegative() || time.isZero()) {
      return Injection.Plan.none("no time to wait");
    }
    return Injection.Plan.of(new Effect.Delay(time), "waits " + Durations.format(time));
  }

  private static Duration wait(Parameters parameters, Dice dice) {
    String distribution = distribution(parameters);
    if (distribution.equals(LOG_NORMAL)) {
      double sigma = parameters.text(SIGMA).isPresent() ? parameters.fraction(SIGMA) : USUAL_SIGMA;
      double nanos =
          parameters.duration(MEDIAN).toNanos() * StrictMath.exp(sigma * deviations(dice));
      return micros(nanos);
    }
    Duration latency = parameters.duration(LATENCY);
    long jitter = parameters.duration(JITTER).toNanos();
    return switch (distribution) {
      case FIXED -> latency;
      case UNIFORM -> latency.plus(micros((2 * dice.fraction(JITTER) - 1) * jitter));
      default -> latency.plus(micros(deviations(dice) * jitter));
    };
  }

  private static Duration micros(double nanos) {
    return Duration.ofNanos(Math.round(nanos / 1_000.0) * 1_000L);
  }

  /**
   * A draw from the standard normal distribution (Box and Muller, 1958), the same on every machine.
   */
  private static double deviations(Dice dice) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - dice.fraction("normal")));
    double drawn = radius * StrictMath.cos(2 * Math.PI * dice.fraction("angle"));
    return Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, drawn));
  }

  private static String distribution(Parameters parameters) {
    return parameters
        .text(DISTRIBUTION)
        .orElseGet(() -> parameters.duration(JITTER).isZero() ? FIXED : UNIFORM);
  }

  @Override
  public Optional<String> measure() {
    return Optional.of(LATENCY);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    String distribution = distribution(parameters);
    boolean jitter = !parameters.duration(JITTER).isZero();
    return Optional.ofNullable(
        distribution.equals(LOG_NORMAL)
            ? notLogNormal(parameters, jitter)
            : notAroundLatency(distribution, parameters, jitter));
  }

  private static @Nullable String notLogNormal(Parameters parameters, boolean jitter) {
    if (parameters.text(LATENCY).isPresent() || jitter) {
      return "'distribution: log-normal' has 'median' and 'sigma'; expected neither 'latency' nor"
          + " 'jitter'";
    }
    if (parameters.text(MEDIAN).isEmpty() || parameters.duration(MEDIAN).isZero()) {
      return "'distribution: log-normal' needs 'median', a duration above zero";
    }
    return null;
  }

  private static @Nullable String notAroundLatency(
      String distribution, Parameters parameters, boolean jitter) {
    if (parameters.text(MEDIAN).isPresent() || parameters.text(SIGMA).isPresent()) {
      return "'median' and 'sigma' belong to 'distribution: log-normal'";
    }
    if (parameters.text(LATENCY).isEmpty()) {
      return "there is no 'latency'; expected a duration with a unit, such as 250ms or 2s";
    }
    Duration latency = parameters.duration(LATENCY);
    if (latency.isZero()) {
      return "a latency of zero is no fault; expected a duration above it";
    }
    if (distribution.equals(FIXED) == jitter) {
      return jitter
          ? "'distribution: fixed' has no 'jitter'"
          : "'distribution: " + distribution + "' needs 'jitter', a duration above zero";
    }
    return parameters.duration(JITTER).compareTo(latency) > 0
        ? "'jitter' is larger than 'latency', which would need time to run backwards"
        : null;
  }
}
