package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import java.util.List;
import java.util.Set;

/** Repeats the items of an array until there are many. */
final class LongArrayFault extends ArrayFault {
  private static final String SIZE = "size";

  /** Longest array that is written, in characters: what a proxy holds at once has to end. */
  private static final int LONGEST = 4_000_000;

  LongArrayFault() {
    super(
        "long-array",
        "An array has very many items",
        List.of(
            new FaultCard.Parameter(
                    SIZE,
                    FaultCard.Type.INTEGER,
                    "1000",
                    "How many items it has; its own are repeated. Where the contract has a bound,"
                        + " one more than that, unless the profile says otherwise.")
                .between(2, 10_000)),
        "A good service reads pages or streams, has a bound of its own, and refuses beyond it in"
            + " time; it does not run out of memory or time.");
  }

  @Override
  String resized(String written, List<String> items, Parameters parameters) {
    int size = parameters.integer(SIZE);
    if (items.isEmpty() || items.size() >= size) {
      return written;
    }
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      many.append(i == 0 ? "" : ",").append(items.get(i % items.size()));
      if (many.length() > LONGEST) {
        return written;
      }
    }
    return many.append(']').toString();
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " filled up to " + parameters.integer(SIZE) + " items";
  }
}
