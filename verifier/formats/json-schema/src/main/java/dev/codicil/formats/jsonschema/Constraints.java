package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.JsonType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one schema object, or several that must all hold, say about a value. {@link #tighten} adds a
 * schema: of two constraints of one kind the stronger stays; two that this model cannot say at once
 * are named in {@link #unread}.
 */
public final class Constraints {
  final Set<JsonType> types = EnumSet.noneOf(JsonType.class);
  @Nullable List<JsonNode> enumeration;
  @Nullable String format;
  @Nullable String pattern;
  @Nullable BigDecimal minimum;
  boolean exclusiveMinimum;
  @Nullable BigDecimal maximum;
  boolean exclusiveMaximum;
  @Nullable Integer minLength;
  @Nullable Integer maxLength;
  @Nullable Integer minItems;
  @Nullable Integer maxItems;
  final Map<String, List<Place>> properties = new LinkedHashMap<>();
  final Set<String> required = new LinkedHashSet<>();
  final List<Place> items = new ArrayList<>();
  final List<Place> additional = new ArrayList<>();
  boolean closed;
  private final Set<String> allowed = new TreeSet<>();
  final List<Place> alternatives = new ArrayList<>();
  boolean oneOf;
  @Nullable JsonNode example;
  boolean readOnly;
  boolean writeOnly;
  boolean nullableWithoutType;
  final Set<String> unread = new LinkedHashSet<>();

  private final boolean v30;

  Constraints(boolean v30) {
    this.v30 = v30;
  }

  void tighten(Place schema) {
    if (schema.node().isBoolean()) {
      if (!schema.node().booleanValue()) {
        unread.add("false");
      }
      return;
    }
    types(schema);
    values(schema);
    numbers(schema);
    minLength = larger(minLength, count(schema, "minLength"));
    maxLength = smaller(maxLength, count(schema, "maxLength"));
    minItems = larger(minItems, count(schema, "minItems"));
    maxItems = smaller(maxItems, count(schema, "maxItems"));
    object(schema);
    Place itemSchema = schema.get("items");
    if (itemSchema != null) {
      items.add(itemSchema);
    }
    alternatives(schema);
    readOnly |= schema.flag("readOnly");
    writeOnly |= schema.flag("writeOnly");
    example(schema);
    for (String keyword : Keywords.INEXPRESSIBLE) {
      if (schema.get(keyword) != null && !harmless(keyword, schema)) {
        unread.add(keyword);
      }
    }
  }

  private static boolean harmless(String keyword, Place schema) {
    return keyword.equals("uniqueItems") && !schema.flag(keyword);
  }

  private void types(Place schema) {
    Set<JsonType> declared = EnumSet.noneOf(JsonType.class);
    JsonNode type = schema.node().path("type");
    for (JsonNode name : type.isArray() ? type : Set.of(type)) {
      for (JsonType known : JsonType.values()) {
        if (known.label().equals(name.asText())) {
          declared.add(known);
        }
      }
    }
    boolean nullable = v30 && schema.flag("nullable");
    if (declared.isEmpty()) {
      nullableWithoutType |= nullable;
      return;
    }
    if (nullable) {
      declared.add(JsonType.NULL);
    }
    if (types.isEmpty()) {
      types.addAll(declared);
      return;
    }
    Set<JsonType> both = EnumSet.noneOf(JsonType.class);
    for (JsonType left : types) {
      for (JsonType right : declared) {
        if (left == right || (left == JsonType.INTEGER && right == JsonType.NUMBER)) {
          both.add(left);
        } else if (left == JsonType.NUMBER && right == JsonType.INTEGER) {
          both.add(right);
        }
      }
    }
    if (both.isEmpty()) {
      unread.add("allOf");
    } else {
      types.clear();
      types.addAll(both);
    }
  }

  private void values(Place schema) {
    JsonNode listed = schema.node().path("enum");
    if (listed.isArray()) {
      List<JsonNode> values = new ArrayList<>();
      listed.forEach(values::add);
      allowOnly(values);
    }
    JsonNode constant = schema.node().get("const");
    if (constant != null && v30) {
      unread.add("const");
    } else if (constant != null) {
      allowOnly(List.of(constant));
    }
    format = first("format", format, schema.text("format"));
    pattern = first("pattern", pattern, schema.text("pattern"));
  }

  private void allowOnly(List<JsonNode> values) {
    List<JsonNode> kept =
        enumeration == null
            ? values
            : new ArrayList<>(enumeration.stream().filter(values::contains).toList());
    if (kept.isEmpty()) {
      unread.add("enum");
    } else {
      enumeration = kept;
    }
  }

  private @Nullable String first(String keyword, @Nullable String known, @Nullable String more) {
    if (known != null && more != null && !known.equals(more)) {
      unread.add(keyword);
    }
    return known != null ? known : more;
  }

  private void numbers(Place schema) {
    lower(number(schema, "minimum"), v30 && schema.flag("exclusiveMinimum"));
    upper(number(schema, "maximum"), v30 && schema.flag("exclusiveMaximum"));
    if (!v30) {
      lower(number(schema, "exclusiveMinimum"), true);
      upper(number(schema, "exclusiveMaximum"), true);
    }
  }

  private void lower(@Nullable BigDecimal bound, boolean exclusive) {
    if (bound == null) {
      return;
    }
    int order = minimum == null ? 1 : bound.compareTo(minimum);
    if (order > 0) {
      exclusiveMinimum = exclusive;
      minimum = bound;
    } else if (order == 0) {
      exclusiveMinimum |= exclusive;
    }
  }

  private void upper(@Nullable BigDecimal bound, boolean exclusive) {
    if (bound == null) {
      return;
    }
    int order = maximum == null ? -1 : bound.compareTo(maximum);
    if (order < 0) {
      exclusiveMaximum = exclusive;
      maximum = bound;
    } else if (order == 0) {
      exclusiveMaximum |= exclusive;
    }
  }

  private @Nullable BigDecimal number(Place schema, String keyword) {
    JsonNode value = schema.node().get(keyword);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      unread.add(keyword);
      return null;
    }
    return value.decimalValue();
  }

  private @Nullable Integer count(Place schema, String keyword) {
    BigDecimal value = number(schema, keyword);
    if (value == null || value.signum() < 0) {
      return null;
    }
    return value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
        ? Integer.MAX_VALUE
        : value.intValue();
  }

  private static @Nullable Integer larger(@Nullable Integer left, @Nullable Integer right) {
    return left == null ? right : right == null ? left : Integer.valueOf(Math.max(left, right));
  }

  private static @Nullable Integer smaller(@Nullable Integer left, @Nullable Integer right) {
    return left == null ? right : right == null ? left : Integer.valueOf(Math.min(left, right));
  }

  private void object(Place schema) {
    Set<String> own = new LinkedHashSet<>();
    for (Map.Entry<String, Place> field : schema.fields("properties")) {
      own.add(field.getKey());
      properties.computeIfAbsent(field.getKey(), unused -> new ArrayList<>()).add(field.getValue());
    }
    for (JsonNode name : schema.node().path("required")) {
      if (name.isTextual()) {
        required.add(name.textValue());
      }
    }
    Place rest = schema.get("additionalProperties");
    if (rest == null) {
      return;
    }
    if (rest.node().isObject()) {
      additional.add(rest);
    } else if (rest.node().isBoolean() && !rest.node().booleanValue()) {
      if (closed) {
        allowed.retainAll(own);
      } else {
        allowed.addAll(own);
      }
      closed = true;
    }
  }

  private void alternatives(Place schema) {
    for (String keyword : List.of("oneOf", "anyOf")) {
      List<Place> choices = schema.get(keyword) == null ? List.of() : items(schema, keyword);
      if (choices.isEmpty()) {
        continue;
      }
      if (alternatives.isEmpty()) {
        alternatives.addAll(choices);
        oneOf = keyword.equals("oneOf");
      } else {
        unread.add(keyword);
      }
    }
  }

  public static List<Place> items(Place schema, String keyword) {
    Place list = schema.get(keyword);
    return list == null ? List.of() : list.items();
  }

  private void example(Place schema) {
    if (example != null) {
      return;
    }
    JsonNode given = schema.node().get("example");
    if (given == null && schema.node().path("examples").isArray()) {
      given = schema.node().path("examples").get(0);
    }
    example = given != null ? given : schema.node().get("default");
  }

  /**
   * Applies what only shows when all schemas are in: a closed object refuses the fields that only
   * other schemas list.
   */
  void complete() {
    if (closed) {
      for (String name : required) {
        if (properties.containsKey(name) && !allowed.contains(name)) {
          unread.add("allOf");
        }
      }
      properties.keySet().retainAll(allowed);
    }
    if (nullableWithoutType && !types.isEmpty()) {
      types.add(JsonType.NULL);
    }
  }
}
