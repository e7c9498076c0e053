package dev.codicil.amendment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a consumer's message and one of a provider's document are the same. A document names a
 * message and its channel; a consumer writes a sentence, and often the channel among the metadata.
 */
public final class MessageNames {
  private static final Set<String> CHANNELS =
      Set.of("topic", "channel", "destination", "queue", "exchange", "address", "subject");

  private MessageNames() {}

  /**
   * Whether they meet: in a channel that the consumer's metadata names, or in a name that the
   * consumer's description contains word by word.
   */
  public static boolean meet(MessageInteraction use, MessageInteraction declared) {
    Set<String> names = new LinkedHashSet<>();
    for (String text : List.of(declared.key(), declared.description())) {
      names.add(words(text));
      for (String token : text.split("[\\s,:()\"'`]+")) {
        names.add(words(token));
      }
    }
    names.removeIf(name -> name.length() < 3 || VERBS.contains(name.strip()));
    for (String channel : channels(use)) {
      if (names.contains(words(channel))) {
        return true;
      }
    }
    String said = words(use.description());
    return names.stream().anyMatch(name -> name.strip().indexOf(' ') > 0 && said.contains(name))
        || names.contains(said);
  }

  private static final Set<String> VERBS =
      Set.of("message", "messages", "send", "receive", "publish", "subscribe", "request", "reply");

  private static List<String> channels(MessageInteraction use) {
    List<String> channels = new ArrayList<>();
    for (Parameter member : use.metadata()) {
      String name = member.name().toLowerCase(Locale.ROOT);
      boolean names = CHANNELS.stream().anyMatch(name::endsWith);
      if (names) {
        JsonNode example = member.shape().node().example();
        if (example != null && example.isTextual()) {
          channels.add(example.textValue());
        }
        member.shape().node().enumeration().stream()
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .forEach(channels::add);
      }
    }
    return channels;
  }

  /** {@code LicenseActivated}, {@code license/activated} and {@code license-activated} alike. */
  private static String words(String text) {
    String spaced = text.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return " " + spaced.replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + " ";
  }
}
