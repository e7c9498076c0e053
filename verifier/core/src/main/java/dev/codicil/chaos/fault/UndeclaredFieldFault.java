package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a field into an object that no contract knows. */
final class UndeclaredFieldFault extends FieldFault {
  private static final String NAME = "name";

  UndeclaredFieldFault() {
    super(
        "undeclared-field",
        "An object has a field more",
        FaultCard.Aim.OBJECT,
        FaultCard.Fit.BY_TARGET,
        List.of(
            new FaultCard.Parameter(
                NAME,
                FaultCard.Type.TEXT,
                null,
                "Name of the field; without it, one that neither side describes."),
            new FaultCard.Parameter(
                ValueFault.VALUE,
                FaultCard.Type.TEXT,
                null,
                "Its value as JSON text; what is not JSON is taken as a text. Without it, one that"
                    + " the contract allows there, or a text.")),
        "Which object, as a JSON pointer; '*' stands for every item of an array. Without it, each"
            + " object of the contract in turn, the body itself included.",
        "A good service passes over what it does not know in a reply, and neither fails nor hands"
            + " it on. In a request it may refuse it where the contract says that there is no more.");
  }

  @Override
  Optional<String> undecided(Parameters parameters) {
    return parameters.text(NAME).isPresent() && parameters.text(ValueFault.VALUE).isPresent()
        ? Optional.empty()
        : Optional.of("no contract says what the field would be");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    String name = TextNode.valueOf(parameters.require(NAME)).toString();
    String field = name + ":" + ValueFault.json(parameters.require(ValueFault.VALUE));
    String token = "/" + parameters.require(NAME).replace("~", "~0").replace("/", "~1");
    return body.rewritten(pointer, written -> with(written, field, token));
  }

  private static String with(String written, String field, String token) {
    boolean object = written.startsWith("{");
    boolean there =
        object
            && JsonText.of(Payload.of(written))
                .map(text -> !text.texts(token).isEmpty())
                .orElse(true);
    if (!object || there) {
      return written;
    }
    String open = written.substring(0, written.length() - 1);
    boolean empty = open.substring(1).isBlank();
    return open + (empty ? "" : ",") + field + "}";
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " with "
        + parameters.require(NAME)
        + ": "
        + ValueFault.json(parameters.require(ValueFault.VALUE));
  }
}
