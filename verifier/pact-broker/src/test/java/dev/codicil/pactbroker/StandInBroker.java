package dev.codicil.pactbroker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A broker on loopback that speaks the part of the Pact Broker's API that is used, in the form that
 * its documentation records: the index with curies and templated links, pacts for verification with
 * notices, pacts with the broker's links and ids, versions with branches, and verification results.
 */
public final class StandInBroker implements AutoCloseable {
  /** A published pact. */
  public record Published(
      String consumer,
      String version,
      String branch,
      String provider,
      ObjectNode content,
      boolean pending,
      boolean wip) {
    String sha() {
      return Integer.toHexString(content.toString().hashCode());
    }
  }

  /** One request that came. */
  public record Seen(String method, String path, Map<String, String> headers, String body) {}

  /** What answers in place of the broker; null for the broker itself. */
  @FunctionalInterface
  public interface Fault {
    /** Whether it has answered. */
    boolean answers(HttpExchange exchange, int count) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Published> published = new ArrayList<>();
  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, List<JsonNode>> results = new HashMap<>();
  private final List<String> branches = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> counts = new HashMap<>();
  private @Nullable String authorization;
  private @Nullable Fault fault;
  private UnaryOperator<ObjectNode> edit = body -> body;

  private StandInBroker(HttpServer server) {
    this.server = server;
  }

  /** A broker without pacts. */
  public static StandInBroker start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      StandInBroker broker = new StandInBroker(server);
      server.createContext("/", broker::handle);
      server.setExecutor(broker.threads);
      server.start();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its index. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Takes only requests with this header. */
  public StandInBroker asking(String header) {
    authorization = header;
    return this;
  }

  /** Answers otherwise as long as the fault says so. */
  public StandInBroker failing(Fault with) {
    fault = with;
    return this;
  }

  /** Says other things than a broker does. */
  public StandInBroker saying(UnaryOperator<ObjectNode> change) {
    edit = change;
    return this;
  }

  /** Has a pact. */
  public StandInBroker with(Published pact) {
    published.add(pact);
    return this;
  }

  /** All that came, in order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Results that were posted for a pact, in order. */
  public List<JsonNode> results(Published pact) {
    return List.copyOf(results.getOrDefault(pact.sha(), List.of()));
  }

  /** Versions that were put on branches. */
  public List<String> branches() {
    return List.copyOf(branches);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String method = exchange.getRequestMethod();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
    seen.add(new Seen(method, path, headers, body));
    int count;
    synchronized (counts) {
      count = counts.merge(method + " " + path, 1, Integer::sum);
    }
    Fault now = fault;
    if (now != null && now.answers(exchange, count)) {
      exchange.close();
      return;
    }
    if (authorization != null && !authorization.equals(headers.get("authorization"))) {
      send(exchange, 401, error("Not authenticated"));
      return;
    }
    String[] segments = path.substring(1).split("/");
    for (int i = 0; i < segments.length; i++) {
      segments[i] = URLDecoder.decode(segments[i].replace("+", "%2B"), StandardCharsets.UTF_8);
    }
    answer(exchange, method, path, segments, body);
  }

  private void answer(
      HttpExchange exchange, String method, String path, String[] segments, String body)
      throws IOException {
    if (path.equals("/") && method.equals("GET")) {
      send(exchange, 200, index());
    } else if (path.endsWith("/for-verification") && method.equals("POST")) {
      forVerification(exchange, segments[2], Json.mapper().readTree(body));
    } else if (path.endsWith("/verification-results") && method.equals("POST")) {
      Published pact = bySha(segments[6]);
      if (pact == null) {
        send(exchange, 404, error("No pact version found"));
        return;
      }
      store(pact, body);
      send(exchange, 201, result(pact, Json.mapper().readTree(body)));
    } else if (path.endsWith("/verification-results/latest") && method.equals("GET")) {
      Published pact = bySha(segments[6]);
      List<JsonNode> all = pact == null ? List.of() : results(pact);
      if (pact == null || all.isEmpty()) {
        send(exchange, 404, error("No verification exists"));
      } else {
        send(exchange, 200, result(pact, all.get(all.size() - 1)));
      }
    } else if (path.contains("/pact-version/") && method.equals("GET")) {
      Published pact = bySha(segments[6]);
      send(exchange, pact == null ? 404 : 200, pact == null ? error("No pact") : pact(pact));
    } else if (path.contains("/branches/") && method.equals("PUT")) {
      branches.add(segments[1] + " " + segments[5] + " on " + segments[3]);
      send(exchange, 201, links("self", path));
    } else if (path.startsWith("/pacticipants/") && method.equals("GET")) {
      version(exchange, segments[1], segments[3]);
    } else {
      send(exchange, 404, error("The requested document was not found on this server."));
    }
  }

  /** As the broker has it when it has taken it and the answer is lost. */
  public void store(Published pact, String body) throws IOException {
    synchronized (results) {
      results
          .computeIfAbsent(pact.sha(), sha -> Collections.synchronizedList(new ArrayList<>()))
          .add(Json.mapper().readTree(body));
    }
  }

  private @Nullable Published bySha(String sha) {
    return published.stream().filter(pact -> pact.sha().equals(sha)).findFirst().orElse(null);
  }

  private ObjectNode index() {
    ObjectNode links = Json.mapper().createObjectNode();
    links.putObject("self").put("href", url()).put("title", "Index").put("templated", false);
    links
        .putObject("pb:provider-pacts-for-verification")
        .put("href", url() + "/pacts/provider/{provider}/for-verification")
        .put("title", "Pact versions to be verified for the specified provider")
        .put("templated", true);
    links
        .putObject("pb:pacticipant-branch-version")
        .put("href", url() + "/pacticipants/{pacticipant}/branches/{branch}/versions/{version}")
        .put("title", "Get or add/create a pacticipant version for a branch")
        .put("templated", true);
    curies(links);
    ObjectNode root = Json.mapper().createObjectNode();
    root.set("_links", links);
    return root;
  }

  private void curies(ObjectNode links) {
    links
        .putArray("curies")
        .addObject()
        .put("name", "pb")
        .put("href", url() + "/doc/{rel}?context=index")
        .put("templated", true);
  }

  private void forVerification(HttpExchange exchange, String provider, JsonNode query)
      throws IOException {
    if (published.stream().noneMatch(pact -> pact.provider().equals(provider))) {
      send(exchange, 404, error("No pacticipant with name '" + provider + "' found"));
      return;
    }
    boolean pending = query.path("includePendingStatus").asBoolean();
    ObjectNode root = links("self", "/pacts/provider/" + encode(provider) + "/for-verification");
    ArrayNode pacts = root.putObject("_embedded").putArray("pacts");
    for (Published pact : published) {
      boolean asked = pact.wip() ? query.has("includeWipPactsSince") : selected(pact, query);
      if (!pact.provider().equals(provider) || !asked) {
        continue;
      }
      ObjectNode entry = pacts.addObject();
      ObjectNode properties = entry.putObject("verificationProperties");
      ArrayNode notices = properties.putArray("notices");
      notices
          .addObject()
          .put("when", "before_verification")
          .put(
              "text",
              "The pact at "
                  + url()
                  + path(pact)
                  + " is being verified because the pact content belongs to the consumer version"
                  + " matching the following criterion:\n    * latest version from the main branch '"
                  + pact.branch()
                  + "' ("
                  + pact.version()
                  + ")");
      if (pending) {
        properties.put("pending", pact.pending());
        if (pact.wip()) {
          properties.put("wip", true);
        }
        notices
            .addObject()
            .put("when", "after_verification:success_true_published_false")
            .put("text", "This pact is still in pending state.");
      }
      entry
          .putObject("_links")
          .putObject("self")
          .put("href", url() + path(pact))
          .put(
              "name",
              "Pact between " + pact.consumer() + " (" + pact.version() + ") and " + provider);
    }
    send(exchange, 200, root);
  }

  /** The latest of the main branch, of a branch, or of one consumer; others are all the same. */
  private static boolean selected(Published pact, JsonNode query) {
    for (JsonNode selector : query.path("consumerVersionSelectors")) {
      boolean branch =
          !selector.has("branch") && (!selector.has("mainBranch") || pact.branch().equals("main"))
              || selector.path("branch").asText().equals(pact.branch());
      boolean consumer =
          !selector.has("consumer") || selector.path("consumer").asText().equals(pact.consumer());
      if (branch && consumer) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode pact(Published pact) {
    ObjectNode root = pact.content().deepCopy();
    root.put("createdAt", "2026-01-05T10:00:00+00:00");
    ObjectNode links = root.putObject("_links");
    links
        .putObject("self")
        .put("title", "Pact")
        .put("name", "Pact between " + pact.consumer() + " and " + pact.provider())
        .put("href", url() + path(pact));
    links
        .putObject("pb:consumer-version")
        .put("title", "Consumer version")
        .put("name", pact.version())
        .put("href", url() + versionPath(pact));
    links
        .putObject("pb:publish-verification-results")
        .put("title", "Publish verification results")
        .put("href", url() + path(pact) + "/verification-results");
    links
        .putObject("pb:latest-verification-results")
        .put("href", url() + path(pact) + "/verification-results/latest");
    curies(links);
    return root;
  }

  private static String path(Published pact) {
    return "/pacts/provider/"
        + encode(pact.provider())
        + "/consumer/"
        + encode(pact.consumer())
        + "/pact-version/"
        + pact.sha();
  }

  private static String versionPath(Published pact) {
    return "/pacticipants/" + encode(pact.consumer()) + "/versions/" + encode(pact.version());
  }

  private void version(HttpExchange exchange, String consumer, String number) throws IOException {
    Published found =
        published.stream()
            .filter(pact -> pact.consumer().equals(consumer) && pact.version().equals(number))
            .findFirst()
            .orElse(null);
    if (found == null) {
      send(exchange, 404, error("No version"));
      return;
    }
    ObjectNode root = links("self", versionPath(found));
    root.put("number", number);
    root.putObject("_embedded")
        .putArray("branchVersions")
        .addObject()
        .put("name", found.branch())
        .put("latest", true);
    send(exchange, 200, root);
  }

  private ObjectNode result(Published pact, JsonNode posted) {
    ObjectNode root = links("self", path(pact) + "/verification-results/1");
    root.put("providerName", pact.provider());
    root.setAll((ObjectNode) posted.deepCopy());
    return root;
  }

  private ObjectNode links(String relation, String path) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.putObject("_links").putObject(relation).put("href", url() + path);
    return root;
  }

  private static ObjectNode error(String message) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.putObject("error").put("message", message).put("reference", "Zr0sBBQC9B");
    return root;
  }

  private void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    send(exchange, status, "application/hal+json;charset=utf-8", edit.apply(body).toString());
  }

  /** Answers with any text. */
  public static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String encode(String name) {
    return UriTemplates.encode(name);
  }

  /** A pact whose interactions each ask for a path, with an id of the broker's. */
  public static ObjectNode content(String consumer, String provider, String... paths) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.putObject("consumer").put("name", consumer);
    root.putObject("provider").put("name", provider);
    ArrayNode interactions = root.putArray("interactions");
    for (String path : paths) {
      ObjectNode interaction = interactions.addObject();
      interaction.put("_id", "id-of-" + path.substring(1));
      interaction.put("description", "asks for " + path);
      interaction.putObject("request").put("method", "GET").put("path", path);
      ObjectNode response = interaction.putObject("response").put("status", 200);
      response.putObject("body").put("name", "a");
    }
    root.putObject("metadata").putObject("pactSpecification").put("version", "2.0.0");
    return root;
  }
}
