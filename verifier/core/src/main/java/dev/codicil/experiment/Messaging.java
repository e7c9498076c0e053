package dev.codicil.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What a subject has to do with messages.
 *
 * @param listens the topics it listens to
 * @param sequences declared messages for it
 */
public record Messaging(List<Listening> listens, List<MessageSequence> sequences) {
  /** Nothing. */
  public static final Messaging NONE = new Messaging(List.of(), List.of());

  public Messaging {
    listens = List.copyOf(listens);
    sequences = List.copyOf(sequences);
  }

  /** How it listens to a topic. */
  public Optional<Listening> listening(String topic) {
    return listens.stream().filter(one -> one.topic().equals(topic)).findFirst();
  }
}
