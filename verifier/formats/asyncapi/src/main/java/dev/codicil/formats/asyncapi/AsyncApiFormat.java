package dev.codicil.formats.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import dev.codicil.formats.jsonschema.ProviderName;
import dev.codicil.formats.jsonschema.SchemaReader;
import dev.codicil.formats.jsonschema.SchemaWalk;
import java.util.regex.Pattern;

/**
 * AsyncAPI 2 (to 2.6) and 3.0, each message of an operation an interaction.
 *
 * <ul>
 *   <li>The provider is the application the document describes: {@code info.x-codicil-provider},
 *       else the file's name without its extension. What it sends is compared as a reply, what it
 *       receives as a request. {@code subscribe} of AsyncAPI 2 is what it sends.
 *   <li>An interaction's key is {@code send ADDRESS NAME} or {@code receive ADDRESS NAME}, with
 *       {@code {}} for parameters of the address. The name is the message's own, else the id it has
 *       in its channel (AsyncAPI 3), else its {@code messageId} or the last step of the reference
 *       that leads to it (AsyncAPI 2). A Kafka topic that a binding names stands for the address.
 *   <li>Headers, the Kafka key, where the correlation id and the reply address stand are metadata;
 *       parameters of the address and the protocols of the servers are inputs.
 *   <li>Payloads in JSON Schema and the AsyncAPI dialect are read; in another language, and
 *       bindings other than the two of Kafka, they are told as problems.
 *   <li>Passed over: hosts, paths and security of servers, tags and other descriptions, and
 *       components that no operation leads to.
 * </ul>
 */
public final class AsyncApiFormat implements ContractFormat {
  private static final Pattern VERSION_2 = Pattern.compile("2\\.[0-6](?:\\.[0-9]{1,3})?");
  private static final Pattern VERSION_3 = Pattern.compile("3\\.0(?:\\.[0-9]{1,3})?");

  @Override
  public String id() {
    return "asyncapi";
  }

  @Override
  public boolean recognizes(SourceDocument document) {
    return document.root().isObject() && document.root().has("asyncapi");
  }

  @Override
  public Reading read(SourceDocument document, Source source) {
    JsonNode declared = document.root().path("asyncapi");
    // Numbers are taken too, since YAML makes one of an unquoted 2.6.
    String version = declared.isTextual() || declared.isNumber() ? declared.asText() : "";
    boolean version2 = VERSION_2.matcher(version).matches();
    if (!version2 && !VERSION_3.matcher(version).matches()) {
      throw new InputException(
          document.locate("/asyncapi"),
          "AsyncAPI " + Documents.quoted(version) + " is not yet read; expected 2.0 to 2.6 or 3.0",
          "declare one of these versions");
    }
    for (String field : new String[] {"channels", "operations", "servers"}) {
      JsonNode node = document.root().get(field);
      if (node != null && !node.isObject() && !node.isNull()) {
        throw new InputException(
            document.locate("/" + field), "expected '" + field + "' to be an object", "");
      }
    }
    if (!document.root().has("channels") && (version2 || !document.root().has("operations"))) {
      throw new InputException(
          document.locate(""),
          "no message stands in it: there are no 'channels'"
              + (version2 ? "" : " and no 'operations'"),
          "files that only hold parts for others need no 'asyncapi' version");
    }
    Problems problems = new Problems();
    Documents documents = new Documents(document, source);
    Place root = Place.root(document);
    SchemaReader schemas = new SchemaReader(documents, false);
    SchemaWalk walk = SchemaWalk.ofJsonSchema(documents, problems);
    Bindings bindings = new Bindings(documents, problems);
    ChannelReader channels = new ChannelReader(root, documents, problems, schemas, walk, bindings);
    MessageReader messages = new MessageReader(root, documents, problems, schemas, walk, bindings);
    Interactions interactions = new Interactions(documents, problems, messages, version2);
    if (version2) {
      new Version2(root, documents, problems, channels, messages, bindings, interactions).read();
    } else {
      new Version3(root, documents, problems, channels, messages, bindings, interactions).read();
    }
    Contract contract =
        new Contract(
            id(),
            ProviderName.of(document, document.root().path("info")),
            null,
            interactions.list(),
            document.locate(""));
    return new Reading(contract, problems.list());
  }
}
