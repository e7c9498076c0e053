package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;

/** Sends a message whose content length is not that of its body. */
final class WrongLengthFault implements Fault {
  private static final String LENGTH = "length";
  private static final String LONG = "long";
  private static final String SHORT = "short";
  private static final FaultCard CARD =
      new FaultCard(
          "wrong-length",
          "The content length is wrong",
          FaultCard.Layer.HTTP,
          Streams.REPLIES_AND_REQUESTS,
          true,
          true,
          false,
          List.of(
              new FaultCard.Parameter(
                      LENGTH,
                      FaultCard.Type.TEXT,
                      LONG,
                      "long promises more than comes before the connection closes; short leaves"
                          + " the rest of the body on the connection, where the next message is"
                          + " expected.")
                  .oneOf(LONG, SHORT)),
          "A good service treats a body that is short of its length as no message: it refuses the"
              + " request with 400 or closes, in time, and never reads what is left on a connection"
              + " as the answer to its next request.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    if (exchange.body().isEmpty()) {
      return Injection.Plan.none("there is no body");
    }
    return parameters.require(LENGTH).equals(LONG)
        ? Injection.Plan.of(
            new Effect.Reframe(Effect.Reframe.How.LENGTH_TOO_LONG), "a length above the body's")
        : Injection.Plan.of(
            new Effect.Reframe(Effect.Reframe.How.LENGTH_TOO_SHORT), "a length below the body's");
  }
}
