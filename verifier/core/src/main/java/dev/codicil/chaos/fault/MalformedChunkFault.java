package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;

/** Sends a message chunked, with a chunk whose size is no number. */
final class MalformedChunkFault implements Fault {
  private static final FaultCard CARD =
      new FaultCard(
          "malformed-chunk",
          "A chunk has no size",
          FaultCard.Layer.HTTP,
          Streams.REPLIES_AND_REQUESTS,
          true,
          true,
          false,
          List.of(),
          "A good service takes what came before the broken chunk for nothing and closes the"
              + " connection: after a request with 400 or without an answer, in time; after a reply"
              + " it tells its caller that it was not readable.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    return exchange.body().isEmpty()
        ? Injection.Plan.none("there is no body")
        : Injection.Plan.of(
            new Effect.Reframe(Effect.Reframe.How.MALFORMED_CHUNK), "a chunk without a size");
  }
}
