package dev.codicil.amendment.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Enumerated values by a key under which equal JSON values are equal: 1, 1.0 and 1e0 are one. */
public final class EnumValues {
  static final String NULL = "null";

  private EnumValues() {}

  /** Keys of the values of a node but {@code null}, whose place is the type. */
  public static Set<String> keys(Shape.Node node) {
    Set<String> keys = new TreeSet<>();
    node.enumeration().forEach(value -> keys.add(key(value)));
    keys.remove(NULL);
    return keys;
  }

  /** Whether both are absent, or equal. */
  public static boolean same(@Nullable JsonNode before, @Nullable JsonNode after) {
    return before == null || after == null ? before == after : key(before).equals(key(after));
  }

  /** Whether both lists hold the same values, in any order. */
  public static boolean same(List<JsonNode> before, List<JsonNode> after) {
    return keys(before).equals(keys(after));
  }

  static Set<String> keys(List<JsonNode> values) {
    Set<String> keys = new TreeSet<>();
    values.forEach(value -> keys.add(key(value)));
    return keys;
  }

  static String key(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toString()
        : value.toString();
  }
}
