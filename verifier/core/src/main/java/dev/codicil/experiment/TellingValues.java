package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that one shape allows and another may refuse, those it surely refuses first. */
final class TellingValues {
  private static final int MOST = 24;
  private static final int LONGEST = 4_000;
  private static final int MOST_ITEMS = 200;
  private static final int DRAWS = 6;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Shape.Node allowing;
  private final Shape.Node refusing;
  private final ShapeSampler.Purpose purpose;
  private final long seed;
  private final String name;
  private final Set<JsonNode> values = new LinkedHashSet<>();

  private TellingValues(
      Shape.Node allowing,
      Shape.Node refusing,
      ShapeSampler.Purpose purpose,
      long seed,
      String name) {
    this.allowing = allowing;
    this.refusing = refusing;
    this.purpose = purpose;
    this.seed = seed;
    this.name = name;
  }

  static List<JsonNode> of(
      Shape allowing, Shape refusing, ShapeSampler.Purpose purpose, long seed, String name) {
    TellingValues telling =
        new TellingValues(allowing.node(), refusing.node(), purpose, seed, name);
    telling.collect();
    List<JsonNode> sure = new ArrayList<>();
    List<JsonNode> perhaps = new ArrayList<>();
    for (JsonNode value : telling.values) {
      if (ShapeCheck.allows(allowing, value, purpose)) {
        (ShapeCheck.allows(refusing, value, purpose) ? perhaps : sure).add(value);
      }
    }
    sure.addAll(perhaps);
    return sure.size() > MOST ? List.copyOf(sure.subList(0, MOST)) : sure;
  }

  private void collect() {
    allowing.enumeration().stream()
        .filter(value -> !ShapeCheck.listed(refusing.enumeration(), value))
        .limit(MOST)
        .forEach(values::add);
    values.add(NullNode.instance);
    numbers();
    texts();
    samples();
    items();
    fields();
  }

  private void numbers() {
    for (BigDecimal bound : bounds()) {
      if (bound.precision() > 100 || Math.abs((long) bound.scale()) > 100) {
        continue;
      }
      add(bound);
      add(bound.subtract(BigDecimal.ONE));
      add(bound.add(BigDecimal.ONE));
    }
    add(BigDecimal.ZERO);
    values.add(BigIntegerNode.valueOf(java.math.BigInteger.ONE.shiftLeft(31)));
    values.add(BigIntegerNode.valueOf(java.math.BigInteger.ONE.shiftLeft(63)));
    values.add(DecimalNode.valueOf(new BigDecimal("0.5")));
  }

  private List<BigDecimal> bounds() {
    List<BigDecimal> bounds = new ArrayList<>();
    for (Shape.Node node : List.of(refusing, allowing)) {
      if (node.minimum() != null) {
        bounds.add(node.minimum());
      }
      if (node.maximum() != null) {
        bounds.add(node.maximum());
      }
    }
    return bounds;
  }

  private void add(BigDecimal number) {
    values.add(
        number.stripTrailingZeros().scale() <= 0
            ? BigIntegerNode.valueOf(number.toBigInteger())
            : DecimalNode.valueOf(number));
  }

  private void texts() {
    for (Integer bound : bounds(refusing.minLength(), refusing.maxLength())) {
      text(bound - 1);
      text(bound + 1);
    }
    for (Integer bound : bounds(allowing.minLength(), allowing.maxLength())) {
      text(bound);
    }
    values.add(TextNode.valueOf("?"));
    values.add(TextNode.valueOf(""));
    values.add(TextNode.valueOf("text"));
    values.add(JSON.booleanNode(true));
  }

  private static List<Integer> bounds(@Nullable Integer low, @Nullable Integer high) {
    List<Integer> bounds = new ArrayList<>();
    if (low != null) {
      bounds.add(low);
    }
    if (high != null) {
      bounds.add(high);
    }
    return bounds;
  }

  private void text(int length) {
    if (length >= 0 && length <= LONGEST) {
      values.add(TextNode.valueOf("x".repeat(length)));
    }
  }

  private void samples() {
    ShapeSampler full = ShapeSampler.of(seed, purpose);
    for (int i = 0; i < DRAWS; i++) {
      ShapeSampler sampler = i % 2 == 0 ? full : full.withoutOptionalFields();
      sampler.sample(allowing, name + "#" + i).found().ifPresent(values::add);
    }
    for (JsonType type : JsonType.values()) {
      Shape.Node only = Shape.at(allowing.location()).type(type).build();
      ShapeConjunction.of(allowing, only)
          .flatMap(node -> full.sample(node, name + "#" + type.label()).found())
          .ifPresent(values::add);
    }
    Shape.Node rest = ShapeConjunction.withoutAlternatives(allowing);
    allowing.alternatives().stream()
        .limit(DRAWS)
        .forEach(
            option ->
                ShapeConjunction.of(rest, option.node())
                    .flatMap(node -> full.sample(node, name + "#option").found())
                    .ifPresent(values::add));
  }

  private void items() {
    List<Integer> sizes = new ArrayList<>();
    for (Integer bound : bounds(refusing.minItems(), refusing.maxItems())) {
      sizes.add(bound - 1);
      sizes.add(bound + 1);
    }
    sizes.addAll(bounds(allowing.minItems(), allowing.maxItems()));
    Shape items = allowing.items();
    for (int size : sizes) {
      if (size < 0 || size > MOST_ITEMS) {
        continue;
      }
      ArrayNode array = JSON.arrayNode();
      ShapeSampler sampler = ShapeSampler.of(seed, purpose).withoutOptionalFields();
      for (int i = 0; i < size; i++) {
        JsonNode item =
            items == null
                ? TextNode.valueOf("item-" + i)
                : sampler.sample(items, name + "#item" + i).value();
        if (item == null) {
          break;
        }
        array.add(item);
      }
      values.add(array);
    }
  }

  /**
   * Objects with a field that is listed nowhere, and without each of the fields that are listed.
   */
  private void fields() {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode value : values) {
      if (value instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    for (ObjectNode object : objects.stream().limit(2).toList()) {
      ObjectNode more = object.deepCopy();
      more.put("notListed", "text");
      values.add(more);
      for (String field : refusing.properties().keySet().stream().limit(MOST).toList()) {
        if (object.has(field)) {
          ObjectNode less = object.deepCopy();
          less.remove(field);
          values.add(less);
        }
      }
    }
  }
}
