package dev.codicil.experiment;

import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic that a subject publishes to.
 *
 * @param topic its name in contracts; what it is called on the broker is {@code {topic.NAME}}
 * @param broker name of the broker
 * @param partitions of the topic, from 1
 * @param quiet how long nothing must come until the subject counts as done with publishing
 * @param within how long a message that is published in calm is waited for, counted from the answer
 * @param idempotentBy header, or JSON pointer into the body, by which consumers take a message that
 *     comes twice only once; null when they take it twice
 * @param compacted whether of each key only the last message is kept, so that every message needs a
 *     key
 * @param transactional whether messages are published in transactions
 * @param promised what the base's contracts say about its messages; empty until they are read
 * @param added what only the head's contracts say about them: nobody relies on it yet, and it may
 *     come
 * @param location where it was declared
 */
public record Publishing(
    String topic,
    String broker,
    int partitions,
    Duration quiet,
    Duration within,
    @Nullable String idempotentBy,
    boolean compacted,
    boolean transactional,
    List<MessageInteraction> promised,
    List<MessageInteraction> added,
    Location location) {
  /** How long nothing must come unless declared. */
  public static final Duration QUIET = Duration.ofMillis(250);

  /** How long a message is waited for unless declared. */
  public static final Duration WITHIN = Duration.ofSeconds(2);

  public Publishing {
    promised = List.copyOf(promised);
    added = List.copyOf(added);
  }

  /** The same topic, with what contracts say about it. */
  public Publishing promising(List<MessageInteraction> before, List<MessageInteraction> onlyAfter) {
    return new Publishing(
        topic,
        broker,
        partitions,
        quiet,
        within,
        idempotentBy,
        compacted,
        transactional,
        before,
        onlyAfter,
        location);
  }

  /** Id of the edge on which a subject publishes to this topic. */
  public String edge(String subject) {
    return edge(subject, topic);
  }

  /** Id of the edge on which a subject publishes to a topic. */
  public static String edge(String subject, String topic) {
    return subject + "->topic " + topic;
  }
}
