package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The rule that an array has certain items, in any order and among others: what Spring Cloud
 * Contract asserts of arrays, and what a pact calls {@code arrayContains}.
 */
final class ArrayItems {
  /** Deeper arrays must be as the example: rules inside of rules are deep documents themselves. */
  private static final int MOST = 12;

  private ArrayItems() {}

  /** Every item of the example must be among the items. */
  static ObjectNode anyOrder(JsonNode example) {
    return anyOrder(example, 1);
  }

  private static ObjectNode anyOrder(JsonNode example, int depth) {
    ObjectNode rule = Matchers.rule("arrayContains");
    ArrayNode variants = rule.putArray("variants");
    for (int i = 0; i < example.size(); i++) {
      ObjectNode variant = variants.addObject().put("index", i);
      nested(example.get(i), "$", variant.putObject("rules"), depth);
      variant.putObject("generators");
    }
    return rule;
  }

  private static void nested(JsonNode node, String path, ObjectNode rules, int depth) {
    if (node.isArray() && !node.isEmpty() && depth < MOST) {
      Matchers.add(rules, path, anyOrder(node, depth + 1));
    }
    node.properties()
        .forEach(
            field -> {
              String child = child(path, field.getKey());
              if (child != null) {
                nested(field.getValue(), child, rules, depth);
              }
            });
  }

  /** The path of a field; null when a pact has no way to write it. */
  static @Nullable String child(String path, String name) {
    if (name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
      return path + "." + name;
    }
    if (name.isEmpty() || name.contains("'") && name.contains("\"")) {
      return null;
    }
    return path + (name.contains("'") ? "[\"" + name + "\"]" : "['" + name + "']");
  }
}
