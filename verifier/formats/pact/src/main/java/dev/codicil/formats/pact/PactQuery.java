package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request.
 *
 * @param encoded as it goes into the target, without its question mark
 * @param values decoded values by name, in document order
 * @param spots where each name stands
 */
record PactQuery(String encoded, Map<String, List<String>> values, Map<String, Spot> spots) {

  static PactQuery of(Spot spot) {
    if (!spot.present()) {
      return new PactQuery("", Map.of(), Map.of());
    }
    return spot.node().isTextual() ? string(spot) : map(spot);
  }

  /** Version 2: the encoded string, sent as it stands. */
  private static PactQuery string(Spot spot) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, Spot> spots = new LinkedHashMap<>();
    String text = spot.text().startsWith("?") ? spot.text().substring(1) : spot.text();
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), spot);
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), spot);
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        spots.put(name, spot);
      }
    }
    return new PactQuery(Texts.encodeQuery(text), values, spots);
  }

  private static String decode(String text, Spot spot) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw spot.fail("'" + Texts.brief(text) + "' is not percent-encoded");
    }
  }

  /** Versions 3 and 4: decoded values by name. */
  private static PactQuery map(Spot spot) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, Spot> spots = spot.fields();
    StringBuilder encoded = new StringBuilder();
    spots.forEach(
        (name, value) -> {
          List<String> list = new ArrayList<>();
          List<Spot> items = value.node().isArray() ? value.items() : List.of(value);
          for (Spot item : items) {
            encoded.append(encoded.isEmpty() ? "" : "&").append(Texts.encodeQueryPart(name));
            if (item.present()) {
              list.add(item.scalarText());
              encoded.append('=').append(Texts.encodeQueryPart(item.scalarText()));
            } else {
              list.add("");
            }
          }
          values.put(name, list);
        });
    return new PactQuery(encoded.toString(), values, spots);
  }

  List<Parameter> parameters(Rules rules) {
    List<Parameter> parameters = new ArrayList<>();
    values.forEach(
        (name, list) -> {
          Spot spot = spots.get(name);
          if (spot != null) {
            Location location = spot.location();
            parameters.add(
                new Parameter(
                    Parameter.In.QUERY,
                    name,
                    true,
                    shape(list, rules.query(name), location),
                    location));
          }
        });
    return parameters;
  }

  private static Shape shape(List<String> list, @Nullable RuleGroup group, Location location) {
    if (list.size() == 1) {
      return leaf(TextNode.valueOf(list.get(0)), group, location);
    }
    Integer min = null;
    Integer max = null;
    if (group != null) {
      for (Rule rule : group.rules()) {
        min = rule.min() == null ? min : rule.min();
        max = rule.max() == null ? max : rule.max();
      }
    }
    boolean counted = min != null || max != null;
    Shape.Builder shape =
        Shape.at(location)
            .type(JsonType.ARRAY)
            .itemCount(
                counted ? min : (Integer) list.size(), counted ? max : (Integer) list.size());
    List<Shape.Node> items = new ArrayList<>();
    list.forEach(value -> items.add(leaf(TextNode.valueOf(value), group, location)));
    return items.isEmpty()
        ? shape.build()
        : shape.items(ShapeReader.merge(items, location)).build();
  }

  /** The shape of one value outside a body, which is text unless a matcher says otherwise. */
  static Shape.Node leaf(JsonNode example, @Nullable RuleGroup group, Location location) {
    boolean number =
        group != null
            && (group.has(Rule.Kind.INTEGER)
                || group.has(Rule.Kind.DECIMAL)
                || group.has(Rule.Kind.NUMBER));
    return LeafShape.of(number ? number(example) : example, group, location);
  }

  private static JsonNode number(JsonNode example) {
    try {
      return example.asText().length() > 400
          ? example
          : DecimalNode.valueOf(new BigDecimal(example.asText()));
    } catch (NumberFormatException noNumber) {
      return example;
    }
  }
}
