package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect.StrikeNode;
import dev.codicil.chaos.Effect.StrikeNode.Moment;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something happens to one node of the service that is called, once in a cell. */
abstract class NodeFault implements Fault {
  static final String NODE = "node";
  static final String AT = "at";

  private final FaultCard card;
  private final StrikeNode.Deed deed;

  /**
   * @param moments when it may strike; the first is the default
   * @param when what these mean
   */
  NodeFault(
      String id,
      String title,
      StrikeNode.Deed deed,
      List<String> moments,
      String when,
      String goodService) {
    this.deed = deed;
    this.card =
        new FaultCard(
            id,
            title,
            FaultCard.Layer.NODE,
            Streams.REQUESTS,
            false,
            false,
            FaultCard.Aim.NODE,
            FaultCard.Fit.UNTOUCHED,
            List.of(
                new FaultCard.Parameter(AT, FaultCard.Type.TEXT, moments.get(0), when)
                    .oneOf(moments.toArray(String[]::new)),
                node("Which node, from 0; without it, the one that the exchange goes to.")),
            goodService);
  }

  static FaultCard.Parameter node(String description) {
    return new FaultCard.Parameter(NODE, FaultCard.Type.INTEGER, null, description).between(0, 15);
  }

  @Override
  public FaultCard card() {
    return card;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Optional<String> node = parameters.text(NODE);
    String at = parameters.require(AT);
    return Injection.Plan.of(
        new StrikeNode(
            deed,
            node.map(Integer::parseInt).orElse(StrikeNode.ANSWERING),
            Moment.valueOf(at.toUpperCase(Locale.ROOT))),
        node.map(number -> "node " + number).orElse("the node of the exchange") + ", " + at);
  }
}
