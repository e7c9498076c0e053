package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Types of the fields of a reply by JSON pointer; items of an array stand under {@code *}. */
final class ReplyFields {
  /** More fields say nothing more about a reply, and would swell the history. */
  private static final int MOST = 1000;

  private final Map<String, String> found = new TreeMap<>();

  private ReplyFields() {}

  /** What a history keeps of a reply's fields: for a probe the values too, as digests. */
  static Map<String, String> told(HttpReply reply, Scenario scenario, Redactor redactor) {
    return told(reply, scenario, redactor, scenario.probe() != null);
  }

  /**
   * The same of a reply among many, which are counted by what they say: values only of a probe
   * without a declared good answer.
   */
  static Map<String, String> toldUnderLoad(HttpReply reply, Scenario scenario, Redactor redactor) {
    Probe probe = scenario.probe();
    return told(reply, scenario, redactor, probe != null && probe.held() == null);
  }

  private static Map<String, String> told(
      HttpReply reply, Scenario scenario, Redactor redactor, boolean values) {
    Map<String, String> fields = new TreeMap<>(of(reply, scenario.interaction()));
    if (values) {
      fields.putAll(ReplyValues.of(reply, redactor));
    }
    return redactor.keys(fields);
  }

  /**
   * The fields of a reply.
   *
   * @param interaction whose promised fields alone count; null for all
   */
  static Map<String, String> of(HttpReply reply, @Nullable HttpInteraction interaction) {
    JsonNode body = reply.body().json().orElse(null);
    ReplyFields fields = new ReplyFields();
    if (body == null) {
      return fields.found;
    }
    if (interaction == null) {
      fields.walkAll("", body);
    } else {
      Shape shape = shape(interaction, reply);
      if (shape != null) {
        fields.walkPromised("", body, List.of(shape));
      }
    }
    return fields.found;
  }

  private static @Nullable Shape shape(HttpInteraction interaction, HttpReply reply) {
    Response response = interaction.response(reply.status()).orElse(null);
    if (response == null) {
      return null;
    }
    Map<String, Shape> content = response.body().content();
    String type = reply.headers().mediaType();
    Shape exact = content.get(type);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, Shape> range : content.entrySet()) {
      String name = range.getKey();
      if (name.equals("*/*")
          || name.endsWith("/*") && type.startsWith(name.substring(0, name.length() - 1))) {
        return range.getValue();
      }
    }
    return content.size() == 1 ? content.values().iterator().next() : null;
  }

  private void walkAll(String pointer, JsonNode node) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String child = pointer + "/" + escape(field.getKey());
        put(child, field.getValue());
        walkAll(child, field.getValue());
      }
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        put(pointer + "/*", item);
        walkAll(pointer + "/*", item);
      }
    }
  }

  private void walkPromised(String pointer, JsonNode node, List<Shape> shapes) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        List<Shape> promised = new ArrayList<>();
        shapes.forEach(shape -> property(shape, field.getKey(), promised, 0));
        if (!promised.isEmpty()) {
          String child = pointer + "/" + escape(field.getKey());
          put(child, field.getValue());
          walkPromised(child, field.getValue(), promised);
        }
      }
    } else if (node.isArray()) {
      List<Shape> items = new ArrayList<>();
      shapes.forEach(shape -> items(shape, items, 0));
      if (!items.isEmpty()) {
        for (JsonNode item : node) {
          put(pointer + "/*", item);
          walkPromised(pointer + "/*", item, items);
        }
      }
    }
  }

  /** Alternatives may refer to themselves; some levels are enough for any sensible document. */
  private static final int DEEPEST_ALTERNATIVE = 8;

  private static void property(Shape shape, String name, List<Shape> into, int depth) {
    Shape.Node node = shape.node();
    Shape.Property property = node.properties().get(name);
    if (property != null) {
      into.add(property.shape());
    }
    if (depth < DEEPEST_ALTERNATIVE) {
      node.alternatives().forEach(other -> property(other, name, into, depth + 1));
    }
  }

  private static void items(Shape shape, List<Shape> into, int depth) {
    Shape.Node node = shape.node();
    if (node.items() != null) {
      into.add(node.items());
    }
    if (depth < DEEPEST_ALTERNATIVE) {
      node.alternatives().forEach(other -> items(other, into, depth + 1));
    }
  }

  /** Items of one array may differ: their types are joined in order of name. */
  private void put(String pointer, JsonNode value) {
    String type = JsonType.of(value).label();
    String old = found.get(pointer);
    if (old == null) {
      if (found.size() < MOST) {
        found.put(pointer, type);
      }
    } else if (!List.of(old.split("\\|", -1)).contains(type)) {
      List<String> types = new ArrayList<>(List.of(old.split("\\|", -1)));
      types.add(type);
      types.sort(null);
      found.put(pointer, String.join("|", types));
    }
  }

  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
