package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that mean something together, as declared: a license is issued, renewed, and revoked.
 *
 * @param name unique in its subject
 * @param given provider states to set up first, by subject
 * @param messages in the order in which they are published
 * @param location where it was declared
 */
public record MessageSequence(
    String name, Map<String, List<String>> given, List<Message> messages, Location location) {
  public MessageSequence {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    messages = List.copyOf(messages);
  }

  /**
   * One message.
   *
   * @param topic its name in contracts
   * @param key null for none
   * @param headers by name
   * @param body null for a tombstone
   * @param location where it was declared
   */
  public record Message(
      String topic,
      @Nullable String key,
      Map<String, String> headers,
      @Nullable JsonNode body,
      Location location) {
    public Message {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }
}
