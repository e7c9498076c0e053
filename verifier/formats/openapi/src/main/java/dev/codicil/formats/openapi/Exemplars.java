package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.formats.jsonschema.MediaTypes;
import dev.codicil.formats.jsonschema.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests an operation's examples describe. Examples of one name belong together, across
 * parameters, body and replies; where a part has none of that name its single example stands in.
 * Optional parameters are sent only under a name of their own. Without an example for each required
 * part there is no exemplar: half of an author's request is none.
 */
final class Exemplars {
  /** The name of the exemplar that is made of examples without names. */
  static final String SINGLE = "example";

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final String method;
  private final String path;
  private final List<ParameterSpec> parameters;
  private final @Nullable Place body;
  private final Map<String, ContentSpec> content;
  private final List<ReplySpec> replies;

  Exemplars(
      String method,
      String path,
      List<ParameterSpec> parameters,
      @Nullable Place body,
      Map<String, ContentSpec> content,
      List<ReplySpec> replies) {
    this.method = method;
    this.path = path;
    this.parameters = parameters;
    this.body = body;
    this.content = content;
    this.replies = replies;
  }

  List<Exemplar> list() {
    Set<String> names = new LinkedHashSet<>();
    parameters.forEach(parameter -> names.addAll(parameter.examples().named().keySet()));
    content.values().forEach(media -> names.addAll(media.examples().named().keySet()));
    if (names.isEmpty()) {
      names.add(SINGLE);
    }
    List<Exemplar> exemplars = new ArrayList<>();
    for (String name : names) {
      HttpRequest request = request(name);
      if (request != null) {
        exemplars.add(new Exemplar(name, request, reply(name), false));
      }
    }
    return exemplars;
  }

  private @Nullable HttpRequest request(String name) {
    String target = path;
    List<String> query = new ArrayList<>();
    List<String> cookies = new ArrayList<>();
    Headers headers = Headers.NONE;
    for (ParameterSpec spec : parameters) {
      Parameter parameter = spec.parameter();
      JsonNode value =
          parameter.required() ? spec.examples().called(name) : spec.examples().named().get(name);
      if (value == null && parameter.required()) {
        return null;
      }
      if (value == null) {
        continue;
      }
      switch (parameter.in()) {
        case PATH -> {
          String text = spec.simple(value);
          if (text.isEmpty()) {
            return null;
          }
          target = target.replace("{" + parameter.name() + "}", ParameterSpec.encode(text));
        }
        case QUERY -> query.addAll(spec.query(value));
        case HEADER -> {
          String text = spec.simple(value);
          if (!writable(text)) {
            return null;
          }
          headers = headers.with(parameter.name(), text);
        }
        case COOKIE ->
            cookies.add(parameter.name() + "=" + ParameterSpec.encode(spec.simple(value)));
        default -> throw new IllegalStateException(parameter.in().label());
      }
    }
    if (!cookies.isEmpty()) {
      headers = headers.with("cookie", String.join("; ", cookies));
    }
    if (!query.isEmpty()) {
      target = target + "?" + String.join("&", query);
    }
    return withBody(name, target, headers);
  }

  private static boolean writable(String header) {
    return header.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f));
  }

  private @Nullable HttpRequest withBody(String name, String target, Headers headers) {
    for (boolean exact : new boolean[] {true, false}) {
      for (Map.Entry<String, ContentSpec> media : content.entrySet()) {
        Examples examples = media.getValue().examples();
        JsonNode value = exact ? examples.named().get(name) : examples.single();
        Payload payload = value == null ? null : write(media.getKey(), value);
        if (payload != null) {
          return new HttpRequest(
              method, target, headers.with("content-type", media.getKey()), payload);
        }
      }
    }
    // Authors often forget to say that a body is required.
    boolean needed = body != null && (body.flag("required") || WITH_BODY.contains(method));
    return needed && !content.isEmpty()
        ? null
        : new HttpRequest(method, target, headers, Payload.EMPTY);
  }

  /** An example as bytes; null for media types that an example in JSON cannot say. */
  private static @Nullable Payload write(String mediaType, JsonNode value) {
    if (mediaType.contains("*")) {
      return null;
    }
    if (MediaTypes.isJson(mediaType)) {
      return Payload.later(value);
    }
    if (MediaTypes.isForm(mediaType) && value.isObject()) {
      List<String> pairs = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        pairs.add(
            ParameterSpec.encode(field.getKey())
                + "="
                + ParameterSpec.encode(ParameterSpec.text(field.getValue())));
      }
      return Payload.of(String.join("&", pairs));
    }
    return value.isTextual() ? Payload.of(value.textValue()) : null;
  }

  /** The reply example of that name, successes first, else the first success. */
  private @Nullable HttpReply reply(String name) {
    for (boolean success : new boolean[] {true, false}) {
      for (ReplySpec spec : replies) {
        int status = status(spec);
        if (status > 0 && (status / 100 == 2) == success) {
          for (Map.Entry<String, ContentSpec> media : spec.content().entrySet()) {
            JsonNode value = media.getValue().examples().named().get(name);
            HttpReply reply = value == null ? null : reply(spec, media.getKey(), value);
            if (reply != null) {
              return reply;
            }
          }
        }
      }
    }
    for (ReplySpec spec : replies) {
      if (status(spec) / 100 == 2) {
        HttpReply reply = firstOf(spec);
        if (reply != null) {
          return reply;
        }
      }
    }
    return null;
  }

  private @Nullable HttpReply firstOf(ReplySpec spec) {
    if (spec.content().isEmpty()) {
      return new HttpReply(status(spec), headers(spec), Payload.EMPTY);
    }
    for (Map.Entry<String, ContentSpec> media : spec.content().entrySet()) {
      JsonNode value = media.getValue().examples().single();
      HttpReply reply = value == null ? null : reply(spec, media.getKey(), value);
      if (reply != null) {
        return reply;
      }
    }
    return null;
  }

  private @Nullable HttpReply reply(ReplySpec spec, String mediaType, JsonNode value) {
    Payload payload = write(mediaType, value);
    return payload == null
        ? null
        : new HttpReply(status(spec), headers(spec).with("content-type", mediaType), payload);
  }

  /** Examples of declared headers; a required one without an example stays out. */
  private static Headers headers(ReplySpec spec) {
    Headers headers = Headers.NONE;
    for (Parameter header : spec.response().headers()) {
      JsonNode example = header.required() ? header.shape().node().example() : null;
      if (example != null && !example.isContainerNode() && writable(ParameterSpec.text(example))) {
        headers = headers.with(header.name(), ParameterSpec.text(example));
      }
    }
    return headers;
  }

  /** A concrete status for a declared one; 0 when it names none. */
  private int status(ReplySpec spec) {
    String status = spec.response().status();
    if (status.equals("default")) {
      boolean success = replies.stream().anyMatch(r -> r.response().status().startsWith("2"));
      return success ? 0 : 200;
    }
    return Integer.parseInt(status.replace('X', '0'));
  }
}
