package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.Dice;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One draw of a {@link ShapeSampler}; keeps count so that it ends. */
final class ShapeDraw {
  private static final int MOST_NODES = 5_000;
  private static final int MOST_WITH_OPTIONAL = 500;
  private static final int DEEPEST = 64;
  private static final int DEEPEST_OPTIONAL = 8;
  private static final int MOST_ITEMS = 100;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ShapeSampler.Purpose purpose;
  private final Dice dice;
  private final StringSampler strings;
  private final NumberSampler numbers;
  private final Set<String> entered = new HashSet<>();
  private final Set<String> unread = new LinkedHashSet<>();
  private boolean optionalFields;
  private int nodes;
  private String reason = "";

  ShapeDraw(long seed, ShapeSampler.Purpose purpose, boolean optionalFields, String what) {
    this.purpose = purpose;
    this.optionalFields = optionalFields;
    this.dice = Dice.of(seed, what, 0, "sample");
    this.strings = new StringSampler(dice);
    this.numbers = new NumberSampler(dice);
  }

  Optional<JsonNode> value(Shape shape) {
    return draw(shape, "", 0);
  }

  /** Why nothing was drawn. */
  String reason() {
    return reason;
  }

  /** Keywords that were passed over. */
  List<String> unread() {
    return List.copyOf(unread);
  }

  private Optional<JsonNode> none(String pointer, String why) {
    reason = pointer.isEmpty() ? why : pointer + ": " + why;
    return Optional.empty();
  }

  private Optional<JsonNode> draw(Shape shape, String pointer, int depth) {
    if (!(shape instanceof Shape.Reference reference)) {
      return draw(shape.node(), pointer, depth);
    }
    // A value that has a finite form at all has one in which no reference contains itself.
    if (!entered.add(reference.target())) {
      return none(pointer, "recursion through " + reference.target());
    }
    try {
      return draw(reference.node(), pointer, depth);
    } finally {
      entered.remove(reference.target());
    }
  }

  private Optional<JsonNode> draw(Shape.Node node, String pointer, int depth) {
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      return none(pointer, "the shape is too large to draw from");
    }
    unread.addAll(node.unread());
    Optional<JsonNode> written = written(node, pointer);
    if (written.isPresent()) {
      return written;
    }
    if (!node.enumeration().isEmpty()) {
      return none(pointer, "no enumerated value satisfies the rest of the shape");
    }
    return node.alternatives().isEmpty()
        ? byType(node, pointer, depth)
        : byAlternative(node, pointer, depth);
  }

  /** A value the document itself gives: its example, else one of the enumerated. */
  private Optional<JsonNode> written(Shape.Node node, String pointer) {
    JsonNode example = node.example();
    if (example != null && (optionalFields || !example.isContainerNode())) {
      JsonNode fitting = directed(node, example);
      if (ShapeCheck.allows(node, fitting, purpose)) {
        return Optional.of(fitting);
      }
    }
    List<JsonNode> listed = new ArrayList<>();
    node.enumeration().stream().filter(value -> !value.isNull()).forEach(listed::add);
    if (!listed.isEmpty()) {
      Collections.rotate(listed, -dice.below(listed.size(), pointer + "#enum"));
    }
    node.enumeration().stream().filter(JsonNode::isNull).forEach(listed::add);
    return listed.stream()
        .filter(value -> ShapeCheck.allows(node, value, purpose))
        .findFirst()
        .map(JsonNode::deepCopy);
  }

  /** An example without the fields that this direction does not carry. */
  private JsonNode directed(Shape.Node node, JsonNode example) {
    JsonNode copy = example.deepCopy();
    if (copy instanceof ObjectNode object) {
      node.properties()
          .forEach(
              (name, property) -> {
                if (purpose.leavesOut(property.shape().node())) {
                  object.remove(name);
                }
              });
    }
    return copy;
  }

  private Optional<JsonNode> byAlternative(Shape.Node node, String pointer, int depth) {
    Shape.Node rest = ShapeConjunction.withoutAlternatives(node);
    String first = "";
    boolean asked = optionalFields;
    for (Shape alternative : node.alternatives()) {
      // Optional fields can make a value fit a second alternative, which ONE_OF refuses.
      for (boolean optional : asked ? new boolean[] {true, false} : new boolean[] {false}) {
        optionalFields = optional;
        Optional<JsonNode> drawn = alternative(rest, alternative, pointer, depth);
        optionalFields = asked;
        if (drawn.isPresent() && ShapeCheck.allows(node, drawn.get(), purpose)) {
          return drawn;
        }
        first = first.isEmpty() ? reason : first;
      }
    }
    return first.isEmpty() ? none(pointer, "no alternative fits alone") : none("", first);
  }

  private Optional<JsonNode> alternative(
      Shape.Node rest, Shape alternative, String pointer, int depth) {
    String target = alternative instanceof Shape.Reference reference ? reference.target() : "";
    if (!target.isEmpty() && !entered.add(target)) {
      return none(pointer, "recursion through " + target);
    }
    try {
      Optional<Shape.Node> joined = ShapeConjunction.of(rest, alternative.node());
      return joined.isPresent()
          ? draw(joined.get(), pointer, depth + 1)
          : none(pointer, "an alternative contradicts what stands beside it");
    } finally {
      entered.remove(target);
    }
  }

  private Optional<JsonNode> byType(Shape.Node node, String pointer, int depth) {
    String first = "";
    for (JsonType type : candidates(node)) {
      Optional<JsonNode> drawn =
          switch (type) {
            case OBJECT -> object(node, pointer, depth);
            case ARRAY -> array(node, pointer, depth);
            case STRING -> string(node, pointer);
            case INTEGER -> number(node, true, pointer);
            case NUMBER -> number(node, false, pointer);
            case BOOLEAN -> Optional.of(JSON.booleanNode(dice.below(2, pointer + "#boolean") == 1));
            case NULL -> Optional.of(JSON.nullNode());
          };
      if (drawn.isPresent()) {
        return drawn;
      }
      first = first.isEmpty() ? reason : first;
    }
    return none("", first);
  }

  /** The types to try in order; null only when nothing else is left. */
  private static List<JsonType> candidates(Shape.Node node) {
    if (!node.types().isEmpty()) {
      List<JsonType> types = new ArrayList<>(node.types());
      types.sort(Comparator.naturalOrder());
      return types;
    }
    if (!node.properties().isEmpty() || node.additional() != null || node.closed()) {
      return List.of(JsonType.OBJECT);
    }
    if (node.items() != null || node.minItems() != null || node.maxItems() != null) {
      return List.of(JsonType.ARRAY);
    }
    if (node.minimum() != null || node.maximum() != null) {
      return List.of(JsonType.NUMBER);
    }
    return List.of(JsonType.STRING);
  }

  private Optional<JsonNode> string(Shape.Node node, String pointer) {
    StringSampler.Drawn drawn = strings.draw(node, pointer);
    return drawn.text().isPresent()
        ? Optional.of(JSON.textNode(drawn.text().get()))
        : none(pointer, drawn.reason());
  }

  private Optional<JsonNode> number(Shape.Node node, boolean integer, String pointer) {
    Optional<JsonNode> drawn = numbers.draw(node, integer, pointer);
    return drawn.isPresent() ? drawn : none(pointer, "no number lies within the bounds");
  }

  private Optional<JsonNode> array(Shape.Node node, String pointer, int depth) {
    int min = node.minItems() == null ? 0 : Math.max(0, node.minItems());
    int max = node.maxItems() == null ? Integer.MAX_VALUE : node.maxItems();
    if (min > max) {
      return none(pointer, "minItems " + min + " is more than maxItems " + max);
    }
    if (min > MOST_ITEMS) {
      return none(pointer, "minItems " + min + " is more than is generated (" + MOST_ITEMS + ")");
    }
    ArrayNode array = JSON.arrayNode();
    Shape items = node.items();
    int wanted = items == null || cutsOptional(depth) ? min : Math.max(min, Math.min(1, max));
    for (int i = 0; i < wanted; i++) {
      String at = SourceDocument.child(pointer, i);
      Optional<JsonNode> item =
          items == null ? Optional.of(JSON.textNode("item-" + i)) : draw(items, at, depth + 1);
      if (item.isEmpty()) {
        if (array.size() < min) {
          return Optional.empty();
        }
        break;
      }
      array.add(item.get());
    }
    return Optional.of(array);
  }

  private Optional<JsonNode> object(Shape.Node node, String pointer, int depth) {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, Shape.Property> entry : node.properties().entrySet()) {
      Shape.Property property = entry.getValue();
      boolean optional = !property.required();
      if (purpose.leavesOut(property.shape().node())
          || optional && (!optionalFields || cutsOptional(depth))) {
        continue;
      }
      Optional<JsonNode> value =
          draw(property.shape(), SourceDocument.child(pointer, entry.getKey()), depth + 1);
      if (value.isPresent()) {
        object.set(entry.getKey(), value.get());
      } else if (!optional) {
        return Optional.empty();
      }
    }
    return Optional.of(object);
  }

  private boolean cutsOptional(int depth) {
    return depth >= DEEPEST_OPTIONAL || nodes > MOST_WITH_OPTIONAL;
  }
}
