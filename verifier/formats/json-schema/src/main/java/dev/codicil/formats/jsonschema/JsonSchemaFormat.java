package dev.codicil.formats.jsonschema;

import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Bare JSON Schema: one schema a file, in drafts 4, 6, 7, 2019-09 and 2020-12.
 *
 * <ul>
 *   <li>A file is claimed when its {@code $schema} names json-schema.org and it is no document of
 *       another format.
 *   <li>It is the contract of one message that its provider sends: a JSON value that conforms. What
 *       producers may emit is compared as a reply is.
 *   <li>A file that only defines schemas for others, and says nothing about a value itself, is one
 *       message a definition.
 *   <li>The provider is {@code x-codicil-provider}, else the file's name without its extension.
 * </ul>
 */
public final class JsonSchemaFormat implements ContractFormat {
  private static final Pattern DRAFT =
      Pattern.compile(
          "https?://json-schema\\.org/(?:draft-0[467]|draft/(?:2019-09|2020-12))/schema#?");
  private static final Set<String> SILENT = Set.of("id", "$vocabulary", "default", "examples");

  @Override
  public String id() {
    return "json-schema";
  }

  @Override
  public boolean recognizes(SourceDocument document) {
    var root = document.root();
    return root.isObject()
        && root.path("$schema").asText().contains("//json-schema.org/")
        && !root.has("openapi")
        && !root.has("swagger")
        && !root.has("asyncapi")
        && !(root.path("provider").isObject() && root.path("consumer").isObject());
  }

  @Override
  public Reading read(SourceDocument document, Source source) {
    String dialect = document.root().path("$schema").asText();
    if (!DRAFT.matcher(dialect).matches()) {
      throw new InputException(
          document.locate("/$schema"),
          "the dialect " + Documents.quoted(dialect) + " is not yet read",
          "expected JSON Schema draft-04, draft-06, draft-07, 2019-09 or 2020-12");
    }
    Problems problems = new Problems();
    Documents documents = new Documents(document, source);
    SchemaReader schemas = new SchemaReader(documents, false);
    SchemaWalk walk = SchemaWalk.ofJsonSchema(documents, problems);
    Place root = Place.root(document);
    List<Interaction> interactions = new ArrayList<>();
    String title = root.text("title");
    String name = title == null || title.isBlank() ? ProviderName.fileName(document) : title;
    List<Map.Entry<String, Place>> definitions = definitions(root);
    if (saysSomething(root) || definitions.isEmpty()) {
      walk.visit(root);
      interactions.add(message("value", name, root, schemas));
    } else {
      for (Map.Entry<String, Place> definition : definitions) {
        walk.visit(definition.getValue());
        interactions.add(
            message(
                "definition " + definition.getKey(),
                definition.getKey() + " of " + name,
                definition.getValue(),
                schemas));
      }
    }
    Contract contract =
        new Contract(
            id(),
            ProviderName.of(document, document.root()),
            null,
            interactions,
            document.locate(""));
    return new Reading(contract, problems.list());
  }

  private static MessageInteraction message(
      String key, String description, Place schema, SchemaReader schemas) {
    return new MessageInteraction(
        key,
        description,
        List.of(),
        List.of(),
        new Body(true, Map.of("application/json", schemas.shape(schema)), schema.location()),
        schema.location());
  }

  private static List<Map.Entry<String, Place>> definitions(Place root) {
    List<Map.Entry<String, Place>> definitions = new ArrayList<>(root.fields("$defs"));
    definitions.addAll(root.fields("definitions"));
    return definitions;
  }

  private static boolean saysSomething(Place root) {
    return root.ref() != null
        || root.fields().stream()
            .map(Map.Entry::getKey)
            .anyMatch(
                keyword ->
                    !Keywords.ANNOTATIONS.contains(keyword)
                        && !SILENT.contains(keyword)
                        && !keyword.startsWith("x-"));
  }
}
