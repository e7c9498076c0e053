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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Two exchanges on two connections: the first request is held until the second has its reply. */
final class ReorderFault implements Fault {
  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final FaultCard CARD =
      new FaultCard(
          "reorder",
          "Two requests change places",
          FaultCard.Layer.HTTP,
          Set.of(Stream.UPSTREAM),
          false,
          false,
          false,
          List.of(
              new FaultCard.Parameter(
                  FIRST,
                  FaultCard.Type.TEXT,
                  FIRST,
                  "Name of the exchange that is sent first and held."),
              new FaultCard.Parameter(
                  SECOND,
                  FaultCard.Type.TEXT,
                  SECOND,
                  "Name of the exchange whose reply it waits for.")),
          "A good service decides by versions or conditions and not by the order of arrival; a late"
              + " request does not undo a newer one.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    if (!exchange.name().equals(parameters.require(FIRST))) {
      return Injection.Plan.none("not the exchange that is held");
    }
    String second = parameters.require(SECOND);
    return Injection.Plan.of(
        new Effect.Hold(second), exchange.name() + " held until the reply to " + second);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    if (edges != ChaosProfile.Edges.CONSUMER) {
      return Optional.of(
          "'reorder' needs exchanges that the replay names; expected 'on: consumer', since the"
              + " calls a subject makes of its own have no names");
    }
    return parameters.require(FIRST).equals(parameters.require(SECOND))
        ? Optional.of("'first' and 'second' name one exchange; expected two")
        : Optional.empty();
  }
}
