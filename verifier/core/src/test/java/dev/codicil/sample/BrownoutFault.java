package dev.codicil.sample;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A sample of a fault of one's own: the service is overloaded for a while, and answers the later
 * the more it is asked. It is loaded because {@code META-INF/services/dev.codicil.chaos.Fault}
 * names it; see CONTRIBUTING.md.
 */
public final class BrownoutFault implements Fault {
  private static final String STEP = "step";
  private static final FaultCard CARD =
      new FaultCard(
          "brownout",
          "A service answers later and later",
          FaultCard.Layer.WIRE,
          Set.of(Stream.DOWNSTREAM),
          false,
          false,
          false,
          List.of(
              new FaultCard.Parameter(
                  STEP,
                  FaultCard.Type.DURATION,
                  "100ms",
                  "By how much each reply is later than the one before.")),
          "A good service asks less when answers come late, and not more.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Duration wait = parameters.duration(STEP).multipliedBy(exchange.call());
    return wait.isZero()
        ? Injection.Plan.none("the first reply is in time")
        : Injection.Plan.of(new Effect.Delay(wait), "waits " + wait.toMillis() + "ms");
  }
}
