package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Judges;
import dev.codicil.formats.jsonschema.MediaTypes;
import dev.codicil.formats.jsonschema.Mismatches;
import dev.codicil.formats.jsonschema.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operation asks of its requests: required parameters, their values by schema, the media
 * type and the body by schema. Parameters that are not declared are let through, as are
 * credentials.
 */
final class RequestRules {
  private final String path;
  private final List<ParameterSpec> parameters;
  private final boolean bodyRequired;
  private final Map<String, ContentSpec> content;
  private final Judges judges;

  /**
   * @param path template of the operation, with its base path
   * @param parameters of the operation and its path
   * @param bodyRequired whether the body must be there
   * @param content what the body may be, by media type; empty when none is described
   * @param judges of the document
   */
  RequestRules(
      String path,
      List<ParameterSpec> parameters,
      boolean bodyRequired,
      Map<String, ContentSpec> content,
      Judges judges) {
    this.path = path;
    this.parameters = List.copyOf(parameters);
    this.bodyRequired = bodyRequired;
    this.content = content;
    this.judges = judges;
  }

  List<Mismatch> check(HttpRequest request) {
    List<Mismatch> mismatches = new ArrayList<>();
    RequestValues values = new RequestValues(path, request);
    for (ParameterSpec spec : parameters) {
      parameter(spec, values, mismatches);
    }
    body(request, mismatches);
    return mismatches.size() > Mismatches.MAX
        ? List.copyOf(mismatches.subList(0, Mismatches.MAX))
        : List.copyOf(mismatches);
  }

  private void parameter(ParameterSpec spec, RequestValues values, List<Mismatch> mismatches) {
    Parameter parameter = spec.parameter();
    String at = parameter.key();
    Optional<List<JsonNode>> readings = values.of(spec);
    if (readings.isEmpty()) {
      if (parameter.required()) {
        mismatches.add(new Mismatch(at, "a value (required)", "missing"));
      }
      return;
    }
    Place schema = spec.schema();
    if (schema == null || readings.get().isEmpty()) {
      return;
    }
    List<Mismatch> first = List.of();
    for (JsonNode reading : readings.get()) {
      List<Mismatch> found = judges.check(schema, reading, at);
      if (found.isEmpty()) {
        return;
      }
      first = first.isEmpty() ? found : first;
    }
    mismatches.addAll(first);
  }

  private void body(HttpRequest request, List<Mismatch> mismatches) {
    if (content.isEmpty()) {
      return;
    }
    String expected = String.join(" or ", content.keySet());
    if (request.body().isEmpty()) {
      if (bodyRequired) {
        mismatches.add(
            new Mismatch("body", Mismatches.shorten(expected) + " (required)", "no body"));
      }
      return;
    }
    String actual = request.headers().mediaType();
    String covering = MediaTypes.covering(content.keySet(), actual);
    ContentSpec spec = covering == null ? null : content.get(covering);
    if (spec == null) {
      mismatches.add(
          new Mismatch(
              "header:content-type",
              Mismatches.shorten(expected),
              actual.isEmpty() ? "missing" : Mismatches.shorten(actual)));
      return;
    }
    Place schema = spec.schema();
    if (MediaTypes.isJson(actual)) {
      Optional<JsonNode> json = request.body().json();
      if (json.isEmpty()) {
        mismatches.add(
            new Mismatch("body", "one JSON value", Mismatches.shorten(request.body().utf8())));
      } else if (schema != null) {
        add(judges.check(schema, json.get(), "body"), spec.shape(), mismatches);
      }
    } else if (MediaTypes.isForm(actual) && schema != null) {
      JsonNode form = RequestValues.form(request.body().utf8(), spec.shape());
      add(judges.check(schema, form, "body"), spec.shape(), mismatches);
    } else if (MediaTypes.isText(actual) && schema != null) {
      JsonNode text = SchemaExpectation.scalar(request.body().utf8(), spec.shape().node().types());
      mismatches.addAll(judges.check(schema, text, "body"));
    }
  }

  /** A required field that is read-only is required of replies alone. */
  private static void add(List<Mismatch> found, Shape shape, List<Mismatch> mismatches) {
    for (Mismatch mismatch : found) {
      boolean missing = mismatch.actual().equals("missing") && mismatch.path().startsWith("body/");
      if (!missing
          || !readOnly(shape, mismatch.path().substring("body/".length()).split("/", -1))) {
        mismatches.add(mismatch);
      }
    }
  }

  private static boolean readOnly(Shape shape, String[] steps) {
    List<Shape> at = List.of(shape);
    for (String step : steps) {
      List<Shape> next = new ArrayList<>();
      for (Shape here : at) {
        into(here, step.replace("~1", "/").replace("~0", "~"), next, 0);
      }
      at = next;
    }
    return !at.isEmpty() && at.stream().allMatch(field -> field.node().readOnly());
  }

  private static void into(Shape shape, String step, List<Shape> next, int depth) {
    Shape.Node node = shape.node();
    Shape.Property property = node.properties().get(step);
    if (property != null) {
      next.add(property.shape());
    } else if (node.items() != null && step.chars().allMatch(Character::isDigit)) {
      next.add(node.items());
    } else if (node.additional() != null) {
      next.add(node.additional());
    }
    if (depth < 8 && next.size() < 64) {
      node.alternatives().forEach(option -> into(option, step, next, depth + 1));
    }
  }

  /** The types a shape names, itself or in one of its alternatives. */
  static java.util.Set<JsonType> types(Shape shape) {
    java.util.EnumSet<JsonType> types = java.util.EnumSet.noneOf(JsonType.class);
    Shape.Node node = shape.node();
    types.addAll(node.types());
    node.alternatives().stream().limit(32).forEach(o -> types.addAll(o.node().types()));
    return types;
  }
}
