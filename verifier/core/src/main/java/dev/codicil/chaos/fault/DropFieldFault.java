package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.Set;

/** Takes a field, or an item of an array, out of the body. */
final class DropFieldFault extends FieldFault {
  DropFieldFault() {
    super(
        "drop-field",
        "A field is missing",
        FaultCard.Aim.FIELD,
        FaultCard.Fit.BY_TARGET,
        "A good service does without a field it does not need, and otherwise refuses the message"
            + " with a declared error; it never goes on with a value it made up.");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    return body.without(pointer);
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " dropped";
  }
}
