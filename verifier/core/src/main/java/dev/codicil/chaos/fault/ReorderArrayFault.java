package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Turns an array round. JSON keeps the order of items (RFC 8259, section 1), and JSON Schema has no
 * word for it, so a contract that is no tuple promises none.
 */
final class ReorderArrayFault extends ArrayFault {
  static final String ID = "reorder-array";

  ReorderArrayFault() {
    super(
        ID,
        "An array has its items in another order",
        List.of(),
        "A good service finds what it needs by its name and not by its place, and answers as if"
            + " nothing had happened: the same values belong together.");
  }

  @Override
  String resized(String written, List<String> items, Parameters parameters) {
    List<String> turned = new ArrayList<>(items);
    Collections.reverse(turned);
    return turned.equals(items) ? written : "[" + String.join(",", turned) + "]";
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " turned round";
  }
}
