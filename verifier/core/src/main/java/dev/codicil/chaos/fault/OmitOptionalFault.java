package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.Set;

/** Takes a field out of the body that both sides say may be left out. */
final class OmitOptionalFault extends FieldFault {
  OmitOptionalFault() {
    super(
        "omit-optional",
        "An optional field is absent",
        FaultCard.Aim.OPTIONAL_FIELD,
        FaultCard.Fit.IN_CONTRACT,
        "A good service does not need what its contract does not promise: it goes on as if nothing"
            + " had happened.");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    return body.without(pointer);
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " left out";
  }
}
