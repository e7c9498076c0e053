package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import java.util.List;
import java.util.Set;

/** Takes all items out of an array. */
final class EmptyArrayFault extends ArrayFault {
  EmptyArrayFault() {
    super(
        "empty-array",
        "An array has no items",
        List.of(),
        "A good service takes no items for an answer: it says that there are none, and neither asks"
            + " for the first one nor treats it as an error of the other side.");
  }

  @Override
  String resized(String written, List<String> items, Parameters parameters) {
    return items.isEmpty() ? written : "[]";
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " emptied";
  }
}
