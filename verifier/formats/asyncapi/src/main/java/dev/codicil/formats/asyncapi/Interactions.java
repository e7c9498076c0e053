package dev.codicil.formats.asyncapi;

import dev.codicil.contract.Body;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.PathTemplates;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The interactions of a document, each message once for each channel and direction. */
final class Interactions {
  private final Documents documents;
  private final Problems problems;
  private final MessageReader messages;
  private final boolean traitsWin;
  private final List<Interaction> found = new ArrayList<>();
  private final Map<String, Integer> keys = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  Interactions(Documents documents, Problems problems, MessageReader messages, boolean traitsWin) {
    this.documents = documents;
    this.problems = problems;
    this.messages = messages;
    this.traitsWin = traitsWin;
  }

  List<Interaction> list() {
    return found;
  }

  /**
   * Adds a message of a channel.
   *
   * @param declared the message, or a reference to it
   * @param name what it is called unless it names itself
   * @param more what the operation adds to its metadata
   */
  void add(Flow flow, Channel channel, Place declared, String name, List<Parameter> more) {
    Place place = problems.follow(documents, declared);
    if (place == null) {
      return;
    }
    if (!place.node().isObject()) {
      problems.add(declared, "expected a message (an object)");
      return;
    }
    if (place.get("oneOf") != null) {
      problems.add(place, "alternatives inside of one message are not read");
      return;
    }
    Layers message = Layers.of(place, traitsWin, documents, problems);
    String verb = flow == Flow.FROM_PROVIDER ? "send" : "receive";
    String address = verb + " " + PathTemplates.normalize(channel.address());
    if (!known.add(address + " " + place.id())) {
      return;
    }
    String own = message.text("name");
    String called = own == null || own.isBlank() ? name : own;
    String key = address + " " + called;
    int count = keys.merge(key, 1, Integer::sum);
    List<Parameter> metadata = new ArrayList<>(channel.parameters());
    metadata.addAll(messages.metadata(message));
    metadata.addAll(more);
    Body body = messages.body(message);
    found.add(
        new MessageInteraction(
            count == 1 ? key : key + " (" + count + ")",
            verb + " " + channel.address() + " " + called,
            List.of(),
            metadata,
            body,
            flow,
            channel.address(),
            place.location()));
  }
}
