package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Durations;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.time.Duration;
import java.util.List;

/** Lets nothing of a message through, as Toxiproxy's toxic of that name. */
final class TimeoutFault implements Fault {
  private static final String TIMEOUT = "timeout";
  private static final FaultCard CARD =
      new FaultCard(
              "timeout",
              "A message never comes",
              FaultCard.Layer.WIRE,
              Streams.REPLIES_AND_REQUESTS,
              false,
              false,
              false,
              List.of(
                  new FaultCard.Parameter(
                      TIMEOUT,
                      FaultCard.Type.DURATION,
                      "0s",
                      "When the connection is closed; 0s never closes it. A reply that never comes was"
                          + " sent by a server that has done its work; a request that never comes was"
                          + " not seen.")),
              "A good service has a timeout of its own, shorter than its caller's, and does not read"
                  + " silence as success or as failure.")
          .alsoOnBytes();

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Duration timeout = parameters.duration(TIMEOUT);
    return timeout.isZero()
        ? Injection.Plan.of(new Effect.Stall(null), "never passes")
        : Injection.Plan.of(
            new Effect.Stall(timeout), "never passes, closed after " + Durations.format(timeout));
  }
}
