package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Assertions;
import dev.codicil.contract.Body;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields that messages have, as JSON pointers in which {@code *} stands for any array item, and
 * what contracts say about them. Bounded in depth and number; {@link #isCut} tells when the bound
 * was met.
 */
final class FieldPointers {
  private static final int DEEPEST = 8;
  private static final int MOST = 256;
  private static final int MOST_STEPS = 20_000;
  private static final String ANY_ITEM = "*";

  private static final int MOST_SHAPES = 32;

  private final Set<String> found = new LinkedHashSet<>();
  private final Map<String, List<Place>> places = new LinkedHashMap<>();
  private boolean byExample;
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
    Map<String, List<Place>> joined = new LinkedHashMap<>(before.places);
    after.places.forEach(
        (pointer, list) -> {
          List<Place> both = new ArrayList<>(joined.getOrDefault(pointer, List.of()));
          both.addAll(list);
          joined.put(pointer, both);
        });
    joined.keySet().stream()
        .sorted(
            Comparator.comparing(
                pointer -> before.places.containsKey(pointer) && after.places.containsKey(pointer)))
        .forEach(pointer -> all.places.put(pointer, joined.getOrDefault(pointer, List.of())));
    return all;
  }

  /** The places that a body's shape describes. */
  static FieldPointers of(Shape body, Stream stream) {
    FieldPointers fields = new FieldPointers();
    fields.shape(body, "", stream, new HashSet<>(), 0, false);
    return fields;
  }

  private static FieldPointers of(List<HttpInteraction> interactions, Stream stream) {
    FieldPointers fields = new FieldPointers();
    for (HttpInteraction interaction : interactions) {
      fields.byExample = interaction.style() == HttpInteraction.Style.BY_EXAMPLE;
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

  /**
   * What contracts say about each place of the body, by pointer: its fields, the items of its
   * arrays, and the whole under the empty pointer. Places that one side only has come first.
   */
  Map<String, List<Place>> places() {
    return Collections.unmodifiableMap(places);
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
                shape(shape, "", stream, new HashSet<>(), 0, false);
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

  /**
   * Walks a shape; what it says about its own place was noted by the caller.
   *
   * @param optionally whether it is one of several alternatives, so that what it requires need not
   *     be there in all messages
   */
  private void shape(
      Shape shape,
      String pointer,
      Stream stream,
      Set<String> entered,
      int depth,
      boolean optionally) {
    if (!goesOn(depth)) {
      return;
    }
    if (pointer.isEmpty() && !optionally) {
      place("", new Place(shape, true, false, byExample));
    }
    String target = shape instanceof Shape.Reference reference ? reference.target() : "";
    // A field below its own kind again is the same field, one level further down.
    if (!target.isEmpty() && !entered.add(target)) {
      return;
    }
    Shape.Node node = shape.node();
    boolean conditional = optionally || decidesBeyondRequired(node);
    node.properties()
        .forEach(
            (name, property) -> {
              Shape.Node field = property.shape().node();
              if (stream == Stream.UPSTREAM ? field.readOnly() : field.writeOnly()) {
                return;
              }
              String at = SourceDocument.child(pointer, name);
              add(at);
              place(at, new Place(property.shape(), property.required(), conditional, byExample));
              shape(property.shape(), at, stream, entered, depth + 1, false);
            });
    Shape items = node.items();
    if (items != null) {
      String at = SourceDocument.child(pointer, ANY_ITEM);
      place(at, new Place(items, true, false, byExample));
      shape(items, at, stream, entered, depth + 1, false);
    }
    node.alternatives()
        .forEach(alternative -> shape(alternative, pointer, stream, entered, depth + 1, true));
    entered.remove(target);
  }

  private static boolean decidesBeyondRequired(Shape.Node node) {
    Assertions said = node.assertions();
    return !node.unread().isEmpty()
        || !said.dependentRequired().isEmpty()
        || said.minProperties() != null
        || !said.conditions().isEmpty()
        || !node.alternatives().isEmpty();
  }

  /** Notes what is said about a place, each shape once. */
  private void place(String pointer, Place place) {
    List<Place> said = places.get(pointer);
    if (said == null) {
      if (places.size() >= 2 * MOST) {
        cut = true;
        return;
      }
      said = new ArrayList<>();
      places.put(pointer, said);
    }
    if (said.stream().noneMatch(other -> same(other, place))) {
      if (said.size() < MOST_SHAPES) {
        said.add(place);
      } else {
        cut = true;
      }
    }
  }

  private static boolean same(Place left, Place right) {
    // By identity: to compare trees would cost more than to look at one twice.
    return left.shape().node() == right.shape().node()
        && left.required() == right.required()
        && left.conditional() == right.conditional()
        && left.byExample() == right.byExample();
  }

  private void add(String pointer) {
    if (found.size() < MOST || found.contains(pointer)) {
      found.add(pointer);
    } else {
      cut = true;
    }
  }
}
