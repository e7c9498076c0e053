package dev.codicil.formats.pact;

import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one pact: what cannot be used of it is noted, and the rest is kept. */
final class PactReading {
  private static final Set<String> CORE_TRANSPORTS = Set.of("http", "https", "message");

  private final String format;
  private final Spot root;
  private final PactVersion version;
  private final Notes notes = new Notes();
  private final HttpReader http;
  private final MessageReader messages;

  /** Drafts of HTTP interactions and finished messages, in document order. */
  private final List<Object> entries = new ArrayList<>();

  private final Map<String, Spot> keys = new HashMap<>();

  PactReading(String format, Spot root) {
    this.format = format;
    this.root = root.object();
    version = PactVersion.of(root);
    http = new HttpReader(version, notes);
    messages = new MessageReader(version, notes);
  }

  Reading read() {
    String consumer = root.child("consumer").object().child("name").visibleText();
    String provider = root.child("provider").object().child("name").visibleText();
    plugins();
    for (Map.Entry<String, Spot> field : root.fields().entrySet()) {
      boolean message = field.getKey().equals("messages");
      if (message || field.getKey().equals("interactions")) {
        for (Spot spot : field.getValue().items()) {
          try {
            entry(spot, message);
          } catch (InputException unusable) {
            notes.add(unusable);
          }
        }
      }
    }
    return new Reading(
        new Contract(format, provider, consumer, interactions(), root.location()),
        notes.problems());
  }

  private void entry(Spot spot, boolean message) {
    spot.object();
    String type = type(spot, message);
    switch (type) {
      case "Synchronous/HTTP" -> {
        HttpDraft draft = http.read(spot);
        if (isNew(draft.key(), spot)) {
          entries.add(draft);
        }
      }
      case "Asynchronous/Messages" -> keep(messages.asynchronous(spot), spot);
      case "Synchronous/Messages" -> keep(messages.synchronous(spot), spot);
      default ->
          throw spot.child("type")
              .fail("'" + Texts.brief(type) + "' is no type of interaction this version has");
    }
    if (spot.child("pluginConfiguration").present()
        && !spot.child("pluginConfiguration").node().isEmpty()) {
      notes.add(
          spot.child("pluginConfiguration"),
          "the interaction needs a Pact plugin; its content is compared byte for byte only");
    }
    Spot transport = spot.child("transport");
    if (transport.present() && !CORE_TRANSPORTS.contains(transport.text())) {
      notes.add(transport, "the transport '" + Texts.brief(transport.text()) + "' is not known");
    }
  }

  private String type(Spot spot, boolean message) {
    if (message) {
      return "Asynchronous/Messages";
    }
    if (version.isV4()) {
      return spot.child("type").text();
    }
    return "Synchronous/HTTP";
  }

  private void keep(List<MessageInteraction> read, Spot spot) {
    for (MessageInteraction message : read) {
      if (isNew(message.key(), spot)) {
        entries.add(message);
      }
    }
  }

  private boolean isNew(String key, Spot spot) {
    Spot first = keys.putIfAbsent(key, spot);
    if (first != null) {
      notes.add(
          spot,
          "the interaction '"
              + Texts.brief(key)
              + "' stands twice, first at line "
              + first.location().line()
              + "; only that one is read");
    }
    return first == null;
  }

  private void plugins() {
    Spot plugins = root.child("metadata").child("plugins");
    if (plugins.node().isArray() && !plugins.node().isEmpty()) {
      notes.add(plugins, "the pact needs Pact plugins, which are not run");
    }
  }

  private List<Interaction> interactions() {
    Map<String, List<HttpDraft>> errors = new HashMap<>();
    for (Object entry : entries) {
      if (entry instanceof HttpDraft draft && draft.isError()) {
        errors.computeIfAbsent(draft.operation(), any -> new ArrayList<>()).add(draft);
      }
    }
    List<Interaction> interactions = new ArrayList<>();
    for (Object entry : entries) {
      if (entry instanceof HttpDraft draft) {
        List<HttpDraft.Refusal> refusals =
            errors.getOrDefault(draft.operation(), List.of()).stream()
                .filter(other -> other != draft)
                .map(HttpDraft::refusal)
                .toList();
        interactions.add(draft.with(refusals));
      } else if (entry instanceof MessageInteraction message) {
        interactions.add(message);
      }
    }
    return interactions;
  }
}
