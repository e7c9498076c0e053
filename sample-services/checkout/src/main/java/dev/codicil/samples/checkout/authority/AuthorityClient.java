package dev.codicil.samples.checkout.authority;

import dev.codicil.samples.checkout.CheckoutSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the license authority; each call is one attempt, and nothing is believed unread. */
@Component
public class AuthorityClient {

  static {
    // One attempt in the code is one attempt on the wire: no silent repeats, no aged connections.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final JsonMapper mapper;
  private final CheckoutSettings settings;

  AuthorityClient(JsonMapper mapper, CheckoutSettings settings) {
    this.mapper = mapper;
    this.settings = settings;
  }

  /** Asks whether a license may be used. */
  public Call<Validation> validation(String id) {
    return call(
        request("/licenses/" + segment(id) + "/validation").GET(),
        reply -> {
          Reply body = Reply.of(reply, 200, mapper);
          body.text("holder");
          return new Validation(
              body.text("licenseId", id),
              body.oneOf("status", Validation.Status.class),
              body.instant("validUntil"));
        });
  }

  /** Asks for a new license; the same key never gives two. */
  public Call<License> issue(String key, String sku, String holder) {
    return call(
        post("/licenses", key, Map.of("sku", sku, "holder", holder)),
        reply -> {
          Reply body = Reply.of(reply, 201, mapper);
          return new License(
              body.text("id"),
              body.text("sku", sku),
              body.text("holder", holder),
              body.instant("validUntil"));
        });
  }

  /** Asks for more months; the same key never gives them twice. */
  public Call<License> renewal(String id, String key, int months) {
    return call(
        post("/licenses/" + segment(id) + "/renewal", key, Map.of("months", months)),
        reply -> {
          Reply body = Reply.of(reply, 200, mapper);
          return new License(
              body.text("id", id),
              body.text("sku"),
              body.text("holder"),
              body.instant("validUntil"));
        });
  }

  /** Gives a license back. */
  public Call<Boolean> revocation(String id) {
    return call(
        request("/licenses/" + segment(id)).DELETE(),
        reply -> {
          Reply.empty(reply, 204, mapper);
          return true;
        });
  }

  private <T> Call<T> call(HttpRequest.Builder builder, Function<HttpResponse<byte[]>, T> reader) {
    HttpRequest request = builder.build();
    return new Call<>(() -> http.sendAsync(request, BodyHandlers.ofByteArray()), reader);
  }

  private HttpRequest.Builder post(String path, String key, Map<String, ?> body) {
    return request(path)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofByteArray(mapper.writeValueAsBytes(new TreeMap<>(body))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(settings.authorityUrl() + path))
            .header("Connection", "close")
            .header("Accept", "application/json, application/problem+json");
    if (!settings.authorityToken().isEmpty()) {
      builder.header("Authorization", "Bearer " + settings.authorityToken());
    }
    return builder;
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
