package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;

/** A node is started anew between two exchanges: what it kept in its memory is gone. */
final class RestartFault implements Fault {
  private static final FaultCard CARD =
      new FaultCard(
          "restart",
          "A node is started anew",
          FaultCard.Layer.NODE,
          Streams.REQUESTS,
          false,
          false,
          FaultCard.Aim.FLEET,
          FaultCard.Fit.UNTOUCHED,
          List.of(
              NodeFault.node(
                  "Which node, from 0; without it, the first, to which the first exchange goes. It"
                      + " is stopped (SIGTERM), started, and ready before the exchange; connections"
                      + " to it are closed.")),
          "A good service keeps nothing in its memory that anybody relies on, and serves its first"
              + " request as it serves its hundredth; who calls it notices that kept connections"
              + " are closed, and makes new ones.");

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
    int node = parameters.text(NodeFault.NODE).map(Integer::parseInt).orElse(0);
    return Injection.Plan.of(new Effect.RestartNode(node), "node " + node);
  }
}
