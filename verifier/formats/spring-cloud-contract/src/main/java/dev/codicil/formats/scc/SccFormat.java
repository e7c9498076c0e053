package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.util.List;
import java.util.Set;

/**
 * Spring Cloud Contract in YAML: one contract, a list of them, or several YAML documents in a file.
 *
 * <p>The names of provider and consumer stand in no such file; they are told by its path, see
 * {@link Parties}. A contract that its author marked {@code ignored} or {@code inProgress} is named
 * among the problems and not read.
 */
public final class SccFormat implements ContractFormat {
  static final String ID = "spring-cloud-contract";

  /** What WireMock's stub mappings have and contracts have not; both have request and response. */
  private static final List<String> WIREMOCK_REQUEST =
      List.of("urlPattern", "urlPathPattern", "urlPathTemplate", "bodyPatterns");

  private static final List<String> WIREMOCK_RESPONSE =
      List.of("jsonBody", "bodyFileName", "base64Body", "proxyBaseUrl", "fault");

  private static final Set<String> TRIGGERS =
      Set.of("triggeredBy", "messageFrom", "messageBody", "messageBodyFromFile");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean recognizes(SourceDocument document) {
    JsonNode root = document.root();
    if (!root.isArray()) {
      return isContract(root);
    }
    for (JsonNode item : root) {
      if (isContract(item)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isContract(JsonNode node) {
    if (node.has("openapi") || node.has("asyncapi") || node.has("swagger")) {
      return false;
    }
    JsonNode request = node.path("request");
    JsonNode response = node.path("response");
    if (node.has("request") && node.has("response")) {
      return WIREMOCK_REQUEST.stream().noneMatch(request::has)
          && WIREMOCK_RESPONSE.stream().noneMatch(response::has);
    }
    JsonNode input = node.path("input");
    return node.path("outputMessage").isObject()
        || node.has("outputMessage") && node.has("label")
        || TRIGGERS.stream().anyMatch(input::has);
  }

  @Override
  public Reading read(SourceDocument document, Source source) {
    return new SccReading(document, source).read();
  }
}
