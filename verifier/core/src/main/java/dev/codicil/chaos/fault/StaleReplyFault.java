package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;
import java.util.Set;

/** Answers a repeated read with what it got the last time, as a cache that was not told. */
final class StaleReplyFault implements Fault {
  /** The methods whose replies caches keep, RFC 9111 section 3. */
  private static final Set<String> CACHED = Set.of("GET", "HEAD");

  private static final FaultCard CARD =
      new FaultCard(
          "stale-reply",
          "A reply is an old one",
          FaultCard.Layer.AMENDMENT,
          Streams.REPLIES,
          false,
          true,
          FaultCard.Aim.MESSAGE,
          FaultCard.Fit.IN_CONTRACT,
          List.of(),
          "A good service does not take the absence of its own change for its failure: it compares"
              + " versions or asks past the cache, and does not do the work again.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    if (!exchange.repeated()) {
      return Injection.Plan.none(
          exchange.call() == 0
              ? "nothing came before the first call"
              : "nothing of the kind was asked for before");
    }
    return CACHED.contains(exchange.request().method())
        ? Injection.Plan.of(new Effect.Stale(), "the reply of last time")
        : Injection.Plan.none("no cache keeps the reply to a " + exchange.request().method());
  }
}
