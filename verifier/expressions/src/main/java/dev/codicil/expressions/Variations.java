package dev.codicil.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.experiment.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Other values that might as well have stood in a place: of the same kind, larger and smaller. */
final class Variations {
  /** Most values inside of one place that are changed. */
  private static final int MOST_INSIDE = 40;

  private static final List<Integer> STATUSES = List.of(200, 201, 202, 204, 404, 409, 500, 503);
  private static final long FAR = 1_000_000_000_000L;

  private Variations() {}

  /**
   * @param constants what the statement itself compares with
   */
  static List<JsonNode> of(Place place, JsonNode value, List<JsonNode> constants) {
    if (isStatus(place)) {
      return STATUSES.stream()
          .filter(status -> status != value.asInt())
          .map(status -> (JsonNode) IntNode.valueOf(status))
          .toList();
    }
    List<JsonNode> others = of(value, new int[] {MOST_INSIDE});
    if (value.isValueNode() || value.isMissingNode()) {
      constants.stream()
          .filter(one -> value.isMissingNode() || one.getNodeType() == value.getNodeType())
          .forEach(others::add);
    }
    return others;
  }

  private static boolean isStatus(Place place) {
    int depth = place.variable().equals(Invariant.BEFORE) ? 2 : 1;
    return place.path().size() == depth && place.path().get(depth - 1).equals("status");
  }

  private static List<JsonNode> of(JsonNode value, int[] left) {
    List<JsonNode> others = new ArrayList<>();
    if (left[0]-- <= 0) {
      return others;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      for (long other : new long[] {value.longValue() + 1, value.longValue() - 1, 0, FAR, -FAR}) {
        others.add(LongNode.valueOf(other));
      }
    } else if (value.isNumber()) {
      for (double other : new double[] {value.doubleValue() + 0.5, 0.25, FAR + 0.5, -FAR - 0.5}) {
        others.add(DoubleNode.valueOf(other));
      }
    } else if (value.isTextual()) {
      others.add(TextNode.valueOf(""));
      others.add(TextNode.valueOf(value.textValue() + "~"));
      others.add(TextNode.valueOf("~"));
    } else if (value.isBoolean()) {
      others.add(BooleanNode.valueOf(!value.booleanValue()));
    } else if (value.isNull() || value.isMissingNode()) {
      others.add(TextNode.valueOf("~"));
      others.add(LongNode.valueOf(FAR));
      others.add(BooleanNode.TRUE);
    } else if (value instanceof ArrayNode array) {
      array(array, left, others);
    } else if (value instanceof ObjectNode object) {
      object(object, left, others);
    }
    return others;
  }

  private static void array(ArrayNode array, int[] left, List<JsonNode> others) {
    others.add(JsonNodeFactory.instance.arrayNode());
    if (array.isEmpty()) {
      others.add(JsonNodeFactory.instance.arrayNode().add("~"));
      others.add(JsonNodeFactory.instance.arrayNode().add(FAR));
      others.add(JsonNodeFactory.instance.arrayNode().addObject());
      return;
    }
    ArrayNode doubled = array.deepCopy();
    doubled.addAll(array);
    others.add(doubled);
    for (int i = 0; i < array.size() && left[0] > 0; i++) {
      for (JsonNode item : of(array.get(i), left)) {
        ArrayNode copy = array.deepCopy();
        copy.set(i, item);
        others.add(copy);
      }
    }
  }

  private static void object(ObjectNode object, int[] left, List<JsonNode> others) {
    others.add(JsonNodeFactory.instance.objectNode());
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (left[0] <= 0) {
        return;
      }
      for (JsonNode value : of(field.getValue(), left)) {
        ObjectNode copy = object.deepCopy();
        copy.set(field.getKey(), value);
        others.add(copy);
      }
    }
  }
}
