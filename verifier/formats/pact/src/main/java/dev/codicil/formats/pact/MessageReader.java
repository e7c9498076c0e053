package dev.codicil.formats.pact;

import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.ProviderState;
import java.util.ArrayList;
import java.util.List;

/** Reads message interactions. */
final class MessageReader {
  private final PactVersion version;
  private final Notes notes;

  MessageReader(PactVersion version, Notes notes) {
    this.version = version;
    this.notes = notes;
  }

  /** Reads a message of one direction. */
  List<MessageInteraction> asynchronous(Spot spot) {
    return List.of(message(spot, spot.object(), "", false));
  }

  /** Reads a request message and its replies: one message each, in that order. */
  List<MessageInteraction> synchronous(Spot spot) {
    List<MessageInteraction> messages = new ArrayList<>();
    messages.add(message(spot, spot.child("request").object(), " (request)", true));
    Spot replies = spot.child("response");
    List<Spot> items =
        replies.node().isArray() || !replies.present() ? List.of() : List.of(replies.object());
    if (replies.node().isArray()) {
      items = replies.items();
    }
    for (int i = 0; i < items.size(); i++) {
      messages.add(message(spot, items.get(i).object(), " (reply " + (i + 1) + ")", false));
    }
    return messages;
  }

  private MessageInteraction message(Spot interaction, Spot part, String suffix, boolean closed) {
    String description = interaction.child("description").visibleText();
    List<ProviderState> states = States.of(interaction);
    Rules rules = Rules.of(part, notes);
    Generators.addTo(rules, part, closed, notes);
    Spot metadata =
        part.child("metadata").present() ? part.child("metadata") : part.child("metaData");
    List<Parameter> parameters = new ArrayList<>();
    String contentType = "";
    if (metadata.present()) {
      for (var field : metadata.fields().entrySet()) {
        Spot value = field.getValue();
        parameters.add(
            new Parameter(
                Parameter.In.HEADER,
                field.getKey(),
                true,
                LeafShape.of(value.node(), rules.metadata(field.getKey()), value.location()),
                value.location()));
        String name = field.getKey().replace("-", "");
        if (name.equalsIgnoreCase("contenttype") && value.present()) {
          contentType = value.scalarText();
        }
      }
    }
    PactBody body = PactBody.of(part.child("contents"), contentType, version);
    return new MessageInteraction(
        "message: " + States.key(description, states) + suffix,
        description + suffix,
        states,
        parameters,
        body.model(rules, closed),
        closed ? Flow.TO_PROVIDER : Flow.FROM_PROVIDER,
        "",
        part.location());
  }
}
