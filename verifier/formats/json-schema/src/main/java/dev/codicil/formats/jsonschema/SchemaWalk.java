package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Visits every schema an operation can reach, once, so that broken references and malformed schemas
 * are told when the document is read, although shapes are made only when they are asked for. Loads
 * every file that shapes may need later.
 */
public final class SchemaWalk {
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean", "null");

  private final Documents documents;
  private final Problems problems;
  private final Set<JsonNode> visited = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Place> pending = new ArrayDeque<>();

  public SchemaWalk(Documents documents, Problems problems) {
    this.documents = documents;
    this.problems = problems;
  }

  public void visit(Place start) {
    pending.push(start);
    while (!pending.isEmpty()) {
      Place schema = pending.pop();
      if (visit(schema.node())) {
        inspect(schema);
      }
    }
  }

  private boolean visit(JsonNode node) {
    // Scalars may be shared constants, and have nothing inside that could be visited twice.
    return !node.isContainerNode() || visited.add(node);
  }

  private void inspect(Place schema) {
    if (schema.node().isBoolean()) {
      return;
    }
    if (!schema.node().isObject()) {
      problems.add(schema, "expected a schema (an object), found " + describe(schema.node()));
      return;
    }
    String ref = schema.ref();
    if (ref != null) {
      try {
        documents.follow(schema);
        pending.push(documents.resolve(schema, ref));
      } catch (BrokenReference broken) {
        problems.add(schema, Problems.messageOf(broken));
      }
    }
    Place type = schema.get("type");
    if (type != null) {
      inspectType(type);
    }
    Place pattern = schema.get("pattern");
    if (pattern != null && pattern.node().isTextual()) {
      inspectPattern(pattern, pattern.node().textValue());
    }
    schema
        .fields("patternProperties")
        .forEach(entry -> inspectPattern(entry.getValue(), entry.getKey()));
    for (Map.Entry<String, Place> field : schema.fields()) {
      if (field.getValue().node().isNumber() && !Judges.isTame(field.getValue().node())) {
        problems.add(field.getValue(), "a number with too many digits to be compared");
      }
    }
    if (schema.get("$dynamicRef") != null || schema.get("$recursiveRef") != null) {
      problems.add(schema, "dynamic references are not read yet");
    }
    Keywords.children(schema).forEach(pending::push);
  }

  private void inspectPattern(Place at, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      problems.add(
          at, "not a regular expression that can be checked: " + malformed.getDescription());
    }
  }

  private void inspectType(Place type) {
    for (JsonNode name : type.node().isArray() ? type.node() : Set.of(type.node())) {
      if (!name.isTextual() || !TYPES.contains(name.textValue())) {
        problems.add(type, "expected one of the types of JSON Schema, found " + describe(name));
      }
    }
  }

  static String describe(JsonNode node) {
    String text = node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
