package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import java.util.List;
import java.util.Set;

/** Leaves an array its first item only. */
final class ShortArrayFault extends ArrayFault {
  ShortArrayFault() {
    super(
        "short-array",
        "An array has one item",
        List.of(),
        "A good service works with a list of one, and finds what it needs by its name and not by"
            + " its place.");
  }

  @Override
  String resized(String written, List<String> items, Parameters parameters) {
    return items.size() < 2 ? written : "[" + items.get(0) + "]";
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " cut to its first item";
  }
}
