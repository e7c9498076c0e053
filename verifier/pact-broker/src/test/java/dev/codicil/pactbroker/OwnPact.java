package dev.codicil.pactbroker;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Codicil's own pact with a broker, served: what it does not hold is answered with 599, and what
 * was asked is counted.
 */
final class OwnPact implements AutoCloseable {
  private static final String PLACEHOLDER = "http://broker.example";

  private final HttpServer server;
  private final List<JsonNode> interactions;
  private final List<String> used = Collections.synchronizedList(new ArrayList<>());
  private final List<String> strange = Collections.synchronizedList(new ArrayList<>());

  private OwnPact(HttpServer server, List<JsonNode> interactions) {
    this.server = server;
    this.interactions = interactions;
  }

  static List<JsonNode> interactions() throws IOException {
    try (InputStream in = OwnPact.class.getResourceAsStream("codicil-pact-broker.json")) {
      List<JsonNode> all = new ArrayList<>();
      Json.mapper().readTree(in).path("interactions").forEach(all::add);
      return all;
    }
  }

  static OwnPact serve() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OwnPact pact = new OwnPact(server, interactions());
    server.createContext("/", pact::handle);
    server.start();
    return pact;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Descriptions of what was asked, in order. */
  List<String> used() {
    return List.copyOf(used);
  }

  /** Requests that the pact does not hold. */
  List<String> strange() {
    return List.copyOf(strange);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (JsonNode interaction : interactions) {
      if (holds(interaction.path("request"), exchange, body)) {
        used.add(interaction.path("description").asText());
        JsonNode response = interaction.path("response");
        String text =
            response.has("body")
                ? response.path("body").toString().replace(PLACEHOLDER, url())
                : "";
        StandInBroker.send(
            exchange,
            response.path("status").asInt(),
            response.path("headers").path("Content-Type").asText("text/plain"),
            text);
        return;
      }
    }
    strange.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    StandInBroker.send(exchange, 400, "text/plain", "not in the pact");
  }

  private static boolean holds(JsonNode request, HttpExchange exchange, String body)
      throws IOException {
    if (!request.path("method").asText().equals(exchange.getRequestMethod())
        || !request.path("path").asText().equals(exchange.getRequestURI().getRawPath())) {
      return false;
    }
    for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
      if (!header
          .getValue()
          .asText()
          .equals(exchange.getRequestHeaders().getFirst(header.getKey()))) {
        return false;
      }
    }
    return request.has("body")
        ? Json.mapper().readTree(body).equals(request.path("body"))
        : body.isEmpty();
  }
}
