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

/** Keeps the connection open after the reply and then ends it, as Toxiproxy's slow_close. */
final class SlowCloseFault implements Fault {
  private static final String DELAY = "delay";
  private static final FaultCard CARD =
      new FaultCard(
          "slow-close",
          "The connection closes late",
          FaultCard.Layer.WIRE,
          Streams.REPLIES,
          false,
          false,
          false,
          List.of(
              new FaultCard.Parameter(
                      DELAY,
                      FaultCard.Type.DURATION,
                      null,
                      "How long the connection stays open, unused, after the reply.")
                  .mandatory()),
          "A good service takes the reply when it is whole and does not wait for the end of the"
              + " connection; a pooled connection that was closed meanwhile costs it no request.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Duration delay = parameters.duration(DELAY);
    return Injection.Plan.of(
        new Effect.SlowClose(delay), "closes " + Durations.format(delay) + " after the reply");
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return parameters.duration(DELAY).isZero()
        ? Optional.of("a delay of zero closes at once; expected a duration above it")
        : Optional.empty();
  }
}
