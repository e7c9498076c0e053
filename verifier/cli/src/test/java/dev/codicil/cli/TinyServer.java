package dev.codicil.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A subject for tests: answers every request alike, or exits at once when told to by its
 * environment.
 */
final class TinyServer {
  private TinyServer() {}

  public static void main(String[] args) throws IOException {
    if ("true".equals(System.getenv("TINY_EXITS"))) {
      System.err.println("tiny: told to exit");
      System.exit(3);
    }
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
    byte[] body = "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }
}
