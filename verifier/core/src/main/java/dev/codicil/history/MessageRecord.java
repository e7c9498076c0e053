package dev.codicil.history;

import dev.codicil.chaos.MessageFault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the messages of one cell.
 *
 * @param planned how many the sequence has
 * @param published how many came to the broker, after all faults
 * @param unread how many the subject had not read when the time was up; 0 when it read all
 * @param drainMillis from the last one published until all were read; -1 when they never were
 * @param deadLetters what ended in dead-letter topics, in order of topic and arrival
 * @param state what the subject reports in the end: values by JSON pointer, redacted
 * @param strikes what the faults did, in order
 */
public record MessageRecord(
    int planned,
    int published,
    long unread,
    long drainMillis,
    List<DeadLetter> deadLetters,
    Map<String, String> state,
    List<Strike> strikes) {
  /** Stands for a value that differs from run to run of the base itself. */
  public static final String NOISE = "~";

  public MessageRecord {
    deadLetters = List.copyOf(deadLetters);
    state = Collections.unmodifiableMap(new TreeMap<>(state));
    strikes = List.copyOf(strikes);
  }

  /** The same observation with another state. */
  public MessageRecord withState(Map<String, String> other) {
    return new MessageRecord(planned, published, unread, drainMillis, deadLetters, other, strikes);
  }

  /**
   * A message that was put aside.
   *
   * @param topic where it ended
   * @param key null for none
   * @param struck whether a fault had made it what it was
   * @param reasoned whether its headers say why
   */
  public record DeadLetter(String topic, @Nullable String key, boolean struck, boolean reasoned) {}

  /**
   * What a fault did to a message.
   *
   * @param key of the message as it was; null for none
   * @param kind what a good consumer must make of it
   */
  public record Strike(@Nullable String key, MessageFault.Kind kind) {}
}
