package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Copies a schema and all it refers to, in whatever file, into one schema that refers to nothing
 * outside of itself; so the validator has no file or address to ask for. Only keywords that
 * constrain values are copied. On the way, for replies:
 *
 * <ul>
 *   <li>{@code writeOnly} properties are not required;
 *   <li>{@code nullable: true} counts beside an enumeration, a reference in {@code allOf} and
 *       without a type, as authors mean it;
 *   <li>a {@code discriminator} makes the alternatives it chooses from exclude each other.
 * </ul>
 */
final class SchemaBundle {
  private static final Set<String> NUMBERS =
      Set.of(
          "multipleOf",
          "maximum",
          "minimum",
          "maxLength",
          "minLength",
          "maxItems",
          "minItems",
          "maxProperties",
          "minProperties",
          "minContains",
          "maxContains");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A schema to copy; the names are null when it is not part of another and has its own. */
  private record Definition(Place schema, @Nullable Set<String> optional) {}

  private final Documents documents;
  private final boolean v30;
  private final Map<String, String> names = new HashMap<>();
  private final Deque<Map.Entry<String, Definition>> pending = new ArrayDeque<>();

  SchemaBundle(Documents documents, boolean v30) {
    this.documents = documents;
    this.v30 = v30;
  }

  JsonNode of(Place schema) {
    ObjectNode bundle = NODES.objectNode();
    bundle.set("$ref", reference(schema, null));
    ObjectNode definitions = bundle.putObject("$defs");
    while (!pending.isEmpty()) {
      Map.Entry<String, Definition> next = pending.pop();
      definitions.set(next.getKey(), copy(next.getValue().schema(), next.getValue().optional()));
    }
    return bundle;
  }

  private JsonNode reference(Place target, @Nullable Set<String> optional) {
    String id = target.id() + (optional == null ? "" : " " + optional);
    String name = names.get(id);
    if (name == null) {
      name = "k" + names.size();
      names.put(id, name);
      pending.push(Map.entry(name, new Definition(target, optional)));
    }
    return NODES.textNode("#/$defs/" + name);
  }

  private JsonNode copy(Place schema, @Nullable Set<String> outside) {
    if (!schema.node().isObject()) {
      boolean refuses = schema.node().isBoolean() && !schema.node().booleanValue();
      ObjectNode bool = NODES.objectNode();
      if (refuses) {
        bool.putObject("not");
      }
      return bool;
    }
    ObjectNode copy = NODES.objectNode();
    String ref = schema.ref();
    boolean alone = ref != null && (v30 || !Keywords.constrainsBesideReference(schema));
    // Parts of an allOf are told the names of the whole, so that each whole is searched once.
    Set<String> optional = outside != null || alone ? outside : writeOnly(schema);
    if (ref != null) {
      try {
        copy.set("$ref", reference(documents.follow(schema), optional));
      } catch (BrokenReference told) {
        return copy;
      }
      if (alone) {
        return copy;
      }
    }
    for (Map.Entry<String, Place> field : schema.fields()) {
      keyword(copy, field.getKey(), field.getValue(), optional == null ? Set.of() : optional);
    }
    discriminate(schema, copy);
    return v30 && schema.flag("nullable") ? nullable(copy) : copy;
  }

  private void keyword(ObjectNode copy, String keyword, Place value, Set<String> optional) {
    JsonNode node = value.node();
    if (NUMBERS.contains(keyword)) {
      if (node.isNumber() && Judges.isTame(node)) {
        copy.set(keyword, node);
      }
    } else if (Keywords.SINGLE.contains(keyword)) {
      if (node.isBoolean()) {
        copy.set(keyword, node);
      } else if (node.isObject()) {
        copy.set(keyword, copy(value, null));
      }
    } else if (Keywords.LIST.contains(keyword)) {
      if (node.isArray() && !node.isEmpty()) {
        ArrayNode list = copy.putArray(keyword);
        Set<String> inside = keyword.equals("allOf") ? optional : null;
        value.items().forEach(item -> list.add(copy(item, inside)));
      }
    } else if (Keywords.MAP.contains(keyword)) {
      ObjectNode map = copy.putObject(keyword);
      for (Map.Entry<String, Place> entry : value.fields()) {
        if (!keyword.equals("patternProperties") || compiles(entry.getKey())) {
          map.set(entry.getKey(), copy(entry.getValue(), null));
        }
      }
    } else {
      simple(copy, keyword, node, optional);
    }
  }

  private void simple(ObjectNode copy, String keyword, JsonNode node, Set<String> optional) {
    switch (keyword) {
      case "required" -> {
        ArrayNode required = NODES.arrayNode();
        for (JsonNode name : node) {
          if (name.isTextual() && !optional.contains(name.textValue())) {
            required.add(name);
          }
        }
        if (node.isArray() && !required.isEmpty()) {
          copy.set(keyword, required);
        }
      }
      case "exclusiveMinimum", "exclusiveMaximum" -> {
        if (v30 ? node.isBoolean() : node.isNumber() && Judges.isTame(node)) {
          copy.set(keyword, node);
        }
      }
      case "pattern" -> {
        if (node.isTextual() && compiles(node.textValue())) {
          copy.set(keyword, node);
        }
      }
      case "enum" -> {
        if (node.isArray()) {
          copy.set(keyword, node);
        }
      }
      case "type" -> {
        if (node.isTextual() || node.isArray()) {
          copy.set(keyword, node);
        }
      }
      case "format" -> {
        if (node.isTextual()) {
          copy.set(keyword, node);
        }
      }
      case "uniqueItems" -> {
        if (node.isBoolean()) {
          copy.set(keyword, node);
        }
      }
      case "dependentRequired" -> {
        if (node.isObject()) {
          copy.set(keyword, node);
        }
      }
      case "const" -> copy.set(keyword, node);
      default -> {}
    }
  }

  private static boolean compiles(String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException told) {
      return false;
    }
  }

  private static JsonNode nullable(ObjectNode copy) {
    boolean simple =
        copy.has("type") && !copy.has("allOf") && !copy.has("anyOf") && !copy.has("oneOf");
    if (simple) {
      copy.put("nullable", true);
      if (copy.get("enum") instanceof ArrayNode values) {
        copy.set("enum", NODES.arrayNode().addAll(values).addNull());
      }
      return copy;
    }
    ObjectNode either = NODES.objectNode();
    ArrayNode choices = either.putArray("anyOf");
    choices.addObject().putArray("enum").addNull();
    choices.add(copy);
    return either;
  }

  /** Names of properties that replies need not have, of this schema and those it is made of. */
  private Set<String> writeOnly(Place schema) {
    Set<String> names = new TreeSet<>();
    Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Place> parts = new ArrayDeque<>();
    parts.push(schema);
    while (!parts.isEmpty()) {
      Place part = parts.pop();
      if (!part.node().isObject() || !seen.add(part.node())) {
        continue;
      }
      try {
        if (part.ref() != null) {
          parts.push(documents.follow(part));
        }
        for (Map.Entry<String, Place> property : part.fields("properties")) {
          if (property.getValue().flag("writeOnly")
              || documents.follow(property.getValue()).flag("writeOnly")) {
            names.add(property.getKey());
          }
        }
      } catch (BrokenReference told) {
        continue;
      }
      Constraints.items(part, "allOf").forEach(parts::push);
    }
    return names;
  }

  private void discriminate(Place schema, ObjectNode copy) {
    Place discriminator = schema.get("discriminator");
    String property = discriminator == null ? null : discriminator.text("propertyName");
    if (discriminator == null || property == null) {
      return;
    }
    for (String keyword : new String[] {"oneOf", "anyOf"}) {
      ArrayNode narrowed = NODES.arrayNode();
      for (Place choice : Constraints.items(schema, keyword)) {
        ArrayNode both = narrowed.addObject().putArray("allOf");
        both.add(copy(choice, null));
        Set<String> values = chosenBy(discriminator, choice);
        if (!values.isEmpty()) {
          ArrayNode allowed =
              both.addObject().putObject("properties").putObject(property).putArray("enum");
          values.forEach(allowed::add);
        }
      }
      if (!narrowed.isEmpty()) {
        copy.set(keyword, narrowed);
      }
    }
  }

  /** The values of the discriminating property that name an alternative; empty when unknown. */
  private Set<String> chosenBy(Place discriminator, Place choice) {
    Set<String> values = new TreeSet<>();
    String ref = choice.ref();
    if (ref == null) {
      return values;
    }
    String implied = ref.substring(ref.lastIndexOf('/') + 1);
    for (Map.Entry<String, Place> entry : discriminator.fields("mapping")) {
      String target = entry.getValue().node().asText();
      if (target.equals(implied) || leadsTo(entry.getValue(), target, choice)) {
        values.add(entry.getKey());
      }
    }
    if (values.isEmpty()) {
      values.add(implied);
    }
    return values;
  }

  private boolean leadsTo(Place from, String target, Place choice) {
    try {
      return target.contains("#")
          && documents.resolve(from, target).id().equals(documents.follow(choice).id());
    } catch (BrokenReference noReference) {
      return false;
    }
  }
}
