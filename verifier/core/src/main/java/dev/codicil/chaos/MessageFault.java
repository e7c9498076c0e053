package dev.codicil.chaos;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault that acts on a sequence of messages on their way to a consumer: what comes, how often, in
 * which order, as what. It is asked once a cell and topic.
 */
public interface MessageFault extends Fault {

  /**
   * Disturbs a sequence. Pure: the same messages, parameters and dice give the same wave.
   *
   * @param messages all messages of one topic, in the order in which they were to be published
   * @param parameters validated against the card
   * @param dice draws that depend only on seed, stimulus, topic and fault
   */
  Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice);

  /** Such a fault does nothing to an exchange of HTTP. */
  @Override
  default Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    return Injection.Plan.none("strikes messages of a broker");
  }

  /**
   * What is published instead.
   *
   * @param messages in order
   * @param strikes what was done; empty when the fault does not apply
   */
  record Wave(List<Parcel> messages, List<Strike> strikes) {
    public Wave {
      messages = List.copyOf(messages);
      strikes = List.copyOf(strikes);
    }

    /** Nothing was done. */
    public static Wave calm(List<Parcel> messages) {
      return new Wave(messages, List.of());
    }
  }

  /**
   * What was done to one message.
   *
   * @param origin of the message
   * @param key of the message as it was; null for none
   * @param kind what a good consumer must make of it
   * @param detail for the injection log
   */
  record Strike(int origin, @Nullable String key, Kind kind, String detail) {}

  /** What became of a message, and with that what a good consumer must make of it. */
  enum Kind {
    /** It comes as it is, only not once, in time or in order: all must end as in calm. */
    KEPT,
    /** It says something else that the contract allows: what is made of its key may differ. */
    VARIED,
    /** It never comes: nothing is asked for its key, and everything else must end as in calm. */
    GONE,
    /**
     * It breaks the contract: all must end as in calm, or it ends in the dead-letter topic and
     * everything but its key as in calm.
     */
    ALTERED,
    /** It is none of the sequence, and no message at all: it must end in the dead-letter topic. */
    ADDED
  }
}
