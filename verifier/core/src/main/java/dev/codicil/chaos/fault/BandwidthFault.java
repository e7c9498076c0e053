package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;

/** Lets a body pass at a rate, as Toxiproxy's toxic of that name. */
final class BandwidthFault implements Fault {
  private static final String RATE = "rate";

  /** Toxiproxy's KB has a thousand bytes: it sends {@code rate} bytes a millisecond. */
  private static final long BYTES = 1_000;

  private static final FaultCard CARD =
      new FaultCard(
              "bandwidth",
              "A body comes slowly",
              FaultCard.Layer.WIRE,
              Streams.REPLIES_AND_REQUESTS,
              false,
              false,
              false,
              List.of(
                  new FaultCard.Parameter(
                          RATE,
                          FaultCard.Type.INTEGER,
                          null,
                          "How many kilobytes (1000 bytes) of the body pass in a second.")
                      .mandatory()
                      .between(1, 1_000_000)),
              "A good service bounds the time of a whole reply and not only of its first byte, and holds"
                  + " no lock or transaction while it reads.")
          .alsoOnBytes();

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    int rate = parameters.integer(RATE);
    return Injection.Plan.of(new Effect.Throttle(rate * BYTES), "at " + rate + " KB/s");
  }
}
