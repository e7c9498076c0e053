package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.Headers;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request or reply.
 *
 * @param values as written, in document order
 * @param spots where each stands
 */
record PactHeaders(Map<String, List<String>> values, Map<String, Spot> spots) {

  static PactHeaders of(Spot part) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, Spot> spots = new LinkedHashMap<>();
    Spot headers = part.child("headers");
    if (headers.present()) {
      Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      headers
          .fields()
          .forEach(
              (name, spot) -> {
                if (!Texts.isToken(name)) {
                  throw spot.fail("'" + Texts.brief(name) + "' is no header name");
                }
                if (!seen.add(name)) {
                  throw spot.fail("the header '" + Texts.brief(name) + "' stands twice");
                }
                values.put(name, lines(spot));
                spots.put(name, spot);
              });
    }
    return new PactHeaders(values, spots);
  }

  private static List<String> lines(Spot spot) {
    List<String> lines = new ArrayList<>();
    if (spot.node().isArray()) {
      spot.items().forEach(item -> lines.add(item.scalarText()));
    } else {
      lines.add(spot.scalarText());
    }
    if (!lines.stream().allMatch(Texts::isHeaderValue)) {
      throw spot.fail("a header value must not have control characters");
    }
    return lines;
  }

  /** The declared content type, parameters included; empty when there is none. */
  String contentType() {
    for (Map.Entry<String, List<String>> header : values.entrySet()) {
      if (header.getKey().equalsIgnoreCase("content-type") && !header.getValue().isEmpty()) {
        return header.getValue().get(0);
      }
    }
    return "";
  }

  /** The headers to send with a body: those of the pact, and its type where none is declared. */
  Headers concrete(PactBody body) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    values.forEach(
        (name, lines) -> {
          if (!Texts.isHopByHop(name) && !lines.isEmpty()) {
            fields.put(name.toLowerCase(Locale.ROOT), lines);
          }
        });
    Headers headers = Headers.of(fields);
    return headers.first("content-type").isPresent() || body.isEmpty()
        ? headers
        : headers.with("content-type", body.mediaType());
  }

  List<Parameter> parameters(Rules rules) {
    List<Parameter> parameters = new ArrayList<>();
    values.forEach(
        (name, lines) -> {
          Spot spot = at(name);
          JsonNode example = TextNode.valueOf(String.join(", ", lines));
          Shape shape = PactQuery.leaf(example, rules.header(name), spot.location());
          parameters.add(new Parameter(Parameter.In.HEADER, name, true, shape, spot.location()));
        });
    return parameters;
  }

  private Spot at(String name) {
    @Nullable Spot spot = spots.get(name);
    if (spot == null) {
      throw new IllegalStateException("no place kept for header " + name);
    }
    return spot;
  }
}
