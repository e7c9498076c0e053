package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages come in another order. */
final class ReorderMessagesFault extends SequenceFault {
  private static final String WITHIN = "within";
  private static final String KEY = "key";
  private static final String TOPIC = "topic";

  ReorderMessagesFault() {
    super(
        "reorder-messages",
        "Messages come in another order",
        false,
        FaultCard.Fit.UNTOUCHED,
        List.of(
            new FaultCard.Parameter(
                    WITHIN,
                    FaultCard.Type.TEXT,
                    TOPIC,
                    "What changes its order: topic, keys come in the reverse order and each keeps"
                        + " its own, as it is between partitions; key, the messages of each key"
                        + " come in reverse, as after a topic got more partitions, a producer with"
                        + " several requests in flight tried again, or dead letters were sent once"
                        + " more.")
                .oneOf(TOPIC, KEY)),
        "A good service relies on no order between keys, since no broker promises one. Within a key"
            + " it goes by a version or a time of the message and not by the order of arrival; a"
            + " late message does not undo a newer one.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    List<Parcel> other =
        parameters.require(WITHIN).equals(KEY) ? withinKeys(messages) : betweenKeys(messages);
    List<Strike> strikes = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Parcel now = other.get(i);
      if (now != messages.get(i)) {
        strikes.add(strike(now, Kind.KEPT, "comes as number " + (i + 1)));
      }
    }
    return new Wave(other, strikes);
  }

  /** Each key's messages in reverse, on the places that the key has. */
  private static List<Parcel> withinKeys(List<Parcel> messages) {
    Map<@Nullable String, Deque<Parcel>> byKey = new HashMap<>();
    for (Parcel message : messages) {
      byKey.computeIfAbsent(message.key(), key -> new ArrayDeque<>()).push(message);
    }
    List<Parcel> reversed = new ArrayList<>();
    for (Parcel message : messages) {
      Deque<Parcel> left = byKey.get(message.key());
      reversed.add(left == null ? message : left.pop());
    }
    return reversed;
  }

  private static List<Parcel> betweenKeys(List<Parcel> messages) {
    List<@Nullable String> keys = keys(messages);
    Collections.reverse(keys);
    List<Parcel> ordered = new ArrayList<>();
    for (String key : keys) {
      messages.stream()
          .filter(message -> java.util.Objects.equals(message.key(), key))
          .forEach(ordered::add);
    }
    return ordered;
  }
}
