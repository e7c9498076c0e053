package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.Set;

/** Sends the request twice; the client gets the first reply. */
final class DuplicateFault implements Fault {
  private static final FaultCard CARD =
      new FaultCard(
          "duplicate",
          "A request comes twice",
          FaultCard.Layer.HTTP,
          Set.of(Stream.UPSTREAM),
          true,
          false,
          false,
          List.of(),
          "A good service does the work once, by an idempotency key or a condition, and gives the"
              + " second request the answer of the first.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    return Injection.Plan.of(new Effect.Duplicate(), "sent twice");
  }
}
