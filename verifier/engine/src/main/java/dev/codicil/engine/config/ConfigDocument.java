package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads a configuration document and holds it to its JSON Schema; errors stand at their line. */
public final class ConfigDocument {
  private ConfigDocument() {}

  /**
   * Reads and validates.
   *
   * @param file path for messages
   * @param bytes content
   * @param schemaResource class path of the JSON Schema
   * @throws InputException at the first line that the schema refuses
   */
  public static SourceDocument read(String file, byte[] bytes, String schemaResource) {
    SourceDocument document = DocumentReader.read(file, bytes);
    validate(document, schemaResource);
    return document;
  }

  /** Holds a document to a schema from the class path. */
  public static void validate(SourceDocument document, String schemaResource) {
    JsonNode schemaNode = schema(schemaResource);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schemaNode);
    List<Error> errors = schema.validate(document.root());
    errors.stream()
        .map(error -> toException(document, error, schemaNode))
        .min(
            Comparator.comparingInt((InputException e) -> e.location().line())
                .thenComparing(e -> -e.location().pointer().length())
                .thenComparing(InputException::what))
        .ifPresent(
            first -> {
              throw first;
            });
  }

  /**
   * A relative path inside the project, with forward slashes and none at its end.
   *
   * @param document where it is written
   * @param pointer where it stands in the document
   * @param folder what it is relative to, itself relative to the project; may be empty
   * @param path as written
   * @throws InputException when it leads out of the project, or is no path
   */
  static String inside(SourceDocument document, String pointer, String folder, String path) {
    try {
      String given = path.replace('\\', '/');
      Path joined = Path.of(folder).resolve(given).normalize();
      if (!joined.isAbsolute() && !joined.startsWith("..")) {
        return joined.toString().replace('\\', '/');
      }
    } catch (InvalidPathException noPath) {
      throw new InputException(
          document.locate(pointer), "this is no path: " + noPath.getReason(), "check it");
    }
    throw new InputException(
        document.locate(pointer),
        "the path '" + path + "' leads out of the project",
        "give a path inside the folder of " + Project.FILE);
  }

  private static JsonNode schema(String resource) {
    try (InputStream in = ConfigDocument.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputException toException(
      SourceDocument document, Error error, JsonNode schemaNode) {
    String pointer = pointer(error.getInstanceLocation());
    String property = error.getProperty();
    String keyword = String.valueOf(error.getKeyword());
    if (keyword.equals("additionalProperties") && property != null) {
      Location at = document.locate(SourceDocument.child(pointer, property));
      return new InputException(
          at, "unknown key '" + property + "'", "known here: " + known(error, schemaNode));
    }
    if (keyword.equals("required") && property != null) {
      return new InputException(
          document.locate(pointer), "the key '" + property + "' is missing", "add it");
    }
    String where =
        pointer.isEmpty() ? "the document" : "'" + pointer.substring(1).replace('/', '.') + "'";
    return new InputException(
        document.locate(pointer), where + ": " + error.getMessage(), "see docs/configuration.md");
  }

  private static String known(Error error, JsonNode schemaNode) {
    String path = String.valueOf(error.getSchemaLocation());
    int hash = path.indexOf('#');
    String parent =
        hash < 0 ? "" : path.substring(hash + 1).replaceAll("/additionalProperties$", "");
    JsonNode properties = schemaNode.at(parent).path("properties");
    return String.join(
        ", ",
        StreamSupport.stream(((Iterable<String>) properties::fieldNames).spliterator(), false)
            .sorted()
            .toList());
  }

  private static String pointer(NodePath path) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      text.append('/')
          .append(String.valueOf(path.getElement(i)).replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
