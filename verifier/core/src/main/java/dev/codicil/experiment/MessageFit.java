package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Shape;
import java.util.Map;

/**
 * Makes of a message of the base what the head's contract makes of it. What both allow stays; where
 * they differ, the message takes what only the head allows, since that is what will come: a field
 * that is gone or has become optional is left out, one that has become required is added, a value
 * that is not allowed any more is drawn anew.
 */
final class MessageFit {
  private static final int DEEPEST = 32;

  private final ShapeSampler sampler;

  MessageFit(long seed) {
    this.sampler = ShapeSampler.of(seed, ShapeSampler.Purpose.REPLY);
  }

  /**
   * @param value of the base; not changed
   * @param what name of the draws
   */
  JsonNode fitted(JsonNode value, Shape before, Shape after, String what) {
    return fitted(value, before, after, what, 0);
  }

  private JsonNode fitted(JsonNode value, Shape before, Shape after, String what, int depth) {
    if (depth > DEEPEST) {
      return value;
    }
    Shape.Node old = before.node();
    Shape.Node now = after.node();
    if (value instanceof ObjectNode object && ShapeCheck.typeAllowed(now, value)) {
      return object(object, old, now, what, depth);
    }
    Shape oldItems = old.items();
    Shape items = now.items();
    if (value instanceof ArrayNode array && items != null && oldItems != null) {
      ArrayNode all = array.arrayNode();
      for (int i = 0; i < array.size(); i++) {
        all.add(fitted(array.get(i), oldItems, items, what + "/" + i, depth + 1));
      }
      return all;
    }
    return ShapeCheck.allows(after, value, ShapeSampler.Purpose.REPLY)
        ? value
        : sampler.sample(after, what).found().orElse(value);
  }

  private JsonNode object(
      ObjectNode value, Shape.Node old, Shape.Node now, String what, int depth) {
    ObjectNode made = value.objectNode();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      Shape.Property was = old.properties().get(field.getKey());
      Shape.Property is = now.properties().get(field.getKey());
      if (was != null && (is == null || was.required() && !is.required())) {
        continue; // nobody can rely on it any more
      }
      made.set(
          field.getKey(),
          was == null || is == null
              ? field.getValue()
              : fitted(
                  field.getValue(),
                  was.shape(),
                  is.shape(),
                  what + "/" + field.getKey(),
                  depth + 1));
    }
    now.properties()
        .forEach(
            (name, property) -> {
              if (property.required() && !made.has(name)) {
                sampler
                    .sample(property.shape(), what + "/" + name)
                    .found()
                    .ifPresent(drawn -> made.set(name, drawn));
              }
            });
    return made;
  }
}
