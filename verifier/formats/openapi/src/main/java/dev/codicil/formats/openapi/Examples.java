package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The examples of one parameter or media type.
 *
 * @param named by name, in document order
 * @param single the one without a name, else the only or first named one, else that of the schema
 * @param explicit whether {@code single} stands beside the schema and not inside it
 */
record Examples(Map<String, JsonNode> named, @Nullable JsonNode single, boolean explicit) {
  static final Examples NONE = new Examples(Map.of(), null, false);

  /** Reads {@code example}, {@code examples} and then the schema's own. */
  static Examples of(Place holder, @Nullable Shape shape, Documents documents, Problems problems) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    for (Map.Entry<String, Place> entry : holder.fields("examples")) {
      Place example = problems.follow(documents, entry.getValue());
      JsonNode value = example == null ? null : example.node().get("value");
      if (value != null) {
        named.put(entry.getKey(), value);
      }
    }
    JsonNode single = holder.node().get("example");
    if (single == null && !named.isEmpty()) {
      single = named.values().iterator().next();
    }
    if (single != null) {
      return new Examples(named, single, true);
    }
    return new Examples(named, shape == null ? null : inSchema(shape.node()), false);
  }

  /** The example of a schema, or the one value it allows. */
  private static @Nullable JsonNode inSchema(Shape.Node node) {
    if (node.example() != null) {
      return node.example();
    }
    return node.enumeration().size() == 1 ? node.enumeration().get(0) : null;
  }

  /** The example of that name, else the single one; null when there is neither. */
  @Nullable JsonNode called(String name) {
    JsonNode found = named.get(name);
    return found != null ? found : single;
  }

  /** What the author wrote beside the schema, for the shape; null when there is nothing. */
  @Nullable JsonNode besideSchema() {
    return explicit ? single : null;
  }
}
