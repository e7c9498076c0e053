package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes an OpenAPI document differently without changing what it means. */
final class Rewriting {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> HOLDERS =
      List.of("items", "additionalProperties", "contains", "not", "if", "then", "else");
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");

  private final Random random;
  private final ObjectNode components;
  private int made;

  private Rewriting(ObjectNode document, Random random) {
    this.random = random;
    this.components = document.withObject("/components").withObject("/schemas");
  }

  static ObjectNode of(JsonNode document, Random random) {
    ObjectNode copy = document.deepCopy();
    Rewriting rewriting = new Rewriting(copy, random);
    List<String> known = new ArrayList<>();
    rewriting.components.fieldNames().forEachRemaining(known::add);
    for (String name : known) {
      ObjectNode schema = (ObjectNode) rewriting.components.get(name);
      rewriting.components.set(name, rewriting.inside(schema));
    }
    rewriting.messages(copy.path("paths"));
    known.forEach(name -> rewriting.rename(copy, name));
    return copy;
  }

  private void messages(JsonNode node) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getKey().equals("schema") && node instanceof ObjectNode holder) {
        holder.set("schema", schema((ObjectNode) field.getValue()));
      } else {
        messages(field.getValue());
      }
    }
    if (node.isArray()) {
      node.forEach(this::messages);
    }
  }

  private ObjectNode schema(ObjectNode schema) {
    ObjectNode written = schema.has("$ref") ? schema : inside(schema);
    return switch (random.nextInt(6)) {
      case 0 -> around("allOf", written);
      case 1 -> around("anyOf", written);
      case 2 -> around("oneOf", written);
      case 3 -> moved(written);
      case 4 -> split(written);
      default -> written;
    };
  }

  private ObjectNode around(String keyword, ObjectNode schema) {
    ObjectNode around = JSON.objectNode();
    around.putArray(keyword).add(schema);
    return around;
  }

  private ObjectNode moved(ObjectNode schema) {
    String name = "Moved" + made++;
    components.set(name, schema);
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  /** Some keywords to the side, to be held by allOf. */
  private ObjectNode split(ObjectNode schema) {
    if (schema.has("$ref") || schema.has("allOf") || schema.has("additionalProperties")) {
      return schema;
    }
    ObjectNode left = JSON.objectNode();
    ObjectNode right = JSON.objectNode();
    boolean bound = schema.has("if") || schema.has("contains");
    for (Map.Entry<String, JsonNode> field : schema.properties()) {
      (bound || random.nextBoolean() ? left : right).set(field.getKey(), field.getValue());
    }
    if (schema.has("nullable")) {
      for (ObjectNode part : List.of(left, right)) {
        part.remove(List.of("nullable", "type"));
        part.set("type", schema.get("type"));
        part.set("nullable", schema.get("nullable"));
      }
    }
    ObjectNode both = JSON.objectNode();
    both.putArray("allOf").add(left).add(right);
    return both;
  }

  private ObjectNode inside(ObjectNode schema) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(schema.properties());
    Collections.shuffle(fields, random);
    ObjectNode written = JSON.objectNode();
    for (Map.Entry<String, JsonNode> field : fields) {
      written.set(field.getKey(), keyword(field.getKey(), field.getValue()));
    }
    return written;
  }

  private JsonNode keyword(String name, JsonNode value) {
    if (HOLDERS.contains(name) && value instanceof ObjectNode inner) {
      return schema(inner);
    }
    if (name.equals("properties")) {
      ObjectNode properties = JSON.objectNode();
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(value.properties());
      Collections.shuffle(fields, random);
      fields.forEach(f -> properties.set(f.getKey(), schema((ObjectNode) f.getValue())));
      return properties;
    }
    if (LISTS.contains(name)) {
      List<JsonNode> options = new ArrayList<>();
      value.forEach(option -> options.add(schema((ObjectNode) option)));
      return shuffled(options);
    }
    if (name.equals("enum") || name.equals("required")) {
      List<JsonNode> values = new ArrayList<>();
      value.forEach(values::add);
      return shuffled(values);
    }
    return value;
  }

  private ArrayNode shuffled(List<JsonNode> values) {
    Collections.shuffle(values, random);
    return JSON.arrayNode().addAll(values);
  }

  private void rename(JsonNode document, String name) {
    String renamed = "Renamed" + name;
    components.set(renamed, components.remove(name));
    point(document, "#/components/schemas/" + name, "#/components/schemas/" + renamed);
  }

  private static void point(JsonNode node, String from, String to) {
    if (node instanceof ObjectNode object && object.path("$ref").asText().equals(from)) {
      object.put("$ref", to);
    }
    node.forEach(child -> point(child, from, to));
  }
}
