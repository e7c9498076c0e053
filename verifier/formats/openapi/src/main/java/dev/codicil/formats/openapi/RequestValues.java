package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Shape;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of parameters in a concrete request, read as their style writes them. */
final class RequestValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, String> path;
  private final Map<String, List<String>> query;
  private final HttpRequest request;

  RequestValues(String template, HttpRequest request) {
    this.request = request;
    this.path = path(template, request.path());
    this.query = pairs(request.query());
  }

  /**
   * What a parameter's text may mean: a text may be a number too. Empty when the parameter is not
   * there; an empty list when its style cannot be read.
   */
  Optional<List<JsonNode>> of(ParameterSpec spec) {
    String name = spec.parameter().name();
    Shape shape = spec.parameter().shape();
    return switch (spec.parameter().in()) {
      case PATH -> {
        // Several parameters in one segment cannot be told apart.
        String value = path.get(name);
        yield value == null ? Optional.of(List.of()) : text(value, spec, shape);
      }
      case HEADER -> {
        List<String> values = request.headers().all(name);
        yield text(values.isEmpty() ? null : String.join(",", values), spec, shape);
      }
      case COOKIE -> text(cookie(name), spec, shape);
      case QUERY -> query(spec, name, shape);
      case SERVER -> Optional.of(List.of());
    };
  }

  private Optional<List<JsonNode>> query(ParameterSpec spec, String name, Shape shape) {
    Set<JsonType> types = RequestRules.types(shape);
    List<String> values = query.getOrDefault(name, List.of());
    if (spec.style().equals("deepObject") || types.contains(JsonType.OBJECT) && spec.explode()) {
      ObjectNode object = JSON.objectNode();
      boolean deep = spec.style().equals("deepObject");
      shape
          .node()
          .properties()
          .forEach(
              (field, property) -> {
                List<String> given =
                    query.getOrDefault(deep ? name + "[" + field + "]" : field, List.of());
                if (!given.isEmpty()) {
                  object.set(
                      field,
                      SchemaExpectation.scalar(given.get(0), RequestRules.types(property.shape())));
                }
              });
      return object.isEmpty() ? Optional.empty() : Optional.of(List.of(object));
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (types.contains(JsonType.ARRAY) && spec.explode()) {
      List<JsonNode> readings = new ArrayList<>(List.of(array(values, shape)));
      if (values.size() == 1) {
        readings.addAll(scalars(values.get(0), types));
      }
      return Optional.of(readings);
    }
    return text(values.get(0), spec, shape);
  }

  private static Optional<List<JsonNode>> text(
      @Nullable String text, ParameterSpec spec, Shape shape) {
    if (text == null) {
      return Optional.empty();
    }
    if (spec.style().equals("json")) {
      return Optional.of(List.of(Payload.of(text).json().orElseGet(() -> TextNode.valueOf(text))));
    }
    if (!ParameterSpec.STYLES.contains(spec.style())) {
      return Optional.of(List.of());
    }
    Set<JsonType> types = RequestRules.types(shape);
    if (types.contains(JsonType.ARRAY)) {
      String separator = java.util.regex.Pattern.quote(spec.separator());
      List<JsonNode> readings =
          new ArrayList<>(List.of(array(List.of(text.split(separator, -1)), shape)));
      readings.addAll(scalars(text, types));
      return Optional.of(readings);
    }
    if (types.contains(JsonType.OBJECT)) {
      return Optional.of(List.of(object(text, spec.explode(), shape)));
    }
    return Optional.of(scalars(text, types));
  }

  private static List<JsonNode> scalars(String text, Set<JsonType> types) {
    Set<JsonNode> readings = new LinkedHashSet<>();
    if (types.contains(JsonType.STRING) || types.isEmpty()) {
      readings.add(TextNode.valueOf(text));
    }
    readings.add(SchemaExpectation.scalar(text, types));
    if (types.contains(JsonType.NULL) && text.isEmpty()) {
      readings.add(NullNode.instance);
    }
    return List.copyOf(readings);
  }

  private static ArrayNode array(List<String> values, Shape shape) {
    Shape items = shape.node().items();
    Set<JsonType> types = items == null ? Set.of() : RequestRules.types(items);
    ArrayNode array = JSON.arrayNode();
    values.forEach(value -> array.add(SchemaExpectation.scalar(value, types)));
    return array;
  }

  private static ObjectNode object(String text, boolean explode, Shape shape) {
    ObjectNode object = JSON.objectNode();
    String[] parts = text.split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      String name = parts[i];
      String value = "";
      if (explode && name.indexOf('=') >= 0) {
        value = name.substring(name.indexOf('=') + 1);
        name = name.substring(0, name.indexOf('='));
      } else if (!explode && i + 1 < parts.length) {
        value = parts[++i];
      }
      field(object, name, value, shape);
    }
    return object;
  }

  /** A form as the object it stands for. */
  static ObjectNode form(String text, Shape shape) {
    ObjectNode object = JSON.objectNode();
    pairs(text)
        .forEach(
            (name, values) -> {
              Shape.Property property = shape.node().properties().get(name);
              boolean list =
                  property != null && RequestRules.types(property.shape()).contains(JsonType.ARRAY);
              if (list && property != null) {
                object.set(name, array(values, property.shape()));
              } else {
                field(object, name, values.get(0), shape);
              }
            });
    return object;
  }

  private static void field(ObjectNode object, String name, String value, Shape shape) {
    Shape.Property property = shape.node().properties().get(name);
    Set<JsonType> types = property == null ? Set.of() : RequestRules.types(property.shape());
    object.set(name, SchemaExpectation.scalar(value, types));
  }

  private @Nullable String cookie(String name) {
    for (String line : request.headers().all("cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return decode(pair.substring(equals + 1).strip());
        }
      }
    }
    return null;
  }

  private static Map<String, List<String>> pairs(String text) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        pairs.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
      }
    }
    return pairs;
  }

  /** Values of the template's parameters; none where the path is not one of the template. */
  private static Map<String, String> path(String template, String concrete) {
    String[] wanted = template.split("/", -1);
    String[] actual = concrete.split("/", -1);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < wanted.length && wanted.length == actual.length; i++) {
      int open = wanted[i].indexOf('{');
      int close = wanted[i].lastIndexOf('}');
      String before = open < 0 ? "" : wanted[i].substring(0, open);
      String after = close < 0 ? "" : wanted[i].substring(close + 1);
      boolean one = open >= 0 && close > open && wanted[i].indexOf('{', open + 1) < 0;
      if (one
          && actual[i].length() >= before.length() + after.length()
          && actual[i].startsWith(before)
          && actual[i].endsWith(after)) {
        String value = actual[i].substring(before.length(), actual[i].length() - after.length());
        values.put(wanted[i].substring(open + 1, close), decode(value.replace("+", "%2B")));
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
