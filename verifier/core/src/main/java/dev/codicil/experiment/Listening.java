package dev.codicil.experiment;

import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A topic that a subject listens to.
 *
 * @param topic its name in contracts; what it is called on the broker is {@code {topic.NAME}}
 * @param broker name of the broker
 * @param group the subject's consumer group, called {@code {group.NAME}} on the broker
 * @param deadLetter topic for what cannot be worked on; null when there is none
 * @param partitions of the topic, from 1
 * @param read safe request that answers with JSON: what the messages have led to
 * @param within how long it may take until all messages are read; later is hung
 * @param location where it was declared
 */
public record Listening(
    String topic,
    String broker,
    String group,
    @Nullable String deadLetter,
    int partitions,
    HttpRequest read,
    Duration within,
    Location location) {

  /** Id of the edge on which a subject gets the messages of a topic. */
  public static String edge(String topic, String subject) {
    return PlannedFault.TOPIC + topic + "->" + subject;
  }
}
