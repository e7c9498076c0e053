package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Parameter;
import dev.codicil.formats.jsonschema.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request parameter as it is written into a message.
 *
 * @param parameter the model
 * @param style OpenAPI's {@code style}, or {@code json} for a parameter with JSON content
 * @param explode whether arrays and objects are written as several values
 * @param examples its examples
 * @param schema what its value must be; null when nothing is said
 */
record ParameterSpec(
    Parameter parameter, String style, boolean explode, Examples examples, @Nullable Place schema) {
  /** Styles that {@link #query} and {@link #simple} can write. */
  static final List<String> STYLES =
      List.of("simple", "form", "spaceDelimited", "pipeDelimited", "deepObject", "json");

  /** The value in a path segment, a header or a cookie, not encoded. */
  String simple(JsonNode value) {
    if (style.equals("json") || !value.isContainerNode()) {
      return text(value);
    }
    if (value.isArray()) {
      return joined(value, ",");
    }
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      parts.add(field.getKey() + (explode ? "=" : ",") + text(field.getValue()));
    }
    return String.join(",", parts);
  }

  /** The value in a query, as encoded {@code name=value} pairs. */
  List<String> query(JsonNode value) {
    List<String> pairs = new ArrayList<>();
    String name = parameter.name();
    if (style.equals("json") || !value.isContainerNode()) {
      pairs.add(pair(name, text(value)));
    } else if (value.isArray()) {
      if (explode) {
        value.forEach(item -> pairs.add(pair(name, text(item))));
      } else {
        pairs.add(pair(name, joined(value, separator())));
      }
    } else if (style.equals("deepObject")) {
      value
          .properties()
          .forEach(f -> pairs.add(pair(name + "[" + f.getKey() + "]", text(f.getValue()))));
    } else if (explode) {
      value.properties().forEach(f -> pairs.add(pair(f.getKey(), text(f.getValue()))));
    } else {
      pairs.add(pair(name, simple(value)));
    }
    return pairs;
  }

  String separator() {
    return switch (style) {
      case "spaceDelimited" -> " ";
      case "pipeDelimited" -> "|";
      default -> ",";
    };
  }

  private static String joined(JsonNode array, String separator) {
    List<String> parts = new ArrayList<>();
    array.forEach(item -> parts.add(text(item)));
    return parts.stream().collect(Collectors.joining(separator));
  }

  private static String pair(String name, String value) {
    return encode(name) + "=" + encode(value);
  }

  /** Percent-encoded, a space as {@code %20}. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static String text(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
