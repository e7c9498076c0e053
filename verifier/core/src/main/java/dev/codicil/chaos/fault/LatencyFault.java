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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Lets a message wait, as Toxiproxy's toxic of that name: latency, plus or minus jitter. */
final class LatencyFault implements Fault {
  private static final String LATENCY = "latency";
  private static final String JITTER = "jitter";
  private static final FaultCard CARD =
      new FaultCard(
          "latency",
          "A message is late",
          FaultCard.Layer.WIRE,
          new LinkedHashSet<>(List.of(Stream.DOWNSTREAM, Stream.UPSTREAM)),
          false,
          false,
          false,
          List.of(
              new FaultCard.Parameter(
                      LATENCY,
                      FaultCard.Type.DURATION,
                      null,
                      "How long the message waits before its first byte goes on.")
                  .mandatory(),
              new FaultCard.Parameter(
                  JITTER,
                  FaultCard.Type.DURATION,
                  "0ms",
                  "By how much the wait may be shorter or longer; drawn evenly.")),
          "A good service has a timeout shorter than its caller's, and answers in time with a"
              + " declared fallback or a declared error.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Duration latency = parameters.duration(LATENCY);
    Duration jitter = parameters.duration(JITTER);
    Duration time = latency;
    if (!jitter.isZero()) {
      double micros = (2 * dice.fraction(JITTER) - 1) * (jitter.toNanos() / 1_000.0);
      time = latency.plusNanos(Math.round(micros) * 1_000L);
    }
    if (time.isNegative() || time.isZero()) {
      return Injection.Plan.none("no time to wait");
    }
    return Injection.Plan.of(new Effect.Delay(time), "waits " + Durations.format(time));
  }

  @Override
  public Optional<String> measure() {
    return Optional.of(LATENCY);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    Duration latency = parameters.duration(LATENCY);
    if (latency.isZero()) {
      return Optional.of("a latency of zero is no fault; expected a duration above it");
    }
    return parameters.duration(JITTER).compareTo(latency) > 0
        ? Optional.of("'jitter' is larger than 'latency', which would need time to run backwards")
        : Optional.empty();
  }
}
