package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.formats.jsonschema.Judges;
import dev.codicil.formats.jsonschema.MediaTypes;
import dev.codicil.formats.jsonschema.Mismatches;
import dev.codicil.formats.jsonschema.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a reply to the responses an operation declares: its status, then its media type, headers
 * and body by schema. A declared response without content says nothing about a body, so any is
 * allowed. Thread-safe.
 */
final class SchemaExpectation implements Expectation {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,100})?([eE][-+]?[0-9]{1,2})?");

  private final List<ReplySpec> replies;
  private final Judges judges;

  SchemaExpectation(List<ReplySpec> replies, Judges judges) {
    this.replies = List.copyOf(replies);
    this.judges = judges;
  }

  @Override
  public List<Mismatch> check(HttpRequest request, HttpReply reply) {
    ReplySpec spec = covering(reply.status());
    if (spec == null) {
      return List.of(new Mismatch("status", declared(), Integer.toString(reply.status())));
    }
    List<Mismatch> mismatches = new ArrayList<>();
    for (int i = 0; i < spec.headers().size(); i++) {
      header(spec.headers().get(i), spec.response().headers().get(i), reply.headers(), mismatches);
    }
    if (!request.method().equals("HEAD") && reply.status() != 204 && reply.status() != 304) {
      mismatches.addAll(body(spec, reply));
    }
    return mismatches.size() > Mismatches.MAX
        ? List.copyOf(mismatches.subList(0, Mismatches.MAX))
        : List.copyOf(mismatches);
  }

  @Override
  public boolean declaresError(HttpRequest request, HttpReply reply) {
    boolean error = reply.statusClass() == 4 || reply.statusClass() == 5;
    return error && check(request, reply).isEmpty();
  }

  private @Nullable ReplySpec covering(int status) {
    ReplySpec best = null;
    for (ReplySpec spec : replies) {
      if (spec.response().covers(status) && (best == null || rank(spec) < rank(best))) {
        best = spec;
      }
    }
    return best;
  }

  private static int rank(ReplySpec spec) {
    String status = spec.response().status();
    return status.equals("default") ? 2 : status.endsWith("XX") ? 1 : 0;
  }

  private String declared() {
    return replies.isEmpty()
        ? "a declared status (none is)"
        : replies.stream().map(spec -> spec.response().status()).collect(Collectors.joining(", "));
  }

  private void header(
      ReplySpec.HeaderSpec spec, Parameter model, Headers headers, List<Mismatch> mismatches) {
    String path = "header:" + spec.name();
    List<String> values = headers.all(spec.name());
    if (values.isEmpty()) {
      if (spec.required()) {
        mismatches.add(new Mismatch(path, "a value (required)", "missing"));
      }
      return;
    }
    Place schema = spec.schema();
    Set<JsonType> types = model.shape().node().types();
    if (schema == null || types.contains(JsonType.OBJECT)) {
      return;
    }
    JsonNode value =
        types.contains(JsonType.ARRAY)
            ? list(values, model)
            : scalar(String.join(", ", values), types);
    mismatches.addAll(judges.check(schema, value, path));
  }

  private static JsonNode list(List<String> values, Parameter model) {
    Set<JsonType> types =
        Optional.ofNullable(model.shape().node().items())
            .map(items -> items.node().types())
            .orElse(Set.of());
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (String line : values) {
      for (String item : line.split(",", -1)) {
        list.add(scalar(item.strip(), types));
      }
    }
    return list;
  }

  /** A header's text as the value it is meant to be, or as text when it is none. */
  private static JsonNode scalar(String text, Set<JsonType> types) {
    boolean numeric = types.contains(JsonType.INTEGER) || types.contains(JsonType.NUMBER);
    if (numeric && NUMBER.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text);
      return number.scale() <= 0
          ? JsonNodeFactory.instance.numberNode(number.toBigInteger())
          : JsonNodeFactory.instance.numberNode(number);
    }
    if (types.contains(JsonType.BOOLEAN) && (text.equals("true") || text.equals("false"))) {
      return BooleanNode.valueOf(text.equals("true"));
    }
    return TextNode.valueOf(text);
  }

  private List<Mismatch> body(ReplySpec spec, HttpReply reply) {
    Set<String> declared = spec.content().keySet();
    if (declared.isEmpty()) {
      return List.of();
    }
    String expected = String.join(" or ", declared);
    if (reply.body().isEmpty()) {
      return List.of(new Mismatch("body", expected, "no body"));
    }
    String actual = reply.headers().mediaType();
    String covering = MediaTypes.covering(declared, actual);
    ContentSpec content = covering == null ? null : spec.content().get(covering);
    if (content == null) {
      return List.of(
          new Mismatch(
              "header:content-type",
              Mismatches.shorten(expected),
              actual.isEmpty() ? "missing" : Mismatches.shorten(actual)));
    }
    if (MediaTypes.isJson(actual)) {
      Optional<JsonNode> json = reply.body().json();
      if (json.isEmpty()) {
        return List.of(
            new Mismatch("body", "one JSON value", Mismatches.shorten(reply.body().utf8())));
      }
      return content.schema() == null
          ? List.of()
          : judges.check(content.schema(), json.get(), "body");
    }
    if (MediaTypes.isText(actual) && content.schema() != null) {
      Set<JsonType> types = content.shape().node().types();
      return judges.check(content.schema(), scalar(reply.body().utf8(), types), "body");
    }
    return List.of();
  }
}
