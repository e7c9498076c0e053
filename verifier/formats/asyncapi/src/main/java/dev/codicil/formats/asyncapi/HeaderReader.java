package dev.codicil.formats.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import dev.codicil.formats.jsonschema.SchemaReader;
import dev.codicil.formats.jsonschema.SchemaWalk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a message: the properties of one object schema, or of several merged. */
final class HeaderReader {
  private final Documents documents;
  private final Problems problems;
  private final SchemaReader schemas;
  private final SchemaWalk walk;

  HeaderReader(Documents documents, Problems problems, SchemaReader schemas, SchemaWalk walk) {
    this.documents = documents;
    this.problems = problems;
    this.schemas = schemas;
    this.walk = walk;
  }

  List<Parameter> read(Layers message) {
    Map<String, Shape.Property> properties = new LinkedHashMap<>();
    Map<String, Shape.Property> undescribed = new LinkedHashMap<>();
    Map<String, JsonNode> declared = new LinkedHashMap<>();
    Set<String> required = null;
    for (Place layer : message.all("headers")) {
      Place schema =
          MessageReader.schema(layer, message.text("schemaFormat"), "header", problems, documents);
      if (schema == null) {
        continue;
      }
      walk.visit(schema);
      Shape.Node node = schemas.shape(schema).node();
      boolean unread = node.unread().stream().anyMatch(keyword -> !keyword.equals("$ref"));
      if (unread || !node.alternatives().isEmpty()) {
        problems.add(schema, "headers are compared by their properties, and by nothing else yet");
      }
      required = required == null ? names(schema) : required;
      for (Map.Entry<String, Shape.Property> entry : node.properties().entrySet()) {
        JsonNode written = schema.node().path("properties").path(entry.getKey());
        if (written.isMissingNode() && names(schema) != null && schema.get("allOf") == null) {
          // Only listed as required here; what it is, another layer may say.
          undescribed.putIfAbsent(entry.getKey(), entry.getValue());
          continue;
        }
        JsonNode stronger = declared.putIfAbsent(entry.getKey(), written);
        if (stronger != null && !stronger.equals(written)) {
          problems.add(
              schema,
              "the header "
                  + Documents.quoted(entry.getKey())
                  + " is declared by a message and by a trait, and their merge is not read yet");
        }
        properties.putIfAbsent(entry.getKey(), entry.getValue());
      }
    }
    undescribed.forEach(properties::putIfAbsent);
    return parameters(properties, required);
  }

  /** The required headers where a layer says so itself: lists are replaced, not merged. */
  private static @Nullable Set<String> names(Place schema) {
    if (!schema.node().path("required").isArray()) {
      return null;
    }
    Set<String> names = new HashSet<>();
    schema.node().path("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static List<Parameter> parameters(
      Map<String, Shape.Property> properties, @Nullable Set<String> required) {
    List<Parameter> parameters = new ArrayList<>();
    properties.forEach(
        (name, property) ->
            parameters.add(
                new Parameter(
                    Parameter.In.HEADER,
                    name,
                    required == null ? property.required() : required.contains(name),
                    property.shape(),
                    property.shape().location())));
    return parameters;
  }
}
