package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Ends the body early and closes the connection, while the head still promises the whole. */
final class TruncateFault implements Fault {
  private static final String AT = "at";
  private static final FaultCard CARD =
      new FaultCard(
          "truncate",
          "The body ends early",
          FaultCard.Layer.WIRE,
          new LinkedHashSet<>(List.of(Stream.DOWNSTREAM, Stream.UPSTREAM)),
          true,
          true,
          false,
          List.of(
              new FaultCard.Parameter(
                  AT,
                  FaultCard.Type.FRACTION,
                  null,
                  "After which fraction of the body, from 0 to 1, it ends; drawn when absent. At"
                      + " least one byte is missing.")),
          "A good service counts what it was promised, treats a short body as no message at all,"
              + " and does nothing half.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    int size = exchange.body().size();
    if (size == 0) {
      return Injection.Plan.none("there is no body");
    }
    double fraction =
        parameters.text(AT).isPresent() ? parameters.fraction(AT) : dice.fraction("length");
    return Injection.Plan.of(
        new Effect.Cut(Effect.Cut.How.CLOSE, Bodies.offset(fraction, size)),
        "closed after " + Bodies.show(fraction) + " of the body");
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return parameters.text(AT).isPresent() && parameters.fraction(AT) >= 1
        ? Optional.of("'at: 1' leaves the whole body; expected a fraction below 1")
        : Optional.empty();
  }
}
