package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Assertions;
import dev.codicil.contract.Assertions.Condition;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one schema object, or several that must all hold, say beside the constraints of {@link
 * Constraints}. Of two constraints of one kind the stronger stays; where there is none, both are
 * kept as conditions.
 */
final class Additions {
  /** Keywords whose one schema narrows the value as it narrows itself, or turns it round. */
  private static final List<String> SINGLE =
      List.of(
          "not",
          "contains",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentSchema");

  private static final List<String> MAPS = List.of("patternProperties", "dependentSchemas");

  private @Nullable JsonNode fallback;
  private @Nullable BigDecimal multipleOf;
  private boolean uniqueItems;
  private @Nullable Integer minProperties;
  private @Nullable Integer maxProperties;
  private @Nullable Integer minContains;
  private @Nullable Integer maxContains;
  private final Map<String, Set<String>> dependentRequired = new LinkedHashMap<>();
  private @Nullable String encoding;
  private @Nullable String mediaType;
  private final List<List<Place>> prefixItems = new ArrayList<>();
  private final List<Pending> conditions = new ArrayList<>();
  private final List<Condition> made = new ArrayList<>();
  private List<JsonNode> knownValues = List.of();
  private final Map<String, String> discriminator = new LinkedHashMap<>();

  /** Shapes are made later: a schema may lead back to where it stands. */
  private record Pending(String keyword, List<Place> schemas, boolean union, boolean oneOf) {}

  void add(Place schema) {
    if (!schema.node().isObject() || !concerned(schema.node())) {
      return;
    }
    JsonNode node = schema.node();
    fallback = fallback == null ? node.get("default") : fallback;
    multiple(schema);
    uniqueItems |= schema.flag("uniqueItems");
    minProperties = Constraints.larger(minProperties, count(node, "minProperties"));
    maxProperties = Constraints.smaller(maxProperties, count(node, "maxProperties"));
    minContains = Constraints.larger(minContains, count(node, "minContains"));
    maxContains = Constraints.smaller(maxContains, count(node, "maxContains"));
    dependencies(node.path("dependentRequired"));
    encoding = encoding == null ? schema.text("contentEncoding") : encoding;
    mediaType = mediaType == null ? schema.text("contentMediaType") : mediaType;
    List<Place> prefix = Constraints.items(schema, "prefixItems");
    for (int i = 0; i < prefix.size(); i++) {
      if (i == prefixItems.size()) {
        prefixItems.add(new ArrayList<>());
      }
      prefixItems.get(i).add(prefix.get(i));
    }
    conditions(schema);
    if (node.path("x-extensible-enum").isArray() && knownValues.isEmpty()) {
      List<JsonNode> values = new ArrayList<>();
      node.path("x-extensible-enum").forEach(values::add);
      knownValues = values;
    }
    discriminator(node.path("discriminator"));
  }

  /** Most schemas say none of this, and large documents have many. */
  private static boolean concerned(JsonNode schema) {
    for (Map.Entry<String, JsonNode> field : schema.properties()) {
      if (field.getKey().equals("default") || Assertions.KEYWORDS.contains(field.getKey())) {
        return true;
      }
    }
    return false;
  }

  /** A second list of alternatives, which must hold beside the first. */
  void alternatives(List<Place> choices, boolean oneOf) {
    conditions.add(new Pending("allOf", choices, true, oneOf));
  }

  /** A second constraint of a kind of which a node has one. */
  void beside(Shape constraint) {
    made.add(new Condition("allOf", List.of(constraint)));
  }

  private void multiple(Place schema) {
    JsonNode value = schema.node().get("multipleOf");
    if (value == null || !value.isNumber() || value.decimalValue().signum() <= 0) {
      return;
    }
    BigDecimal step = value.decimalValue();
    if (multipleOf != null && multipleOf.compareTo(step) != 0) {
      beside(
          Shape.at(schema.location())
              .assertions(new Assertions.Builder().multipleOf(step).build())
              .build());
    } else {
      multipleOf = step;
    }
  }

  private static @Nullable Integer count(JsonNode node, String keyword) {
    JsonNode value = node.get(keyword);
    if (value == null || !value.isNumber() || value.decimalValue().signum() < 0) {
      return null;
    }
    return value.decimalValue().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
        ? Integer.MAX_VALUE
        : value.intValue();
  }

  private void dependencies(JsonNode declared) {
    for (Map.Entry<String, JsonNode> entry : declared.properties()) {
      Set<String> needed =
          dependentRequired.computeIfAbsent(entry.getKey(), key -> new LinkedHashSet<>());
      entry.getValue().forEach(name -> needed.add(name.asText()));
    }
  }

  private void conditions(Place schema) {
    for (String keyword : SINGLE) {
      Place inner = schema.get(keyword);
      if (inner != null && !allowsAll(inner)) {
        conditions.add(new Pending(keyword, List.of(inner), false, false));
      }
    }
    for (String keyword : MAPS) {
      for (Map.Entry<String, Place> entry : schema.fields(keyword)) {
        conditions.add(
            new Pending(keyword + " " + entry.getKey(), List.of(entry.getValue()), false, false));
      }
    }
    Place condition = schema.get("if");
    Place then = schema.get("then");
    Place otherwise = schema.get("else");
    if (condition != null && (then != null || otherwise != null)) {
      conditions.add(
          new Pending(
              "if",
              List.of(
                  condition,
                  then == null ? Place.anything(schema) : then,
                  otherwise == null ? Place.anything(schema) : otherwise),
              false,
              false));
    }
  }

  private static boolean allowsAll(Place schema) {
    return schema.node().isBoolean() && schema.node().booleanValue();
  }

  private void discriminator(JsonNode declared) {
    if (!declared.isObject() || !discriminator.isEmpty()) {
      return;
    }
    discriminator.put("", declared.path("propertyName").asText());
    for (Map.Entry<String, JsonNode> entry : declared.path("mapping").properties()) {
      String target = entry.getValue().asText();
      discriminator.put(entry.getKey(), target.substring(target.lastIndexOf('/') + 1));
    }
  }

  /** What was said; {@code one} makes the shape of a schema, {@code all} that of several. */
  Assertions build(Function<Place, Shape> one, Function<List<Place>, Shape> all) {
    List<Condition> every = new ArrayList<>(made);
    for (Pending pending : conditions) {
      List<Shape> shapes = pending.schemas().stream().map(one).toList();
      every.add(
          pending.union()
              ? new Condition(pending.keyword(), List.of(union(pending, shapes)))
              : new Condition(pending.keyword(), shapes));
    }
    boolean free =
        fallback == null
            && multipleOf == null
            && !uniqueItems
            && minProperties == null
            && maxProperties == null
            && minContains == null
            && maxContains == null
            && dependentRequired.isEmpty()
            && encoding == null
            && mediaType == null
            && prefixItems.isEmpty()
            && every.isEmpty()
            && knownValues.isEmpty()
            && discriminator.isEmpty();
    if (free) {
      return Assertions.NONE;
    }
    return new Assertions.Builder()
        .fallback(fallback)
        .multipleOf(multipleOf)
        .uniqueItems(uniqueItems)
        .propertyCount(minProperties, maxProperties)
        .containedCount(minContains, maxContains)
        .dependentRequired(dependentRequired)
        .content(encoding, mediaType)
        .prefixItems(prefixItems.stream().map(all).toList())
        .conditions(every)
        .knownValues(knownValues)
        .discriminator(discriminator)
        .build();
  }

  private static Shape union(Pending pending, List<Shape> choices) {
    return Shape.at(pending.schemas().get(0).location())
        .alternatives(
            pending.oneOf() ? Shape.Combination.ONE_OF : Shape.Combination.ANY_OF, choices)
        .build();
  }
}
