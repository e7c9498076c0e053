package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Says what is wrong with a value; written apart from the sampler, to hold it to account. */
final class SampleLaw {
  private final List<String> breaches = new ArrayList<>();

  private SampleLaw() {}

  static List<String> breaches(Shape shape, JsonNode value) {
    SampleLaw law = new SampleLaw();
    law.hold(shape.node(), value, "");
    return law.breaches;
  }

  private void must(boolean held, String at, String law) {
    if (!held) {
      breaches.add(at + ": " + law);
    }
  }

  private void hold(Shape.Node node, JsonNode value, String at) {
    JsonType type = JsonType.of(value);
    must(
        node.types().isEmpty()
            || node.types().contains(type)
            || node.types().contains(JsonType.NUMBER) && value.isNumber(),
        at,
        "type");
    must(node.enumeration().isEmpty() || node.enumeration().contains(value), at, "enumeration");
    if (value.isTextual()) {
      text(node, value.textValue(), at);
    }
    if (value.isNumber()) {
      double number = value.doubleValue();
      if (node.minimum() != null) {
        double low = node.minimum().doubleValue();
        must(node.exclusiveMinimum() ? number > low : number >= low, at, "minimum");
      }
      if (node.maximum() != null) {
        double high = node.maximum().doubleValue();
        must(node.exclusiveMaximum() ? number < high : number <= high, at, "maximum");
      }
    }
    if (value.isArray()) {
      must(node.minItems() == null || value.size() >= node.minItems(), at, "minItems");
      must(node.maxItems() == null || value.size() <= node.maxItems(), at, "maxItems");
      for (int i = 0; node.items() != null && i < value.size(); i++) {
        hold(node.items().node(), value.get(i), at + "/" + i);
      }
    }
    if (value.isObject()) {
      for (Map.Entry<String, Shape.Property> property : node.properties().entrySet()) {
        JsonNode field = value.get(property.getKey());
        must(field != null || !property.getValue().required(), at, property.getKey());
        if (field != null) {
          hold(property.getValue().shape().node(), field, at + "/" + property.getKey());
        }
      }
      if (node.closed()) {
        value
            .fieldNames()
            .forEachRemaining(
                name -> must(node.properties().containsKey(name), at, "closed against " + name));
      }
    }
    if (!node.alternatives().isEmpty()) {
      long holding =
          node.alternatives().stream()
              .filter(alternative -> breaches(alternative, value).isEmpty())
              .count();
      must(
          node.combination() == Shape.Combination.ONE_OF ? holding == 1 : holding > 0,
          at,
          holding + " alternatives hold");
    }
  }

  private void text(Shape.Node node, String text, String at) {
    int length = text.codePointCount(0, text.length());
    must(node.minLength() == null || length >= node.minLength(), at, "minLength");
    must(node.maxLength() == null || length <= node.maxLength(), at, "maxLength");
    if (node.pattern() != null) {
      must(Pattern.compile(node.pattern()).matcher(text).find(), at, "pattern");
    }
    if (node.format() != null) {
      must(formatted(node.format(), text), at, node.format());
    }
  }

  private static boolean formatted(String format, String text) {
    try {
      return switch (format) {
        case "date-time" -> OffsetDateTime.parse(text).getYear() > 2000;
        case "date" -> LocalDate.parse(text).getYear() > 2000;
        case "uuid" -> UUID.fromString(text).version() == 4;
        case "email" -> text.matches("[^@]+@[^@]+\\.[a-z]+");
        case "uri" -> URI.create(text).isAbsolute();
        case "ipv4" -> text.matches("(\\d{1,3}\\.){3}\\d{1,3}");
        case "hostname" -> text.matches("([a-z]{1,63}\\.)+test");
        default -> true;
      };
    } catch (IllegalArgumentException | DateTimeException malformed) {
      return false;
    }
  }
}
