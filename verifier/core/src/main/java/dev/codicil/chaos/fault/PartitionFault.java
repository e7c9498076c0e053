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

/** One node of a caller no longer reaches what it calls, while its siblings do. */
final class PartitionFault implements Fault {
  private static final FaultCard CARD =
      new FaultCard(
              "partition",
              "A node is cut off from what it calls",
              FaultCard.Layer.NODE,
              Streams.REQUESTS,
              false,
              false,
              FaultCard.Aim.CALLER_NODE,
              FaultCard.Fit.UNTOUCHED,
              List.of(
                  new FaultCard.Parameter(
                          NodeFault.NODE,
                          FaultCard.Type.INTEGER,
                          "0",
                          "Which node of the caller, from 0. What it sends on the edge is never"
                              + " answered; what the others send passes.")
                      .between(0, 15)),
              "A good service does without as it has declared, or says in time that it cannot, so that"
                  + " its caller may ask a node that can; it does not answer from what it can no longer"
                  + " know.")
          .alsoOnBytes();

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    int node = Integer.parseInt(parameters.require(NodeFault.NODE));
    return exchange.caller() == node
        ? Injection.Plan.of(new Effect.Stall(null), "node " + node + " gets no answer")
        : Injection.Plan.none("from another node");
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return edges == ChaosProfile.Edges.CONSUMER
        ? Optional.of("the replaying consumer has no nodes; expected on: upstream")
        : Optional.empty();
  }
}
