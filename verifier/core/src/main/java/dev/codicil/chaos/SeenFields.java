package dev.codicil.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Payload;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which fields a message had. */
public final class SeenFields {
  private SeenFields() {}

  /** JSON pointers of all fields of a body, with {@code *} for any array item. */
  public static SortedSet<String> pointers(Payload body) {
    SortedSet<String> seen = new TreeSet<>();
    body.json().ifPresent(root -> visit("", root, seen));
    return seen;
  }

  private static void visit(String at, JsonNode node, SortedSet<String> seen) {
    if (!at.isEmpty()) {
      seen.add(at);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      visit(
          at + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), field.getValue(), seen);
    }
    for (JsonNode item : node.isArray() ? node : java.util.List.<JsonNode>of()) {
      visit(at + "/*", item, seen);
    }
  }
}
