package dev.codicil.samples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Holds every reply that passes through it to an OpenAPI document. */
public final class OpenApiDocument implements Filter {

  private final JsonNode document;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(
          Dialects.getOpenApi31(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private OpenApiDocument(JsonNode document) {
    this.document = document;
  }

  /** Reads a document from the repository's contracts folder. */
  public static OpenApiDocument in(String path) {
    try {
      Path file = Path.of("..", "..", "contracts").resolve(path);
      return new OpenApiDocument(new ObjectMapper(new YAMLFactory()).readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response reply = context.next(request, expected);
    check(request.getMethod(), URI.create(request.getURI()).getPath(), reply);
    return reply;
  }

  private void check(String method, String path, Response reply) {
    String what = method + " " + path + " " + reply.statusCode();
    JsonNode declared =
        resolved(operation(method, path, what).path("responses").path("" + reply.statusCode()));
    assertThat(declared.isObject()).as("%s is not declared: %s", what, reply.asString()).isTrue();
    if (!declared.has("content")) {
      assertThat(reply.asString()).as("%s has no body", what).isEmpty();
      return;
    }
    String mediaType = reply.contentType().split(";", 2)[0];
    JsonNode content = declared.path("content").path(mediaType);
    assertThat(content.isObject()).as("%s as %s is not declared", what, mediaType).isTrue();
    ObjectNode schema = content.path("schema").deepCopy();
    schema.set("components", document.path("components"));
    assertThat(schemas.getSchema(schema).validate(reply.asString(), InputFormat.JSON))
        .as("%s: %s", what, reply.asString())
        .isEmpty();
  }

  private JsonNode operation(String method, String path, String what) {
    for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
      if (path.matches(entry.getKey().replaceAll("\\{[^}]+}", "[^/]+"))) {
        return entry.getValue().path(method.toLowerCase(Locale.ROOT));
      }
    }
    throw new AssertionError(what + " has no path in the document");
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }
}
