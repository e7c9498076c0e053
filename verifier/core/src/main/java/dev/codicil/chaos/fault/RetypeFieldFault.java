package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives a field a value of another type. The new value is made up and does not carry the old one,
 * so that a reader which converts types silently is caught with wrong data.
 */
final class RetypeFieldFault extends FieldFault {
  RetypeFieldFault() {
    super(
        "retype-field",
        "A field has another type",
        FaultCard.Aim.FIELD,
        FaultCard.Fit.OUT_OF_CONTRACT,
        "A good service checks the type of what it reads and refuses the message with a declared"
            + " error; it never converts silently and goes on with wrong data.");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    return body.with(pointer, type -> replacement(type, dice));
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return types.stream()
        .map(type -> " from " + type.label() + " to " + replacement(type, dice))
        .collect(Collectors.joining(","));
  }

  private static String replacement(JsonType type, Dice dice) {
    return switch (type) {
      case STRING -> Integer.toString(1 + dice.below(9_999, "number"));
      case INTEGER, NUMBER -> "\"not-a-number\"";
      case BOOLEAN -> "\"not-a-boolean\"";
      case NULL -> "\"not-null\"";
      case OBJECT -> "[]";
      case ARRAY -> "{}";
    };
  }
}
