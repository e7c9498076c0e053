package dev.codicil.formats.jsonschema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which schema keywords hold further schemas, and which ones the shape model does not express. */
final class Keywords {
  /** Keywords whose value is one schema. */
  static final List<String> SINGLE =
      List.of(
          "items",
          "additionalProperties",
          "not",
          "if",
          "then",
          "else",
          "contains",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties");

  /** Keywords whose value is a list of schemas. */
  static final List<String> LIST = List.of("allOf", "anyOf", "oneOf", "prefixItems");

  /** Keywords whose value is a map from names to schemas. */
  static final List<String> MAP = List.of("properties", "patternProperties", "dependentSchemas");

  /** Keywords that constrain values and that a shape cannot say. */
  static final List<String> INEXPRESSIBLE =
      List.of(
          "not",
          "if",
          "then",
          "else",
          "patternProperties",
          "dependentRequired",
          "dependentSchemas",
          "prefixItems",
          "contains",
          "minContains",
          "maxContains",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "discriminator",
          "multipleOf",
          "uniqueItems",
          "minProperties",
          "maxProperties",
          "$dynamicRef",
          "$recursiveRef");

  /** Keywords that say nothing about values; beside a reference they change nothing. */
  static final Set<String> ANNOTATIONS =
      Set.of(
          "$ref",
          "title",
          "description",
          "summary",
          "deprecated",
          "externalDocs",
          "xml",
          "$comment",
          "$anchor",
          "$id",
          "$schema",
          "$defs",
          "definitions");

  private Keywords() {}

  /** The schemas that stand directly inside a schema, without following references. */
  static List<Place> children(Place schema) {
    List<Place> children = new ArrayList<>();
    for (Map.Entry<String, Place> field : schema.fields()) {
      Place value = field.getValue();
      if (SINGLE.contains(field.getKey())) {
        children.add(value);
      } else if (LIST.contains(field.getKey())) {
        children.addAll(value.items());
      } else if (MAP.contains(field.getKey())) {
        value.fields().forEach(entry -> children.add(entry.getValue()));
      }
    }
    return children;
  }

  /** Whether a schema says something about values beside its reference. */
  static boolean constrainsBesideReference(Place schema) {
    for (Map.Entry<String, Place> field : schema.fields()) {
      if (!ANNOTATIONS.contains(field.getKey()) && !field.getKey().startsWith("x-")) {
        return true;
      }
    }
    return false;
  }
}
