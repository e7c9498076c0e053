package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests for operations whose document gives no example: required parameters and a body. */
final class RequestSampler {
  private static final Set<String> NOT_PARAMETERS =
      Set.of("accept", "content-type", "authorization");

  private final HttpInteraction operation;
  private final Fixed fixed;
  private final ShapeSampler sampler;
  private final Set<String> unread = new LinkedHashSet<>();
  private String reason = "";

  private RequestSampler(HttpInteraction operation, long seed, Fixed fixed) {
    this.operation = operation;
    this.fixed = fixed;
    this.sampler = ShapeSampler.of(seed, ShapeSampler.Purpose.REQUEST);
  }

  /**
   * A made request.
   *
   * @param request null when none can be made
   * @param reason why none can be made
   * @param unread keywords that were passed over, so that the request may break them
   */
  record Made(@Nullable HttpRequest request, String reason, List<String> unread) {}

  /**
   * What is given and not drawn.
   *
   * @param parameters values by key; empty for one that is left out
   * @param mediaType of the body; null for any
   * @param body null when it is drawn
   * @param noBody whether there is none
   * @param deep whether objects in the query are written {@code name[field]=value}
   */
  record Fixed(
      Map<String, Optional<JsonNode>> parameters,
      @Nullable String mediaType,
      @Nullable JsonNode body,
      boolean noBody,
      boolean deep) {
    static final Fixed NOTHING = new Fixed(Map.of(), null, null, false, false);
  }

  static Made make(HttpInteraction operation, long seed) {
    return make(operation, seed, Fixed.NOTHING);
  }

  static Made make(HttpInteraction operation, long seed, Fixed fixed) {
    RequestSampler sampler = new RequestSampler(operation, seed, fixed);
    HttpRequest request = sampler.request();
    return new Made(request, sampler.reason, List.copyOf(sampler.unread));
  }

  private @Nullable HttpRequest request() {
    String path = operation.path();
    Headers headers = Headers.of("accept", accepted());
    List<String> query = new ArrayList<>();
    List<String> cookies = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      Optional<JsonNode> given = fixed.parameters().get(parameter.key());
      boolean leftOut =
          given == null
              ? parameter.in() != Parameter.In.PATH && !parameter.required()
              : given.isEmpty();
      if (leftOut) {
        continue;
      }
      String name = parameter.name();
      if (parameter.in() == Parameter.In.HEADER
          && NOT_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
        continue;
      }
      JsonNode value =
          given == null ? draw(parameter.shape(), parameter.key()) : given.orElse(null);
      if (value == null) {
        return null;
      }
      switch (parameter.in()) {
        case PATH -> {
          String text = plain(value);
          if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            return fail(parameter.key() + ": '" + text + "' cannot stand in a path");
          }
          path = path.replace("{" + name + "}", encode(text));
        }
        case QUERY -> {
          if (value.isObject() && given != null) {
            value.properties().forEach(field -> query.add(pair(name, field)));
          } else {
            Iterable<JsonNode> values = value.isArray() ? value : List.of(value);
            values.forEach(one -> query.add(encode(name) + "=" + encode(plain(one))));
          }
        }
        case HEADER -> headers = headers.with(name, printable(plain(value)));
        case COOKIE -> cookies.add(name + "=" + encode(plain(value)));
        case SERVER -> {}
      }
    }
    if (path.contains("{") || !path.startsWith("/")) {
      return fail("the path " + path + " has a variable that no parameter describes");
    }
    if (!cookies.isEmpty()) {
      headers = headers.with("cookie", String.join("; ", cookies));
    }
    String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
    return withBody(target, headers);
  }

  private String pair(String name, Map.Entry<String, JsonNode> field) {
    String key = fixed.deep() ? name + "[" + field.getKey() + "]" : field.getKey();
    return encode(key) + "=" + encode(plain(field.getValue()));
  }

  private @Nullable HttpRequest withBody(String target, Headers headers) {
    if (fixed.noBody()) {
      return new HttpRequest(operation.method(), target, headers, Payload.EMPTY);
    }
    String failed = "";
    for (Map.Entry<String, Shape> content : preferred().entrySet()) {
      String type = content.getKey();
      JsonNode body = fixed.body();
      JsonNode value = body != null ? body : draw(content.getValue(), "body");
      Payload payload = value == null ? null : payload(type, value);
      if (payload != null) {
        reason = "";
        return new HttpRequest(
            operation.method(), target, headers.with("content-type", type), payload);
      }
      failed = failed.isEmpty() ? reason : failed;
    }
    if (operation.requestBody().required()) {
      return fail(failed.isEmpty() ? "the request body is not described" : failed);
    }
    reason = "";
    return new HttpRequest(operation.method(), target, headers, Payload.EMPTY);
  }

  /** Media types made concrete, those that are JSON first. */
  private Map<String, Shape> preferred() {
    Map<String, Shape> ordered = new LinkedHashMap<>();
    Map<String, Shape> described = operation.requestBody().content();
    String wanted = fixed.mediaType();
    if (wanted != null) {
      described =
          MediaTypes.shape(described, wanted).map(shape -> Map.of(wanted, shape)).orElse(Map.of());
    }
    described.forEach(
        (type, shape) -> {
          if (MediaTypes.isJson(type)) {
            ordered.put(MediaTypes.concrete(type), shape);
          }
        });
    described.forEach((type, shape) -> ordered.putIfAbsent(MediaTypes.concrete(type), shape));
    return ordered;
  }

  private @Nullable Payload payload(String type, JsonNode value) {
    if (MediaTypes.isJson(type)) {
      return Payload.of(value);
    }
    if (type.startsWith("text/") && value.isValueNode()) {
      return Payload.of(value.asText());
    }
    if (type.equals("application/x-www-form-urlencoded") && value.isObject()) {
      List<String> fields = new ArrayList<>();
      value
          .properties()
          .forEach(
              field -> fields.add(encode(field.getKey()) + "=" + encode(plain(field.getValue()))));
      return Payload.of(String.join("&", fields));
    }
    fail("body: no request can be made for media type " + type);
    return null;
  }

  private @Nullable JsonNode draw(Shape shape, String what) {
    ShapeSampler.Sample sample =
        sampler.sample(shape, operation.method() + " " + operation.path() + " " + what);
    unread.addAll(sample.unread());
    JsonNode value = sample.value();
    if (value == null) {
      fail(what + ": " + sample.reason());
    }
    return value;
  }

  private @Nullable HttpRequest fail(String why) {
    reason = why;
    return null;
  }

  private String accepted() {
    Set<String> types = new LinkedHashSet<>();
    for (Response response : operation.responses()) {
      types.addAll(response.body().content().keySet());
    }
    return types.isEmpty() ? "*/*" : String.join(", ", types);
  }

  /** A value outside a body, in OpenAPI's simple style. */
  static String plain(JsonNode value) {
    if (value.isValueNode()) {
      return value.asText();
    }
    List<String> parts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> parts.add(plain(item)));
    } else {
      value
          .properties()
          .forEach(
              field -> {
                parts.add(field.getKey());
                parts.add(plain(field.getValue()));
              });
    }
    return String.join(",", parts);
  }

  static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
