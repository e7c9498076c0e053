package dev.codicil.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A subject for tests: answers every request alike, or exits at once when told to by its
 * environment. Writes down what it sees of the environment when a file is named.
 */
final class TinyServer {
  private TinyServer() {}

  public static void main(String[] args) throws IOException {
    if ("true".equals(System.getenv("TINY_EXITS"))) {
      System.err.println("tiny: told to exit");
      System.exit(3);
    }
    if (args.length > 1) {
      Files.writeString(Path.of(args[1]), String.join("\n", environment()));
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

  private static List<String> environment() {
    return System.getenv().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }
}
