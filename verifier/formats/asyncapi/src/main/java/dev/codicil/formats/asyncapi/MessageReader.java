package dev.codicil.formats.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Body;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Constraints;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.MediaTypes;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import dev.codicil.formats.jsonschema.SchemaReader;
import dev.codicil.formats.jsonschema.SchemaWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a message: its payload, headers, Kafka key and correlation. */
final class MessageReader {
  private static final String JSON = "application/json";

  private final Documents documents;
  private final Problems problems;
  private final SchemaReader schemas;
  private final SchemaWalk walk;
  private final HeaderReader headers;
  private final Bindings bindings;
  private final String defaultContentType;

  MessageReader(
      Place root,
      Documents documents,
      Problems problems,
      SchemaReader schemas,
      SchemaWalk walk,
      Bindings bindings) {
    this.documents = documents;
    this.problems = problems;
    this.schemas = schemas;
    this.walk = walk;
    this.bindings = bindings;
    this.headers = new HeaderReader(documents, problems, schemas, walk);
    String declared = root.text("defaultContentType");
    this.defaultContentType = declared == null ? JSON : declared;
  }

  /** What a message carries beside its payload. */
  List<Parameter> metadata(Layers message) {
    List<Parameter> metadata = new ArrayList<>(headers.read(message));
    Place key = bindings.key(message);
    if (key != null) {
      walk.visit(key);
      metadata.add(header("kafka key", true, schemas.shape(key), key));
    }
    Place correlation = message.get("correlationId");
    correlation = correlation == null ? null : problems.follow(documents, correlation);
    if (correlation != null) {
      metadata.addAll(expression("correlation id", correlation));
    }
    return metadata;
  }

  /**
   * Where in a message something stands, as a fact that two documents can be compared by.
   *
   * @param holder the object with the {@code location}
   */
  List<Parameter> expression(String name, Place holder) {
    Place location = holder.get("location");
    if (location == null || !location.node().isTextual()) {
      problems.add(holder, "expected a 'location' (a runtime expression)");
      return List.of();
    }
    return List.of(
        header(
            name,
            false,
            Shape.at(location.location()).enumeration(List.of(location.node())).build(),
            location));
  }

  private static Parameter header(String name, boolean required, Shape shape, Place at) {
    return new Parameter(Parameter.In.HEADER, name, required, shape, at.location());
  }

  /** The payload under its media type. */
  Body body(Layers message) {
    String declared = message.text("contentType");
    String mediaType = MediaTypes.bare(declared == null ? defaultContentType : declared);
    Place payload = message.target().get("payload");
    if (payload == null) {
      return new Body(
          false,
          Map.of(mediaType, Shape.any(message.target().location())),
          message.target().location());
    }
    Shape shape = shape(payload, message.text("schemaFormat"), "payload");
    shape = schemas.withExample(shape, example(message));
    return new Body(true, Map.of(mediaType, shape), payload.location());
  }

  private Shape shape(Place declared, @Nullable String format, String what) {
    Place schema = schema(declared, format, what, problems, documents);
    if (schema == null) {
      return Shape.at(declared.location()).unread(List.of("schemaFormat")).build();
    }
    walk.visit(schema);
    return schemas.shape(schema);
  }

  /**
   * The JSON schema at a place, which may wrap it together with its format; null, and a problem,
   * when it is in another language.
   *
   * @param format the format that stands beside it; null when none does
   */
  static @Nullable Place schema(
      Place declared,
      @Nullable String format,
      String what,
      Problems problems,
      Documents documents) {
    Place schema = declared;
    String language = format;
    Place target = schema.ref() == null ? schema : problems.follow(documents, schema);
    if (target != null && target.text("schemaFormat") != null) {
      language = target.text("schemaFormat");
      schema = target.get("schema");
      if (schema == null) {
        problems.add(target, "expected a 'schema' beside 'schemaFormat'");
        return null;
      }
    }
    String unread = language == null ? null : SchemaFormats.unread(language);
    if (unread != null) {
      problems.add(declared, "the " + what + " is " + unread);
      return null;
    }
    return schema;
  }

  private static @Nullable JsonNode example(Layers message) {
    Place examples = message.get("examples");
    for (Place example : examples == null ? List.<Place>of() : examples.items()) {
      JsonNode payload = example.node().get("payload");
      if (payload != null) {
        return payload;
      }
    }
    return null;
  }

  /** The messages an operation of AsyncAPI 2 names: one, or several as alternatives. */
  List<Place> alternatives(Place declared) {
    Place message = declared.ref() == null ? declared : problems.follow(documents, declared);
    if (message == null) {
      return List.of();
    }
    return message.get("oneOf") == null ? List.of(declared) : Constraints.items(message, "oneOf");
  }
}
