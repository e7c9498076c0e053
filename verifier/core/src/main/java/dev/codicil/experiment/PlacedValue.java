package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a shape in which one place is given: what leads there is drawn as small as it may be,
 * and holds the place although it is optional.
 */
final class PlacedValue {
  private static final int MOST_DRAWS = 200;
  private static final int MOST_OPTIONS = 16;
  private static final String SOME_KEY = "key";

  private final ShapeSampler sampler;
  private final ShapeSampler.Purpose purpose;
  private final String name;
  private final Map<Shape.Node, List<Shape.Node>> joined = new IdentityHashMap<>();
  private final Map<Integer, Map<Shape.Node, Optional<JsonNode>>> drawn = new HashMap<>();
  private int draws;

  PlacedValue(long seed, ShapeSampler.Purpose purpose, String name) {
    this.purpose = purpose;
    this.sampler = ShapeSampler.of(seed, purpose).withoutOptionalFields();
    this.name = name;
  }

  /**
   * Makes the value. What is drawn around the place is the same each time, and drawn once.
   *
   * @param shape of the whole
   * @param pointer where the place is, a JSON pointer with {@code *} for any item or unlisted field
   * @param given what stands there; null when nothing does
   * @return null when no value with that place can be drawn
   */
  @Nullable JsonNode of(Shape shape, String pointer, @Nullable JsonNode given) {
    List<String> steps = new ArrayList<>();
    if (!pointer.isEmpty()) {
      for (String step : pointer.substring(1).split("/", -1)) {
        steps.add(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    draws = 0;
    return build(shape.node(), steps, 0, given);
  }

  private @Nullable JsonNode build(
      Shape.Node node, List<String> steps, int at, @Nullable JsonNode given) {
    if (at == steps.size()) {
      return given;
    }
    if (++draws > MOST_DRAWS) {
      return null;
    }
    String step = steps.get(at);
    boolean here =
        node.properties().containsKey(step)
            || step.equals("*") && (node.items() != null || node.additional() != null);
    if (node.alternatives().isEmpty()) {
      return here || at == steps.size() - 1 && given == null ? step(node, steps, at, given) : null;
    }
    for (Shape.Node option : joined.computeIfAbsent(node, PlacedValue::options)) {
      JsonNode built = build(option, steps, at, given);
      if (built != null && ShapeCheck.allows(node, built, purpose)) {
        return built;
      }
    }
    return null;
  }

  private static List<Shape.Node> options(Shape.Node node) {
    Shape.Node rest = ShapeConjunction.withoutAlternatives(node);
    return node.alternatives().stream()
        .limit(MOST_OPTIONS)
        .flatMap(option -> ShapeConjunction.of(rest, option.node()).stream())
        .toList();
  }

  private Optional<JsonNode> around(Shape.Node node, int at) {
    return drawn
        .computeIfAbsent(at, depth -> new IdentityHashMap<>())
        .computeIfAbsent(node, shape -> sampler.sample(shape, name + "/" + at).found())
        .map(JsonNode::deepCopy);
  }

  private @Nullable JsonNode step(
      Shape.Node node, List<String> steps, int at, @Nullable JsonNode given) {
    String step = steps.get(at);
    boolean last = at == steps.size() - 1;
    Shape.Property property = node.properties().get(step);
    Shape items = node.items();
    if (property == null && step.equals("*") && items != null) {
      JsonNode item = build(items.node(), steps, at + 1, given);
      return item == null ? null : array(node, item);
    }
    if (!(around(node, at).orElse(null) instanceof ObjectNode object)) {
      return null;
    }
    String key = property == null && step.equals("*") ? SOME_KEY : step;
    if (last && given == null) {
      object.remove(key);
      return object;
    }
    Shape child = property != null ? property.shape() : node.additional();
    JsonNode value = child == null ? null : build(child.node(), steps, at + 1, given);
    if (value == null) {
      return null;
    }
    object.set(key, value);
    return object;
  }

  private static ArrayNode array(Shape.Node node, JsonNode item) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    int size = node.minItems() == null ? 1 : Math.max(1, Math.min(node.minItems(), 100));
    for (int i = 0; i < size; i++) {
      array.add(item);
    }
    return array;
  }
}
