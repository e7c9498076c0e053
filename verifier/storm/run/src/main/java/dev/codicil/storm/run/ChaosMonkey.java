package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.Durations;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The actuator endpoint of Chaos Monkey for Spring Boot, as of its version 3 and 4: {@code GET} and
 * {@code POST} of {@code /assaults} and {@code /watchers}, {@code POST} of {@code /enable}, {@code
 * /disable} and {@code /assaults/runtime/attack}.
 */
final class ChaosMonkey {
  /** How long one request to it may take. */
  static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Most of an answer that is read; the mappings of a large service are some 100 KB. */
  private static final int MOST_BYTES = 8 << 20;

  private final String url;
  private final Map<String, String> headers;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(DEADLINE)
          .build();

  /** It cannot be asked, or answers what it should not; the message says which. */
  static final class Closed extends Exception {
    private static final long serialVersionUID = 1L;

    Closed(String message) {
      super(message);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * The endpoint at an address.
   *
   * @param url of the endpoint itself, such as {@code http://127.0.0.1:8080/actuator/chaosmonkey}
   * @param headers sent with every request, never told
   */
  ChaosMonkey(String url, Map<String, String> headers) {
    this.url = url;
    this.headers = Map.copyOf(headers);
  }

  String url() {
    return url;
  }

  /** Its settings. */
  MonkeySettings read() throws Closed, InterruptedException {
    return MonkeySettings.of(json("GET " + url, ask("GET", url, null)));
  }

  /**
   * The settings are these afterwards, which it is asked to confirm.
   *
   * @throws Closed when it does not take them, with the property
   */
  void set(MonkeySettings wanted) throws Closed, InterruptedException {
    post("/assaults", wanted.assaults());
    post("/watchers", wanted.watchers());
    MonkeySettings now = read();
    if (now.enabled() != wanted.enabled()) {
      post(wanted.enabled() ? "/enable" : "/disable", null);
      now = read();
    }
    String other = now.differenceTo(wanted);
    if (other != null) {
      throw new Closed("it did not take what it was told: " + other);
    }
  }

  /** Runs what it does to the process; it answers when that is over. */
  CompletableFuture<HttpResponse<byte[]>> attack() {
    return client.sendAsync(
        request("POST", url + "/assaults/runtime/attack", null)
            .timeout(Duration.ofHours(1))
            .build(),
        bounded());
  }

  /**
   * What the service maps to its methods, from the endpoint {@code mappings} beside this one; null
   * when that is not exposed.
   */
  @Nullable JsonNode mappings() throws InterruptedException {
    String beside = url.substring(0, url.lastIndexOf('/')) + "/mappings";
    try {
      return json("GET " + beside, ask("GET", beside, null));
    } catch (Closed notExposed) {
      return null;
    }
  }

  private void post(String path, @Nullable JsonNode body) throws Closed, InterruptedException {
    ask("POST", url + path, body);
  }

  private HttpRequest.Builder request(String method, String target, @Nullable JsonNode body) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(target));
    headers.forEach(builder::header);
    builder.header("accept", "application/json, */*");
    if (body != null) {
      builder.header("content-type", "application/json");
    }
    return builder.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  private byte[] ask(String method, String target, @Nullable JsonNode body)
      throws Closed, InterruptedException {
    String what = method + " " + target;
    CompletableFuture<HttpResponse<byte[]>> begun;
    try {
      begun = client.sendAsync(request(method, target, body).build(), bounded());
    } catch (IllegalArgumentException malformed) {
      throw new Closed(what + " cannot be sent: " + malformed.getMessage());
    }
    try {
      HttpResponse<byte[]> reply = begun.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (reply.statusCode() != 200) {
        throw new Closed(what + " was answered " + reply.statusCode() + meaning(reply));
      }
      return reply.body();
    } catch (ExecutionException e) {
      throw new Closed(what + " got no answer: " + e.getCause());
    } catch (TimeoutException e) {
      throw new Closed(what + " was not answered within " + Durations.format(DEADLINE));
    } finally {
      begun.cancel(true);
    }
  }

  private static String meaning(HttpResponse<byte[]> reply) {
    return switch (reply.statusCode()) {
      case 404 ->
          ": no Chaos Monkey is on board or awake (its Spring profile chaos-monkey), or"
              + " management.endpoints.web.exposure.include lacks chaosmonkey";
      case 401, 403 -> ": it is closed to these credentials (the subject's 'headers' are sent)";
      case 405 -> ": it may only be read (management.endpoint.chaosmonkey.access=unrestricted)";
      default -> "";
    };
  }

  private static JsonNode json(String what, byte[] body) throws Closed {
    try {
      JsonNode node = Json.mapper().readTree(body);
      if (node instanceof ObjectNode) {
        return node;
      }
    } catch (IOException notJson) {
      // Told like any other answer that is not what was asked for.
    }
    throw new Closed(what + " was answered with something that is no JSON object");
  }

  private static HttpResponse.BodyHandler<byte[]> bounded() {
    return head -> new BoundedBody(MOST_BYTES);
  }
}
