package dev.codicil.engine.containers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service in one class, of nothing but the JDK, which a test runs as a process and in containers.
 * What it is sent is kept in a file that its nodes share, or in memory when it is told to forget.
 */
public final class ContainedService {
  private static final Path SHARED =
      Path.of(String.valueOf(System.getenv("CODICIL_SHARED")), "moves");
  private static final boolean FORGETS = "yes".equals(System.getenv("FORGETS"));
  private static final AtomicInteger KEPT = new AtomicInteger();

  private ContainedService() {}

  /**
   * Serves on {@code args[0]}.
   *
   * @throws Exception when the port is in use
   */
  public static void main(String[] args) throws Exception {
    if (System.getenv("BROKEN") != null) {
      System.err.println("IllegalStateException: told to break");
      System.exit(3);
    }
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[0])), 64);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", ContainedService::handle);
    server.start();
    System.out.println("serving, token " + System.getenv("TOKEN"));
  }

  private static void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    System.out.println("node " + System.getenv("NODE") + ": " + asked);
    switch (asked) {
      case "GET /stock/1" -> reply(exchange, 200, "{\"id\":1,\"left\":7}");
      case "POST /moves" -> {
        if (FORGETS) {
          KEPT.incrementAndGet();
        } else {
          Files.writeString(SHARED, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        reply(exchange, 201, "{\"id\":1}");
      }
      case "GET /count" -> reply(exchange, 200, "{\"moves\":" + count() + "}");
      case "GET /basket" -> basket(exchange);
      default -> reply(exchange, 200, "{}");
    }
  }

  private static long count() throws IOException {
    return FORGETS ? KEPT.get() : Files.exists(SHARED) ? Files.size(SHARED) : 0;
  }

  /** Asks twice, as a client of several nodes does. */
  private static void basket(HttpExchange exchange) throws IOException {
    for (int i = 0; i < 2; i++) {
      try {
        HttpURLConnection call =
            (HttpURLConnection)
                URI.create(System.getenv("STOCK") + "/stock/1").toURL().openConnection();
        call.setConnectTimeout(300);
        call.setReadTimeout(300);
        if (call.getResponseCode() == 200) {
          call.getInputStream().readAllBytes();
          reply(exchange, 200, "{\"items\":1}");
          return;
        }
      } catch (IOException next) {
        System.out.println("stock: " + next);
      }
    }
    reply(exchange, 503, "{\"title\":\"no stock\"}");
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
