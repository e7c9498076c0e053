package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Body;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields that messages have, as JSON pointers in which {@code *} stands for any array item.
 * Bounded in depth and number; {@link #isCut} tells when the bound was met.
 */
final class FieldPointers {
  private static final int DEEPEST = 8;
  private static final int MOST = 256;
  private static final int MOST_STEPS = 20_000;
  private static final String ANY_ITEM = "*";

  private final Set<String> found = new LinkedHashSet<>();
  private boolean cut;
  private int steps;

  private FieldPointers() {}

  /** The fields of a concrete body. */
  static FieldPointers of(JsonNode body) {
    FieldPointers fields = new FieldPointers();
    fields.value(body, "", 0);
    return fields;
  }

  /**
   * The fields that may pass an edge: of successful replies, or of requests. Fields that only one
   * side of the amendment has come first.
   */
  static FieldPointers of(PlanRequest.EdgeModel edge, Stream stream) {
    FieldPointers before = of(edge.before(), stream);
    FieldPointers after = of(edge.after(), stream);
    FieldPointers all = new FieldPointers();
    all.cut = before.cut || after.cut;
    before.found.stream().filter(field -> !after.found.contains(field)).forEach(all::add);
    after.found.stream().filter(field -> !before.found.contains(field)).forEach(all::add);
    before.found.forEach(all::add);
    return all;
  }

  private static FieldPointers of(List<HttpInteraction> interactions, Stream stream) {
    FieldPointers fields = new FieldPointers();
    for (HttpInteraction interaction : interactions) {
      if (stream == Stream.UPSTREAM) {
        fields.body(interaction.requestBody(), stream);
      } else {
        interaction.responses().stream()
            .filter(FieldPointers::succeeds)
            .map(Response::body)
            .forEach(body -> fields.body(body, stream));
      }
    }
    return fields;
  }

  private static boolean succeeds(Response response) {
    return response.status().startsWith("2");
  }

  /** In the order in which they were met. */
  List<String> list() {
    return List.copyOf(found);
  }

  /** Whether there are more than were listed. */
  boolean isCut() {
    return cut;
  }

  private void body(Body body, Stream stream) {
    body.content()
        .forEach(
            (type, shape) -> {
              if (MediaTypes.isJson(type)) {
                shape(shape, "", stream, new HashSet<>(), 0);
              }
            });
  }

  private boolean goesOn(int depth) {
    if (depth > DEEPEST || found.size() >= MOST || ++steps > MOST_STEPS) {
      cut = true;
      return false;
    }
    return true;
  }

  private void value(JsonNode value, String pointer, int depth) {
    if (!value.isContainerNode() || value.isEmpty() || !goesOn(depth)) {
      return;
    }
    if (value.isArray()) {
      value.forEach(item -> value(item, SourceDocument.child(pointer, ANY_ITEM), depth + 1));
      return;
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String at = SourceDocument.child(pointer, field.getKey());
      add(at);
      value(field.getValue(), at, depth + 1);
    }
  }

  private void shape(Shape shape, String pointer, Stream stream, Set<String> entered, int depth) {
    if (!goesOn(depth)) {
      return;
    }
    String target = shape instanceof Shape.Reference reference ? reference.target() : "";
    // A field below its own kind again is the same field, one level further down.
    if (!target.isEmpty() && !entered.add(target)) {
      return;
    }
    Shape.Node node = shape.node();
    node.properties()
        .forEach(
            (name, property) -> {
              Shape.Node field = property.shape().node();
              if (stream == Stream.UPSTREAM ? field.readOnly() : field.writeOnly()) {
                return;
              }
              String at = SourceDocument.child(pointer, name);
              add(at);
              shape(property.shape(), at, stream, entered, depth + 1);
            });
    Shape items = node.items();
    if (items != null) {
      shape(items, SourceDocument.child(pointer, ANY_ITEM), stream, entered, depth + 1);
    }
    node.alternatives()
        .forEach(alternative -> shape(alternative, pointer, stream, entered, depth + 1));
    entered.remove(target);
  }

  private void add(String pointer) {
    if (found.size() < MOST || found.contains(pointer)) {
      found.add(pointer);
    } else {
      cut = true;
    }
  }
}
