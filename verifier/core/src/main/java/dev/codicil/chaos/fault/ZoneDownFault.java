package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;

/** A whole zone is down, with every node in it. */
final class ZoneDownFault implements Fault {
  private static final String ZONE = "zone";
  private static final FaultCard CARD =
      new FaultCard(
          "zone-down",
          "A whole zone is down",
          FaultCard.Layer.NODE,
          Streams.REQUESTS,
          false,
          false,
          FaultCard.Aim.ZONE,
          FaultCard.Fit.UNTOUCHED,
          List.of(
              new FaultCard.Parameter(
                      ZONE,
                      FaultCard.Type.INTEGER,
                      "0",
                      "Which zone. Nodes 0, 2, 4 and so on of every subject are in zone 0, the others"
                          + " in zone 1; a subject of one node stands outside. All nodes of the zone"
                          + " that the interaction may reach are killed before it, and started again"
                          + " after.")
                  .between(0, 1)),
          "A good service answers from the zone that is left, with everything that was accepted"
              + " before.");

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
    int zone = Integer.parseInt(parameters.require(ZONE));
    return Injection.Plan.of(new Effect.ZoneDown(zone), "zone " + zone);
  }
}
