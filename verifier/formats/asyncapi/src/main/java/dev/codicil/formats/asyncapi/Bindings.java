package dev.codicil.formats.asyncapi;

import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What documents say about one protocol. Of Kafka the topic and the key of a message are read; what
 * only says how the application itself connects, or how large a topic is, is passed over. All else
 * is told as a problem.
 */
final class Bindings {
  private static final Set<String> PASSED_OVER =
      Set.of(
          "bindingVersion", "partitions", "replicas", "topicConfiguration", "groupId", "clientId");

  private final Documents documents;
  private final Problems problems;

  Bindings(Documents documents, Problems problems) {
    this.documents = documents;
    this.problems = problems;
  }

  /** The Kafka topic of a channel when it is said, else null. */
  @Nullable String topic(Place channel) {
    Place bound = channel.get("bindings");
    Place topic = bound == null ? null : read(List.of(bound), "topic");
    return topic != null && topic.node().isTextual() && !topic.node().textValue().isEmpty()
        ? topic.node().textValue()
        : null;
  }

  /** The schema of a message's Kafka key when there is one, else null. */
  @Nullable Place key(Layers message) {
    return read(message.all("bindings"), "key");
  }

  /** Tells the bindings of an operation, none of which is compared. */
  void operation(Layers operation) {
    read(operation.all("bindings"), "");
  }

  private @Nullable Place read(List<Place> layers, String wanted) {
    Place found = null;
    for (Place layer : layers) {
      Place bound = problems.follow(documents, layer);
      for (Map.Entry<String, Place> entry : bound == null ? noFields() : bound.fields()) {
        String protocol = entry.getKey();
        Place fields = problems.follow(documents, entry.getValue());
        if (fields == null || protocol.startsWith("x-")) {
          continue;
        }
        for (Map.Entry<String, Place> field : fields.fields()) {
          boolean kafka = protocol.equals("kafka");
          if (kafka && field.getKey().equals(wanted)) {
            found = found == null ? field.getValue() : found;
          } else if (!field.getKey().equals("bindingVersion")
              && !(kafka && PASSED_OVER.contains(field.getKey()))) {
            problems.add(
                field.getValue(),
                "the "
                    + protocol
                    + " binding "
                    + Documents.quoted(field.getKey())
                    + " is not compared yet");
          }
        }
      }
    }
    return found;
  }

  private static List<Map.Entry<String, Place>> noFields() {
    return List.of();
  }
}
