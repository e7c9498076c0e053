package dev.codicil.amendment;

import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import java.util.List;

/**
 * Walks two messages. What the provider sends is compared as a reply, what it takes as a request.
 * The parameters of an address are always the choice of who uses it, and so compared as a request.
 */
final class MessageWalk {
  private final MessageInteraction before;
  private final MessageInteraction after;
  private final ContractWalk.Spotter spotter;
  private final ShapeWalk shapes;

  MessageWalk(
      MessageInteraction before,
      MessageInteraction after,
      ContractWalk.Spotter spotter,
      ShapeWalk shapes) {
    this.before = before;
    this.after = after;
    this.spotter = spotter;
    this.shapes = shapes;
  }

  void run() {
    Members.inputs(
        Direction.REQUEST,
        PathNames.renamed(address(before), before.channel(), after.channel()),
        address(after),
        false,
        spotter,
        shapes);
    if (before.flow() == Flow.TO_PROVIDER) {
      Members.inputs(Direction.REQUEST, headers(before), headers(after), false, spotter, shapes);
    } else {
      Members.headers(Direction.REPLY, headers(before), headers(after), null, spotter, shapes);
    }
    Direction direction = before.flow() == Flow.TO_PROVIDER ? Direction.REQUEST : Direction.REPLY;
    Bodies.walk(direction, false, null, before.content(), after.content(), spotter, shapes);
  }

  private static List<Parameter> address(MessageInteraction message) {
    return message.metadata().stream().filter(MessageWalk::isAddress).toList();
  }

  private static List<Parameter> headers(MessageInteraction message) {
    return message.metadata().stream().filter(p -> !isAddress(p)).toList();
  }

  private static boolean isAddress(Parameter parameter) {
    return parameter.in() == Parameter.In.PATH || parameter.in() == Parameter.In.SERVER;
  }
}
