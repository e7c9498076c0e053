package dev.codicil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The REST endpoints of GitHub that the scripts call, as its documentation describes them: issue
 * comments with pages, pull requests of a branch, and who a token is.
 */
final class GithubStandIn implements AutoCloseable {
  static final String BOT = "github-actions[bot]";
  private static final Pattern LIST = Pattern.compile("/repos/shop/checkout/issues/7/comments");
  private static final Pattern ONE =
      Pattern.compile("/repos/shop/checkout/issues/comments/([0-9]+)");

  private final HttpServer server;
  private final List<ObjectNode> comments = new ArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Deque<Canned> next = new ArrayDeque<>();
  private final ArrayNode pulls = Json.mapper().createArrayNode();
  private String branch = "";
  private byte[] artifact = new byte[0];
  private long artifactSize = -1;
  private long id = 1000;

  /** Runs when a comment is created, before the reply. */
  private Runnable onCreate = () -> {};

  /** An answer that is given in place of the real one, to the next request of a method. */
  private record Canned(
      String method, int status, String body, Map<String, String> headers, boolean done) {}

  GithubStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized long comment(String login, String body) {
    ObjectNode comment = Json.mapper().createObjectNode();
    comment.put("id", ++id).put("body", body);
    comment.putObject("user").put("login", login);
    comments.add(comment);
    return id;
  }

  synchronized List<String> bodies(String login) {
    return comments.stream()
        .filter(one -> one.at("/user/login").asText().equals(login))
        .map(one -> one.path("body").asText())
        .toList();
  }

  synchronized List<Long> ids() {
    return comments.stream().map(one -> one.path("id").asLong()).toList();
  }

  List<String> requests(String method) {
    return requests.stream().filter(one -> one.startsWith(method + " ")).toList();
  }

  synchronized void answerNext(String method, int status, String body) {
    next.add(new Canned(method, status, body, Map.of(), false));
  }

  synchronized void answerNext(
      String method, int status, String body, Map<String, String> headers) {
    next.add(new Canned(method, status, body, headers, false));
  }

  /** Does what is asked, and answers as if it had failed. */
  synchronized void doNextButAnswer(String method, int status) {
    next.add(new Canned(method, status, "{}", Map.of(), true));
  }

  synchronized void onCreate(Runnable race) {
    onCreate = race;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    URI uri = exchange.getRequestURI();
    requests.add(method + " " + uri);
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if (!"Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      reply(exchange, 401, "{\"message\":\"Bad credentials\"}");
      return;
    }
    if (uri.getPath().equals("/repos/shop/checkout/actions/artifacts/5/zip")) {
      exchange.getResponseHeaders().add("Location", "/blob?signed=1");
      reply(exchange, 302, "");
      return;
    }
    if (uri.getPath().equals("/blob")) {
      exchange.sendResponseHeaders(200, artifact.length);
      exchange.getResponseBody().write(artifact);
      exchange.close();
      return;
    }
    Canned canned = next.peek();
    if (canned != null && canned.method().equals(method)) {
      next.remove();
      if (canned.done()) {
        real(method, uri, sent);
      }
      canned.headers().forEach(exchange.getResponseHeaders()::add);
      reply(exchange, canned.status(), canned.body());
      return;
    }
    Canned real = real(method, uri, sent);
    reply(exchange, real.status(), real.body());
  }

  private Canned real(String method, URI uri, byte[] sent) throws IOException {
    Matcher one = ONE.matcher(uri.getPath());
    boolean list = LIST.matcher(uri.getPath()).matches();
    if (method.equals("GET") && uri.getPath().equals("/user")) {
      return done(403, "{\"message\":\"Resource not accessible by integration\"}");
    }
    if (method.equals("GET") && list) {
      int page = Integer.parseInt(parameter(uri, "page"));
      int size = Integer.parseInt(parameter(uri, "per_page"));
      ArrayNode array = Json.mapper().createArrayNode();
      comments.stream().skip((page - 1L) * size).limit(size).forEach(array::add);
      return done(200, array.toString());
    }
    if (method.equals("GET") && uri.getPath().equals("/repos/shop/checkout/pulls")) {
      return done(200, parameterText(uri, "head").equals(branch) ? pulls.toString() : "[]");
    }
    if (method.equals("GET")
        && uri.getPath().equals("/repos/shop/checkout/actions/runs/99/artifacts")) {
      ObjectNode found = Json.mapper().createObjectNode();
      ArrayNode array = found.putArray("artifacts");
      if (artifact.length > 0) {
        array
            .addObject()
            .put("id", 5)
            .put("name", "codicil")
            .put("expired", false)
            .put("size_in_bytes", artifactSize < 0 ? artifact.length : artifactSize);
      }
      return done(200, found.toString());
    }
    if (method.equals("POST") && list) {
      JsonNode created = Json.mapper().readTree(sent);
      onCreate.run();
      comment(BOT, created.path("body").asText());
      return done(201, comments.get(comments.size() - 1).toString());
    }
    if (one.matches()) {
      long wanted = Long.parseLong(one.group(1));
      for (ObjectNode comment : comments) {
        if (comment.path("id").asLong() == wanted && method.equals("PATCH")) {
          comment.put("body", Json.mapper().readTree(sent).path("body").asText());
          return done(200, comment.toString());
        }
        if (comment.path("id").asLong() == wanted && method.equals("DELETE")) {
          comments.remove(comment);
          return done(204, "");
        }
      }
    }
    return done(404, "{\"message\":\"Not Found\"}");
  }

  /** An open pull request of this repository. */
  synchronized void pull(int number, String branchOf, String fork, String sha) {
    branch = branchOf;
    ObjectNode pull = pulls.addObject().put("number", number);
    ObjectNode head = pull.putObject("head").put("sha", sha);
    head.putObject("repo").put("full_name", fork);
  }

  /**
   * What run 99 has left, as a zip.
   *
   * @param size that is told of it; negative for the real one
   */
  synchronized void artifact(byte[] zip, long size) {
    artifact = zip;
    artifactSize = size;
  }

  private static String parameterText(URI uri, String name) {
    Matcher matcher =
        Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(String.valueOf(uri.getQuery()));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static Canned done(int status, String body) {
    return new Canned("", status, body, Map.of(), true);
  }

  private static String parameter(URI uri, String name) {
    Matcher matcher =
        Pattern.compile("(?:^|&)" + name + "=([0-9]+)").matcher(String.valueOf(uri.getQuery()));
    return matcher.find() ? matcher.group(1) : "1";
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
