package dev.codicil.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What a subject has to do with messages.
 *
 * @param listens the topics it listens to
 * @param sequences declared messages for it
 * @param publishes the topics it publishes to
 */
public record Messaging(
    List<Listening> listens, List<MessageSequence> sequences, List<Publishing> publishes) {
  /** Nothing. */
  public static final Messaging NONE = new Messaging(List.of(), List.of());

  public Messaging {
    listens = List.copyOf(listens);
    sequences = List.copyOf(sequences);
    publishes = List.copyOf(publishes);
  }

  /** A subject that only listens. */
  public Messaging(List<Listening> listens, List<MessageSequence> sequences) {
    this(listens, sequences, List.of());
  }

  /** How it listens to a topic. */
  public Optional<Listening> listening(String topic) {
    return listens.stream().filter(one -> one.topic().equals(topic)).findFirst();
  }

  /** The same, with other words on what it publishes. */
  public Messaging publishing(List<Publishing> other) {
    return new Messaging(listens, sequences, other);
  }
}
