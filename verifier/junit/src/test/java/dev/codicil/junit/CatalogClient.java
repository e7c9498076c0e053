package dev.codicil.junit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A consumer as people write it: no timeout, and it takes what comes. */
final class CatalogClient {
  /** The catalog cannot be used; callers know what to do then. */
  static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI catalog;

  CatalogClient(URI catalog) {
    this.catalog = catalog;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> reply =
        http.send(
            HttpRequest.newBuilder(catalog.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (reply.statusCode() != 200) {
      throw new Unavailable("the catalog answered " + reply.statusCode());
    }
    return Json.mapper().readTree(reply.body());
  }

  /** The price; follows the link to more, which the amended catalog gives. */
  int price(String id) throws IOException, InterruptedException {
    JsonNode item = get("/items/" + id);
    if (item.has("more")) {
      get(item.get("more").asText());
    }
    return item.get("price").asInt();
  }
}
