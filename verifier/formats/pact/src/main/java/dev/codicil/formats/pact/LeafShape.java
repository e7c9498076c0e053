package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of a scalar: exactly the example, or what its matchers ask. */
final class LeafShape {
  private static final String SEMVER =
      "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
          + "(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$";

  private LeafShape() {}

  static Shape.Node of(JsonNode example, @Nullable RuleGroup group, Location location) {
    if (group == null || group.rules().isEmpty()) {
      return exact(example, location);
    }
    if (!group.anyOf() || group.rules().size() == 1) {
      return all(example, group.rules(), location);
    }
    return any(example, group, location);
  }

  private static Shape.Node exact(JsonNode example, Location location) {
    return Shape.at(location)
        .type(JsonType.of(example))
        .enumeration(List.of(example))
        .example(example)
        .build();
  }

  /** The usual OR is "this or null", which is a nullable shape and not a list of alternatives. */
  private static Shape.Node any(JsonNode example, RuleGroup group, Location location) {
    List<Rule> rest = group.rules().stream().filter(rule -> rule.kind() != Rule.Kind.NULL).toList();
    if (rest.size() == 1 && !example.isNull()) {
      return all(example, rest, location, true);
    }
    List<Shape> ways = new ArrayList<>();
    for (Rule rule : group.rules()) {
      ways.add(all(example, List.of(rule), location));
    }
    return Shape.at(location).alternatives(Shape.Combination.ANY_OF, ways).example(example).build();
  }

  private static Shape.Node all(JsonNode example, List<Rule> rules, Location location) {
    return all(example, rules, location, false);
  }

  private static Shape.Node all(
      JsonNode example, List<Rule> rules, Location location, boolean orNull) {
    Building building = new Building(example, Shape.at(location).example(example));
    rules.forEach(building::add);
    return building.build(orNull);
  }

  /** The type a {@code type} matcher asks: Pact does not tell integers from other numbers. */
  static JsonType looseType(JsonNode example) {
    return example.isNumber() ? JsonType.NUMBER : JsonType.of(example);
  }

  private static final class Building {
    private final JsonNode example;
    private final Shape.Builder shape;
    private final List<String> unread = new ArrayList<>();
    private @Nullable Set<JsonType> types;
    private @Nullable String pattern;
    private List<JsonNode> values = List.of();

    Building(JsonNode example, Shape.Builder shape) {
      this.example = example;
      this.shape = shape;
    }

    void add(Rule rule) {
      switch (rule.kind()) {
        case TYPE, VALUES, EACH_KEY, EACH_VALUE, ARRAY_CONTAINS -> type(looseType(example));
        case EQUALITY, IGNORE_ORDER -> {
          type(JsonType.of(example));
          values = List.of(example);
        }
        case INTEGER -> {
          type(JsonType.INTEGER);
          // Only a generator bounds a number.
          if (rule.min() != null) {
            shape.minimum(BigDecimal.valueOf(rule.min()), false);
          }
          if (rule.max() != null) {
            shape.maximum(BigDecimal.valueOf(rule.max()), false);
          }
        }
        case DECIMAL, NUMBER -> type(JsonType.NUMBER);
        case BOOLEAN -> type(JsonType.BOOLEAN);
        case NULL -> type(JsonType.NULL);
        case REGEX -> {
          // Pact compares the text of a number too; only then may it be something else.
          if (example.isTextual()) {
            type(JsonType.STRING);
          }
          pattern(anchored(text(rule)));
        }
        case INCLUDE -> {
          type(looseType(example));
          pattern(DatePattern.quote(text(rule)));
        }
        case SEMVER -> {
          type(JsonType.STRING);
          pattern(SEMVER);
        }
        case NOT_EMPTY -> {
          type(looseType(example));
          if (example.isTextual()) {
            shape.length(1, null);
          }
        }
        case DATE, TIME, DATETIME -> date(rule);
        case CONTENT_TYPE -> shape.format("binary");
        case STATUS_CODE, UNKNOWN -> unread.add("matcher");
      }
    }

    private void date(Rule rule) {
      type(JsonType.STRING);
      String form = rule.text() == null ? DatePattern.byDefault(rule.kind()) : rule.text();
      String format = DatePattern.format(rule.kind(), form);
      String regex = DatePattern.regex(form);
      shape.format(format);
      if (pattern != null) {
        // An expression beside it says more than the digits do.
        return;
      }
      if (regex != null) {
        pattern(regex);
      } else if (format == null) {
        unread.add(rule.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + form);
      }
    }

    private void type(JsonType type) {
      if (types == null) {
        types = EnumSet.of(type);
      } else if (!types.contains(type)) {
        // Two matchers that must both hold: the narrower number type is the one that counts.
        boolean numbers = types.contains(JsonType.NUMBER) && type == JsonType.INTEGER;
        if (numbers) {
          types = EnumSet.of(type);
        } else if (!(types.contains(JsonType.INTEGER) && type == JsonType.NUMBER)) {
          unread.add("second type " + type.label());
        }
      }
    }

    private void pattern(String regex) {
      if (pattern == null) {
        pattern = regex;
      } else {
        unread.add("second pattern " + regex);
      }
    }

    private static String text(Rule rule) {
      return rule.text() == null ? "" : rule.text();
    }

    Shape.Node build(boolean orNull) {
      Set<JsonType> allowed = types == null ? Set.of() : EnumSet.copyOf(types);
      List<JsonNode> listed = values;
      if (orNull && !allowed.isEmpty()) {
        allowed.add(JsonType.NULL);
        if (!listed.isEmpty()) {
          listed = List.of(listed.get(0), NullNode.instance);
        }
      }
      return shape.types(allowed).pattern(pattern).enumeration(listed).unread(unread).build();
    }
  }

  /** Pact matches the whole text, a schema's pattern any part of it. */
  static String anchored(String regex) {
    boolean whole =
        regex.startsWith("^")
            && regex.endsWith("$")
            && !regex.endsWith("\\$")
            && regex.indexOf('|') < 0;
    return whole ? regex : "^(?:" + regex + ")$";
  }
}
