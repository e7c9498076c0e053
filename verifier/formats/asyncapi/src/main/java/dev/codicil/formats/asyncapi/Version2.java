package dev.codicil.formats.asyncapi;

import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the channels of AsyncAPI 2. There {@code subscribe} says what others may subscribe to, so
 * the application sends it; {@code publish} says what others may publish, so it receives it.
 */
final class Version2 {
  private final Place root;
  private final Documents documents;
  private final Problems problems;
  private final ChannelReader channels;
  private final MessageReader messages;
  private final Bindings bindings;
  private final Interactions interactions;

  Version2(
      Place root,
      Documents documents,
      Problems problems,
      ChannelReader channels,
      MessageReader messages,
      Bindings bindings,
      Interactions interactions) {
    this.root = root;
    this.documents = documents;
    this.problems = problems;
    this.channels = channels;
    this.messages = messages;
    this.bindings = bindings;
    this.interactions = interactions;
  }

  void read() {
    for (Map.Entry<String, Place> entry : root.fields("channels")) {
      if (!entry.getKey().startsWith("x-")) {
        channel(entry.getKey(), entry.getValue());
      }
    }
  }

  private void channel(String address, Place declared) {
    List<Place> layers = new ArrayList<>(List.of(declared));
    if (declared.ref() != null) {
      Place target = problems.follow(documents, declared);
      if (target == null) {
        return;
      }
      layers.add(target);
    }
    for (Place layer : layers) {
      if (!layer.node().isObject()) {
        problems.add(layer, "expected a channel (an object)");
        continue;
      }
      Channel channel = channels.read(layer, address);
      operation(Flow.FROM_PROVIDER, channel, layer.get("subscribe"));
      operation(Flow.TO_PROVIDER, channel, layer.get("publish"));
    }
  }

  private void operation(Flow flow, Channel channel, @Nullable Place declared) {
    if (declared == null) {
      return;
    }
    if (!declared.node().isObject()) {
      problems.add(declared, "expected an operation (an object)");
      return;
    }
    bindings.operation(Layers.of(declared, true, documents, problems));
    Place message = declared.get("message");
    List<Place> alternatives = message == null ? List.of() : messages.alternatives(message);
    if (alternatives.isEmpty()) {
      problems.add(declared, "the operation names no message: what it carries is not known");
    }
    for (Place alternative : alternatives) {
      interactions.add(flow, channel, alternative, name(alternative), List.of());
    }
  }

  /** The id of a message, else the name it is referred to by; a nameless one is just a message. */
  private String name(Place declared) {
    Place message = declared.ref() == null ? declared : problems.follow(documents, declared);
    String id = message == null ? null : message.text("messageId");
    if (id != null && !id.isBlank()) {
      return id;
    }
    String ref = declared.ref();
    return ref == null ? "message" : Version3.lastOf(ref);
  }
}
