package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes shapes of example trees: the example gives the structure, the matchers loosen it. A
 * provider may add fields to a reply; a consumer may not add fields to a request.
 */
final class ShapeReader {
  private final Places places;
  private final boolean closed;

  /**
   * @param closed whether objects refuse fields the example lacks, as in requests
   */
  ShapeReader(Places places, boolean closed) {
    this.places = places;
    this.closed = closed;
  }

  Shape read(JsonNode example, String pointer, RuleTree rules) {
    return shape(example, pointer, rules.walk());
  }

  private Shape.Node shape(JsonNode example, String pointer, RuleTree.Walk walk) {
    if (example.isObject()) {
      return object(example, pointer, walk);
    }
    if (example.isArray()) {
      return array(example, pointer, walk);
    }
    return LeafShape.of(example, walk.group(), places.locate(pointer));
  }

  private Shape.Node object(JsonNode example, String pointer, RuleTree.Walk walk) {
    RuleGroup group = walk.group();
    Shape.Builder shape = container(JsonType.OBJECT, example, pointer, group);
    if (group != null && group.ofMembers()) {
      return map(example, pointer, walk, group, shape);
    }
    shape.closed(closed);
    example
        .properties()
        .forEach(
            field ->
                shape.property(
                    field.getKey(),
                    shape(
                        field.getValue(),
                        SourceDocument.child(pointer, field.getKey()),
                        walk.field(field.getKey())),
                    true));
    return shape.build();
  }

  /** An object whose keys are free: the first example value stands for all. */
  private Shape.Node map(
      JsonNode example, String pointer, RuleTree.Walk walk, RuleGroup group, Shape.Builder shape) {
    if (group.has(Rule.Kind.EACH_KEY)) {
      shape.unread(List.of("eachKey"));
    }
    if (!example.isEmpty()) {
      Map.Entry<String, JsonNode> first = example.properties().iterator().next();
      RuleTree.Walk below = eachValue(walk.field(first.getKey()), group);
      shape.additional(
          shape(first.getValue(), SourceDocument.child(pointer, first.getKey()), below));
    }
    return shape.build();
  }

  private static RuleTree.Walk eachValue(RuleTree.Walk below, @Nullable RuleGroup group) {
    if (group == null) {
      return below;
    }
    List<Rule> nested = group.first(Rule.Kind.EACH_VALUE).map(Rule::nested).orElse(List.<Rule>of());
    return nested.isEmpty() ? below : below.with(new RuleGroup(nested, false, group.path()));
  }

  private Shape.Node array(JsonNode example, String pointer, RuleTree.Walk walk) {
    RuleGroup group = walk.group();
    Shape.Builder shape = container(JsonType.ARRAY, example, pointer, group);
    if (group != null && group.has(Rule.Kind.ARRAY_CONTAINS)) {
      return contains(example, pointer, group, shape);
    }
    count(shape, example.size(), walk);
    List<Shape.Node> items = new ArrayList<>(example.size());
    for (int i = 0; i < example.size(); i++) {
      RuleTree.Walk below = eachValue(walk.item(i), walk.direct() ? group : null);
      items.add(shape(example.get(i), SourceDocument.child(pointer, i), below));
    }
    return items.isEmpty()
        ? shape.build()
        : shape.items(merge(items, places.locate(pointer))).build();
  }

  /**
   * Each variant must be among the items, and the rest of the array is free, which no shape can
   * say: the items are the variants, and the mark says that there may be others.
   */
  private Shape.Node contains(
      JsonNode example, String pointer, RuleGroup group, Shape.Builder shape) {
    shape.itemCount(example.isEmpty() ? null : 1, null).unread(List.of("arrayContains"));
    List<Rule.Variant> variants =
        group.first(Rule.Kind.ARRAY_CONTAINS).map(Rule::variants).orElse(List.<Rule.Variant>of());
    List<Shape.Node> items = new ArrayList<>();
    for (int i = 0; i < example.size(); i++) {
      int index = i;
      RuleTree rules =
          variants.stream()
              .filter(variant -> variant.index() == index)
              .findFirst()
              .map(Rule.Variant::rules)
              .orElseGet(RuleTree::new);
      items.add(shape(example.get(i), SourceDocument.child(pointer, i), rules.walk()));
    }
    return items.isEmpty()
        ? shape.build()
        : shape.items(merge(items, places.locate(pointer))).build();
  }

  /** Without matchers an array is exactly as long as the example; with them as long as they say. */
  private static void count(Shape.Builder shape, int size, RuleTree.Walk walk) {
    RuleGroup group = walk.group();
    Integer min = null;
    Integer max = null;
    boolean exact = true;
    if (group != null) {
      for (Rule rule : group.rules()) {
        boolean bounded = walk.direct() && (rule.min() != null || rule.max() != null);
        if (bounded) {
          min = rule.min() == null ? min : rule.min();
          max = rule.max() == null ? max : rule.max();
        }
        boolean loose =
            rule.kind() != Rule.Kind.EQUALITY && (rule.kind() != Rule.Kind.IGNORE_ORDER || bounded);
        exact &= !loose;
        if (rule.kind() == Rule.Kind.NOT_EMPTY && walk.direct() && min == null) {
          min = 1;
        }
      }
    }
    if (exact) {
      shape.itemCount(size, size);
    } else {
      shape.itemCount(min, max);
    }
  }

  private Shape.Builder container(
      JsonType type, JsonNode example, String pointer, @Nullable RuleGroup group) {
    Set<JsonType> types = EnumSet.of(type);
    if (group != null && group.allowsNull()) {
      types.add(JsonType.NULL);
    }
    return Shape.at(places.locate(pointer)).types(types).example(example);
  }

  /** One shape for all items: the same, one list of values, or alternatives. */
  static Shape merge(List<Shape.Node> items, Location location) {
    if (items.size() == 1) {
      return items.get(0);
    }
    Map<String, Shape.Node> different = new LinkedHashMap<>();
    Map<Set<JsonType>, Set<JsonNode>> listed = new LinkedHashMap<>();
    for (Shape.Node item : items) {
      if (item.enumeration().size() == 1) {
        listed
            .computeIfAbsent(item.types(), types -> new LinkedHashSet<>())
            .add(item.enumeration().get(0));
      } else {
        different.putIfAbsent(ShapeText.of(item), item);
      }
    }
    List<Shape> ways = new ArrayList<>();
    listed.forEach(
        (types, values) ->
            ways.add(
                Shape.at(location)
                    .types(types)
                    .enumeration(List.copyOf(values))
                    .example(values.iterator().next())
                    .build()));
    ways.addAll(different.values());
    return ways.size() == 1
        ? ways.get(0)
        : Shape.at(location).alternatives(Shape.Combination.ANY_OF, ways).build();
  }
}
