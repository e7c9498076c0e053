package dev.codicil.junit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A provider as people write it, which asks another service for its prices. */
final class Catalog implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI prices;
  private final @Nullable Duration timeout;
  private volatile String note = "";

  /**
   * @param timeout how long it waits for a price; null for ever
   */
  Catalog(URI prices, @Nullable Duration timeout) {
    this.prices = prices;
    this.timeout = timeout;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/items/", this::item);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "catalog");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What is told of every item. */
  void note(String text) {
    note = text;
  }

  private void item(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/items/".length());
    try {
      reply(
          exchange,
          200,
          "{\"id\":\"" + id + "\",\"price\":" + price(id) + ",\"note\":\"" + note + "\"}");
    } catch (IOException unavailable) {
      reply(exchange, 503, "{\"title\":\"no price\"}");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int price(String id) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(prices.resolve("/prices/" + id));
    if (timeout != null) {
      request.timeout(timeout);
    }
    String body = http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    return Json.mapper().readTree(body).path("price").asInt();
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
