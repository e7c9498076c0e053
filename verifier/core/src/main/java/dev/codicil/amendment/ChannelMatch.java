package dev.codicil.amendment;

import dev.codicil.contract.Body;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.PathTemplates;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds messages that have another name and are the same all the same. The name of a message in a
 * document is not on the wire; what travels is its channel, its direction and its content.
 */
final class ChannelMatch {
  private final List<Interaction> before;
  private final List<Interaction> after;

  /** A message of the base with what it is called in the head. */
  record Renamed(MessageInteraction before, MessageInteraction after) {}

  ChannelMatch(List<Interaction> before, List<Interaction> after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Takes renamed messages out of what found no partner by name: those that are alone in their
   * channel on both sides, and those with the same content.
   */
  List<Renamed> take(List<Interaction> gone, List<Interaction> added) {
    List<Renamed> renamed = new ArrayList<>();
    for (Interaction candidate : List.copyOf(gone)) {
      if (!(candidate instanceof MessageInteraction old) || old.channel().isEmpty()) {
        continue;
      }
      for (Interaction other : List.copyOf(added)) {
        if (other instanceof MessageInteraction now
            && sameChannel(old, now)
            && (alone(old, before) && alone(now, after) || sameContent(old, now))) {
          renamed.add(new Renamed(old, now));
          gone.removeIf(interaction -> interaction == old);
          added.removeIf(interaction -> interaction == now);
          break;
        }
      }
    }
    return renamed;
  }

  private static boolean sameChannel(MessageInteraction one, MessageInteraction other) {
    return one.flow() == other.flow()
        && PathTemplates.normalize(one.channel()).equals(PathTemplates.normalize(other.channel()));
  }

  private static boolean alone(MessageInteraction message, List<Interaction> side) {
    return side.stream()
            .filter(other -> other instanceof MessageInteraction that && sameChannel(message, that))
            .count()
        == 1;
  }

  private static boolean sameContent(MessageInteraction one, MessageInteraction other) {
    Body base = one.content();
    Body head = other.content();
    if (base.content().isEmpty() || !base.content().keySet().equals(head.content().keySet())) {
      return false;
    }
    Sameness sameness = new Sameness(new Unions(), new Unions());
    for (Map.Entry<String, Shape> entry : base.content().entrySet()) {
      Shape there = head.content().get(entry.getKey());
      if (there == null || !sameness.same(entry.getValue(), there)) {
        return false;
      }
    }
    return true;
  }
}
