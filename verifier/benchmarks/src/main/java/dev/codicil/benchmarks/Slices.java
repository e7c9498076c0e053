package dev.codicil.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cuts smaller documents out of a large one: some of its paths, with all that they refer to. */
final class Slices {
  private Slices() {}

  /**
   * The document with every {@code step}-th path.
   *
   * @param document an OpenAPI document in one file
   * @param step 1 for the whole document
   */
  static ObjectNode everyNth(JsonNode document, int step) {
    ObjectNode slice = document.deepCopy();
    for (String section : List.of("paths", "webhooks", "x-webhooks")) {
      if (slice.get(section) instanceof ObjectNode entries) {
        keep(entries, step);
      }
    }
    ObjectNode components = (ObjectNode) slice.get("components");
    slice.remove("components");
    Set<String> kept = reachable(slice, document);
    for (Map.Entry<String, JsonNode> section : components.properties()) {
      if (section.getValue() instanceof ObjectNode entries) {
        Iterator<String> names = entries.fieldNames();
        while (names.hasNext()) {
          String pointer = "#/components/" + section.getKey() + "/" + names.next();
          if (!kept.contains(pointer)) {
            names.remove();
          }
        }
      }
    }
    slice.set("components", components);
    return slice;
  }

  private static void keep(ObjectNode entries, int step) {
    int index = 0;
    for (Iterator<String> names = entries.fieldNames(); names.hasNext(); index++) {
      names.next();
      if (index % step != 0) {
        names.remove();
      }
    }
  }

  private static Set<String> reachable(JsonNode from, JsonNode document) {
    Set<String> references = new LinkedHashSet<>();
    Deque<JsonNode> waiting = new ArrayDeque<>();
    waiting.push(from);
    while (!waiting.isEmpty()) {
      JsonNode node = waiting.pop();
      JsonNode reference = node.get("$ref");
      if (reference != null && reference.isTextual() && references.add(reference.asText())) {
        waiting.push(document.at(reference.asText().substring(1)));
      }
      node.forEach(waiting::push);
    }
    return references;
  }
}
