package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.Set;

/** Sets a field to null. */
final class NullFieldFault extends FieldFault {
  NullFieldFault() {
    super(
        "null-field",
        "A field is null",
        FaultCard.Aim.FIELD,
        FaultCard.Fit.BY_TARGET,
        "A good service treats null where a value was promised like a missing field: it does"
            + " without, or refuses with a declared error, and does not fail with a stack trace.");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    return body.with(pointer, type -> "null");
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " set to null";
  }
}
