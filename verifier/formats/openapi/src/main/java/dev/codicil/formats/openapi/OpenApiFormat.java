package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Judges;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import dev.codicil.formats.jsonschema.SchemaReader;
import java.util.regex.Pattern;

/**
 * OpenAPI 3.0 and 3.1, each operation an interaction by schema.
 *
 * <ul>
 *   <li>An interaction's key is {@code METHOD /path/{}}: renaming a path parameter keeps it. The
 *       path part of the first server's address (operation before path item before document,
 *       variables at their defaults) stands before the path, unless it is {@code /}; so an amended
 *       base path is an amended path.
 *   <li>The provider is {@code info.x-codicil-provider}, else the file's name without its
 *       extension.
 *   <li>A path parameter that the template names and nobody declares is a required string.
 *   <li>References lead to other files of the {@link Source} only; nothing is fetched.
 *   <li>Callbacks and webhooks are told as problems, since they are not replayed. Security schemes
 *       are passed over without one: credentials are declared in Codicil's own configuration.
 *       Links, tags and other descriptions say nothing that could be broken.
 * </ul>
 *
 * <p>Bodies other than JSON and text are judged by their media type and presence alone.
 */
public final class OpenApiFormat implements ContractFormat {
  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

  @Override
  public String id() {
    return "openapi";
  }

  @Override
  public boolean recognizes(SourceDocument document) {
    return document.root().isObject()
        && (version(document, "openapi").startsWith("3.")
            || version(document, "swagger").startsWith("2"));
  }

  @Override
  public Reading read(SourceDocument document, Source source) {
    String version = version(document, "openapi");
    if (version.isEmpty()) {
      throw new InputException(
          document.locate("/swagger"),
          "OpenAPI 2 (Swagger) is not yet read; expected OpenAPI 3.0 or 3.1",
          "convert the document to OpenAPI 3");
    }
    boolean v30 = version.equals("3.0") || version.startsWith("3.0.");
    if (!v30 && !version.equals("3.1") && !version.startsWith("3.1.")) {
      throw new InputException(
          document.locate("/openapi"),
          "OpenAPI " + Documents.quoted(version) + " is not yet read; expected 3.0 or 3.1",
          "declare one of these versions");
    }
    JsonNode paths = document.root().get("paths");
    if (paths != null && !paths.isObject() && !paths.isNull()) {
      throw new InputException(document.locate("/paths"), "expected 'paths' to be an object", "");
    }
    Problems problems = new Problems();
    Documents documents = new Documents(document, source);
    Place root = Place.root(document);
    PartReader parts = new PartReader(documents, problems, new SchemaReader(documents, v30));
    Judges judges = new Judges(documents, v30);
    Contract contract =
        new Contract(
            id(),
            provider(document),
            null,
            new OperationReader(root, documents, problems, parts, judges).read(),
            document.locate(""));
    return new Reading(contract, problems.list());
  }

  /** The declared version; numbers are taken too, since YAML makes one of an unquoted 3.1. */
  private static String version(SourceDocument document, String field) {
    JsonNode version = document.root().path(field);
    return version.isTextual() || version.isNumber() ? version.asText() : "";
  }

  private static String provider(SourceDocument document) {
    String declared = document.root().path("info").path("x-codicil-provider").asText().strip();
    if (!declared.isEmpty()) {
      return declared;
    }
    String file = document.file();
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    String base = EXTENSION.matcher(name).replaceFirst("");
    return base.isEmpty() ? name : base;
  }
}
