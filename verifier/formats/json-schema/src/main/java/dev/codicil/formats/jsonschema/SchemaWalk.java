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
  private final boolean bare;
  private final Set<JsonNode> visited = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Place> pending = new ArrayDeque<>();

  public SchemaWalk(Documents documents, Problems problems) {
    this(documents, problems, false);
  }

  private SchemaWalk(Documents documents, Problems problems, boolean bare) {
    this.documents = documents;
    this.problems = problems;
    this.bare = bare;
  }

  /** A walk of schemas that are JSON Schema itself, in whatever draft. */
  public static SchemaWalk ofJsonSchema(Documents documents, Problems problems) {
    return new SchemaWalk(documents, problems, true);
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
    if (bare && schema.node().isArray()) {
      problems.add(schema, "'items' as a list of schemas (older drafts) is not read yet");
      return;
    }
    if (!schema.node().isObject()) {
      problems.add(schema, "expected a schema (an object), found " + describe(schema.node()));
      return;
    }
    String ref = schema.ref();
    if (ref != null) {
      try {
        Place target = documents.resolve(schema, ref);
        documents.follow(target);
        pending.push(target);
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
    for (Map.Entry<String, JsonNode> field : schema.node().properties()) {
      Place number =
          field.getValue().isNumber() && !Judges.isTame(field.getValue())
              ? schema.get(field.getKey())
              : null;
      if (number != null) {
        problems.add(number, "a number with too many digits to be compared");
      }
    }
    if (bare) {
      inspectOlderDraft(schema);
    }
    if (schema.get("$dynamicRef") != null || schema.get("$recursiveRef") != null) {
      problems.add(schema, "dynamic references are not read yet");
    }
    Keywords.children(schema).forEach(pending::push);
  }

  /** Keywords of JSON Schema before 2019-09 that newer drafts write differently. */
  private void inspectOlderDraft(Place schema) {
    for (String keyword : new String[] {"dependencies", "additionalItems"}) {
      Place old = schema.get(keyword);
      if (old != null) {
        problems.add(old, "the keyword '" + keyword + "' of older drafts is not read yet");
      }
    }
    for (String keyword : new String[] {"exclusiveMinimum", "exclusiveMaximum"}) {
      Place old = schema.get(keyword);
      if (old != null && old.node().isBoolean() && old.node().booleanValue()) {
        problems.add(old, "'" + keyword + ": true' of draft-04 is not read yet; give a number");
      }
    }
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
