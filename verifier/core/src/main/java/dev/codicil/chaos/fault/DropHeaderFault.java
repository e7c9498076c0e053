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
import java.util.Map;
import java.util.Optional;

/** Takes a header out of a message. */
final class DropHeaderFault implements Fault {
  private static final String HEADER = "header";
  private static final FaultCard CARD =
      new FaultCard(
          "drop-header",
          "A header is missing",
          FaultCard.Layer.HTTP,
          Streams.REPLIES_AND_REQUESTS,
          false,
          true,
          FaultCard.Aim.HEADER,
          FaultCard.Fit.BY_TARGET,
          List.of(
              new FaultCard.Parameter(
                  HEADER,
                  FaultCard.Type.TEXT,
                  null,
                  "Which header; without it, each that the contract declares in turn.")),
          "A good service has a default for what a header may say (a cache time, a page, a retry"
              + " time), and refuses when it cannot do without.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Optional<String> header = parameters.text(HEADER);
    if (header.isEmpty()) {
      return Injection.Plan.none("no header was chosen");
    }
    return exchange.headers().all(header.get()).isEmpty()
        ? Injection.Plan.none("there is no header " + header.get())
        : Injection.Plan.of(
            new Effect.SetHeaders(Headers.of(Map.of(header.get(), List.of()))),
            header.get() + " dropped");
  }
}
