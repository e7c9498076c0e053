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

/** A deployment overtakes the calls of one exchange: it begins on an old node and ends on a new. */
final class RollingRestartFault implements Fault {
  private static final FaultCard CARD =
      new FaultCard(
          "rolling-restart",
          "A deployment comes in between",
          FaultCard.Layer.NODE,
          Streams.REQUESTS,
          false,
          false,
          FaultCard.Aim.FLEET,
          FaultCard.Fit.UNTOUCHED,
          List.of(),
          "A good service goes on with a new node where it began with an old one: each understands"
              + " what the other has stored and handed out, and an old node answers what it has"
              + " begun before it ends.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public boolean aroundCell() {
    return true;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    return Injection.Plan.of(
        new Effect.RollOver(), "the first call to the version before, the others to the new nodes");
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return edges == ChaosProfile.Edges.CONSUMER
        ? Optional.of(
            "the replaying consumer calls once and meets one version; expected on: upstream")
        : Optional.empty();
  }
}
