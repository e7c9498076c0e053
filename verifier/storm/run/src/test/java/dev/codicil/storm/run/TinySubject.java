package dev.codicil.storm.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small service, run as a process of its own, with the vices that its environment names. */
public final class TinySubject {
  private static final Map<String, String> ENV = System.getenv();
  private static final Path KEPT = Path.of(ENV.getOrDefault("CODICIL_SHARED", ""), "kept");
  private static final Socket DIRECT = new Socket();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final AtomicInteger ITEMS = new AtomicInteger();
  private static final Set<String> DONE = ConcurrentHashMap.newKeySet();

  /** Whether it has given up on its partner, until it is reset. */
  private static final AtomicBoolean RESIGNED = new AtomicBoolean();

  private TinySubject() {}

  /**
   * Serves on {@code args[0]}.
   *
   * @throws Exception when the port is in use, which ends the process
   */
  public static void main(String[] args) throws Exception {
    System.out.println("hello, my token is " + ENV.get("TOKEN"));
    System.out.println("I am " + ENV.get("WHERE"));
    if (vice("exit") || vice("single") && ENV.getOrDefault("WHERE", "").contains("_2")) {
      System.err.println("cannot start without a license");
      System.exit(3);
    }
    if (vice("locks")) {
      // A lock that only an orderly end would take away.
      Files.createFile(KEPT.resolveSibling("lock-" + ENV.getOrDefault("NODE", "0")));
    }
    if (vice("child")) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  TinySubject.class.getName(),
                  "0")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      // Else the child would have a child of its own, and so on without end.
      builder.environment().remove("VICES");
      Process child = builder.start();
      Files.writeString(Path.of(ENV.getOrDefault("CHILD_PID", "")), Long.toString(child.pid()));
    }
    if (ENV.containsKey("DIRECT")) {
      String[] peer = ENV.getOrDefault("DIRECT", "").split(":", 2);
      DIRECT.connect(new InetSocketAddress(peer[0], Integer.parseInt(peer[1])));
    }
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 64);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", TinySubject::handle);
    server.start();
  }

  private static boolean vice(String name) {
    return Set.of(ENV.getOrDefault("VICES", "").split(",", -1)).contains(name);
  }

  private static final MonkeyDouble MONKEY =
      new MonkeyDouble(
          Stream.of(ENV.getOrDefault("VICES", "").split(",", -1))
              .filter(vice -> vice.startsWith("monkey-"))
              .map(vice -> vice.substring("monkey-".length()))
              .collect(Collectors.toSet()));

  /** Whether the monkey inside answers, or lets nobody answer. */
  private static boolean assaulted(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try {
      if (path.startsWith("/actuator/")) {
        return MONKEY.answer(exchange);
      }
      if (!Set.of("/items/1", "/partner").contains(path) || MONKEY.lets()) {
        return false;
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    reply(exchange, 500, "{}");
    return true;
  }

  private static void handle(HttpExchange exchange) throws IOException {
    if (vice("monkey") && assaulted(exchange)) {
      return;
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    System.out.println(call);
    try {
      switch (call) {
        case "GET /health" -> reply(exchange, vice("never-ready") ? 503 : 200, "{}");
        case "POST /_reset" -> {
          DONE.clear();
          ITEMS.set(0);
          RESIGNED.set(false);
          reply(exchange, 204, "");
        }
        case "POST /_states" ->
            reply(
                exchange,
                vice("no-states") ? 500 : 200,
                "{\"problem\":\"no such state, " + ENV.get("TOKEN") + "\"}");
        case "GET /count" -> reply(exchange, 200, "{\"count\":" + count() + "}");
        case "GET /items/1" -> item(exchange);
        case "GET /partner" -> reply(exchange, 200, "{\"ok\":true}");
        case "POST /orders" -> order(exchange);
        case "POST /items" -> add(exchange, new String(body, StandardCharsets.UTF_8));
        case "GET /echo" -> echo(exchange);
        case "GET /secret" ->
            reply(
                exchange,
                vice("angry") ? 500 : 200,
                "{\"id\":\"" + ENV.get("TOKEN") + "\",\"" + ENV.get("TOKEN") + "\":1}");
        default -> reply(exchange, 404, "{}");
      }
    } catch (RuntimeException e) {
      reply(exchange, 500, "{\"trace\":\"java.lang.X\\n\\tat a.B.c(B.java:12)\"}");
    }
  }

  private static void item(HttpExchange exchange) throws IOException {
    String upstream = ENV.get("UPSTREAM");
    if (vice("moody") && COUNT.incrementAndGet() % 2 == 0) {
      reply(exchange, 500, "{}");
      return;
    }
    if (vice("falters") && ITEMS.incrementAndGet() % 2 == 0) {
      reply(exchange, 500, "{}");
      return;
    }
    if (vice("broken")) {
      reply(exchange, 200, "{\"id\":1}");
      return;
    }
    if (upstream == null || vice("ignores-upstream")) {
      reply(exchange, 200, "{\"id\":1,\"name\":\"one\"}");
      return;
    }
    if (RESIGNED.get()) {
      reply(exchange, 200, "{\"id\":1,\"name\":\"another\"}");
      return;
    }
    try {
      if (vice("queues")) {
        synchronized (DONE) { // a lock that is held across the call
          callPartner(upstream);
        }
      } else {
        callPartner(upstream);
      }
    } catch (IOException e) {
      if (vice("dies")) {
        Runtime.getRuntime().halt(9);
      }
      if (vice("sulks")) {
        COUNT.set(-1);
      }
      RESIGNED.set(vice("resigns"));
      String name = vice("guesses") ? "another" : "one";
      boolean good = vice("falls-back") || vice("guesses");
      reply(exchange, good ? 200 : 503, "{\"id\":1,\"name\":\"" + name + "\"}");
      return;
    }
    if (vice("counts")) {
      String count = "{\"id\":1,\"name\":\"one\",\"served\":" + COUNT.incrementAndGet() + "}";
      reply(exchange, 200, count);
      return;
    }
    // Once it sulks no reset helps, only a restart.
    reply(exchange, COUNT.get() < 0 ? 500 : 200, "{\"id\":1,\"name\":\"one\"}");
  }

  /** Adds an item at the upstream, and once more when no whole reply came. */
  private static void order(HttpExchange exchange) throws IOException {
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        HttpURLConnection call =
            (HttpURLConnection) URI.create(ENV.get("UPSTREAM") + "/items").toURL().openConnection();
        call.setDoOutput(true);
        call.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
        call.getInputStream().readAllBytes();
        reply(exchange, 201, "{\"id\":1}");
        return;
      } catch (IOException e) {
        System.out.println("attempt " + attempt + " failed: " + e);
      }
    }
    reply(exchange, 503, "{}");
  }

  /** Tells the key that it was asked with: in its reply, in its log, or when its partner fails. */
  private static void echo(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("X-Api-Key");
    String written =
        vice("encodes")
            ? Base64.getEncoder().encodeToString(("key=" + key).getBytes(StandardCharsets.UTF_8))
            : key;
    if (vice("logs-keys")) {
      System.out.println("called with " + written);
    }
    boolean failed = false;
    try {
      callPartner(ENV.getOrDefault("UPSTREAM", ""));
    } catch (IOException e) {
      failed = true;
    }
    boolean tells = vice("echoes") || vice("debugs") && failed;
    reply(
        exchange,
        failed ? 503 : 200,
        "{\"id\":1,\"name\":\"one\",\"debug\":{\"key\":\"" + (tells ? written : "-") + "\"}}");
  }

  private static void callPartner(String upstream) throws IOException {
    HttpURLConnection call =
        (HttpURLConnection) URI.create(upstream + "/partner").toURL().openConnection();
    call.setReadTimeout(Integer.parseInt(ENV.getOrDefault("UPSTREAM_TIMEOUT", "0")));
    call.getInputStream().readAllBytes();
  }

  private static void add(HttpExchange exchange, String body) throws IOException {
    if (!vice("idempotent") || DONE.add(body)) {
      COUNT.incrementAndGet();
      if (vice("durable")) {
        Files.writeString(KEPT, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
    reply(exchange, 201, "{\"id\":1,\"name\":\"one\"}");
  }

  /** What was added: in this process, or by all nodes. */
  private static long count() throws IOException {
    return !vice("durable") ? COUNT.get() : Files.exists(KEPT) ? Files.size(KEPT) : 0;
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("Set-Cookie", "session=abcdef");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
