package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.Headers;
import java.util.List;
import java.util.Optional;

/** Says that a body is of another media type; its bytes stay. */
final class WrongContentTypeFault implements Fault {
  private static final String CONTENT_TYPE = "content-type";
  private static final FaultCard CARD =
      new FaultCard(
          "wrong-content-type",
          "The content type is wrong",
          FaultCard.Layer.HTTP,
          Streams.REPLIES_AND_REQUESTS,
          false,
          true,
          false,
          List.of(
              new FaultCard.Parameter(
                  CONTENT_TYPE,
                  FaultCard.Type.TEXT,
                  "text/html",
                  "What the header says; the body stays as it is.")),
          "A good service looks at the content type before it reads, refuses what it did not ask"
              + " for, and shows no foreign error page to its own caller.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    String wrong = parameters.require(CONTENT_TYPE);
    Optional<String> right = exchange.headers().first(CONTENT_TYPE);
    if (right.isEmpty() || right.get().equalsIgnoreCase(wrong)) {
      return Injection.Plan.none(
          right.isEmpty() ? "there is no content type" : "the content type is that already");
    }
    return Injection.Plan.of(
        new Effect.SetHeaders(Headers.of(CONTENT_TYPE, wrong)), "content-type: " + wrong);
  }
}
