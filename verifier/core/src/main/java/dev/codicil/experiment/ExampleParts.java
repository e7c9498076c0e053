package dev.codicil.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parts of a document's first example request, to put around what a witness shows. Pure. */
final class ExampleParts {
  private ExampleParts() {}

  /** The same given parts, and for what is not given the example's path variables and body. */
  static RequestSampler.Fixed around(HttpInteraction http, RequestSampler.Fixed fixed) {
    HttpRequest example = example(http);
    if (example == null) {
      return fixed;
    }
    Map<String, Optional<JsonNode>> parameters = new HashMap<>(variables(http, example));
    parameters.putAll(fixed.parameters());
    JsonNode body = fixed.body();
    if (body == null && !fixed.noBody() && fixed.mediaType() == null) {
      body = body(http);
    }
    return new RequestSampler.Fixed(
        parameters, fixed.mediaType(), body, fixed.noBody(), fixed.deep());
  }

  /** The JSON body of the first example; null when it has none. */
  static @Nullable JsonNode body(HttpInteraction http) {
    HttpRequest example = example(http);
    return example == null || example.body().isEmpty() ? null : example.body().json().orElse(null);
  }

  /**
   * A body with another value at one place.
   *
   * @param pointer a JSON pointer with {@code *} for any item, of which the first is taken
   * @param given what stands there; null when nothing does
   * @return null when the body has no such place
   */
  static @Nullable JsonNode with(JsonNode body, String pointer, @Nullable JsonNode given) {
    if (pointer.isEmpty()) {
      return given;
    }
    JsonPointer place = JsonPointer.compile(pointer.replace("/*", "/0"));
    JsonNode copy = body.deepCopy();
    JsonNode parent = copy.at(place.head());
    String last = place.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      if (given == null) {
        object.remove(last);
      } else {
        object.set(last, given);
      }
      return copy;
    }
    int index = place.last().getMatchingIndex();
    if (parent instanceof ArrayNode array && given != null && array.has(index)) {
      array.set(index, given);
      return copy;
    }
    return null;
  }

  private static @Nullable HttpRequest example(HttpInteraction http) {
    return http.exemplars().stream().findFirst().map(Exemplar::request).orElse(null);
  }

  private static Map<String, Optional<JsonNode>> variables(
      HttpInteraction http, HttpRequest example) {
    Map<String, Optional<JsonNode>> variables = new HashMap<>();
    String[] template = http.path().split("/", -1);
    String[] actual = example.path().split("/", -1);
    for (int i = 0; i < template.length && template.length == actual.length; i++) {
      String segment = template[i];
      if (segment.length() > 2
          && segment.startsWith("{")
          && segment.indexOf('}') == segment.length() - 1) {
        String name = segment.substring(1, segment.length() - 1);
        for (Parameter parameter : http.parameters()) {
          if (parameter.in() == Parameter.In.PATH && parameter.name().equals(name)) {
            decoded(actual[i])
                .ifPresent(
                    text -> variables.put(parameter.key(), Optional.of(TextNode.valueOf(text))));
          }
        }
      }
    }
    return variables;
  }

  private static Optional<String> decoded(String segment) {
    try {
      return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }
}
