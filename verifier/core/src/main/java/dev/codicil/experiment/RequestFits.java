package dev.codicil.experiment;

import dev.codicil.chaos.FaultCard;
import dev.codicil.contract.Body;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a request stays within its contract when a fault has changed a field of it. */
final class RequestFits {
  private RequestFits() {}

  /**
   * Decides about one field. The provider's own document decides where it knows the operation; else
   * the interaction's own shape does.
   *
   * @param documents operations of the provider's documents
   */
  static Experiment.RequestFit of(
      FaultCard card,
      String pointer,
      HttpRequest request,
      HttpInteraction interaction,
      List<HttpInteraction> documents) {
    boolean drop = card.id().equals("drop-field");
    if (!drop && !card.id().equals("null-field")) {
      return Experiment.RequestFit.OUT_OF_CONTRACT;
    }
    Optional<Shape> shape = bodyShape(request, interaction, documents);
    boolean allowed = shape.isPresent() && allows(shape.get(), pointer, drop);
    return allowed ? Experiment.RequestFit.IN_CONTRACT : Experiment.RequestFit.OUT_OF_CONTRACT;
  }

  /** What the provider's own document says about a request's body; else the interaction itself. */
  static Optional<Shape> bodyShape(
      HttpRequest request, HttpInteraction interaction, List<HttpInteraction> documents) {
    Body body =
        JoinedExpectation.operation(documents, request)
            .map(HttpInteraction::requestBody)
            .filter(described -> !described.content().isEmpty())
            .orElse(interaction.requestBody());
    return shape(body, request.headers().mediaType());
  }

  private static Optional<Shape> shape(Body body, String mediaType) {
    Shape exact = body.content().get(mediaType);
    if (exact != null) {
      return Optional.of(exact);
    }
    return body.content().entrySet().stream()
        .filter(content -> MediaTypes.isJson(content.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean allows(Shape root, String pointer, boolean drop) {
    List<String> segments = segments(pointer);
    if (segments.isEmpty()) {
      return false;
    }
    List<Shape.Node> parents = List.of(root.node());
    for (String segment : segments.subList(0, segments.size() - 1)) {
      parents =
          children(parents, segment).stream().map(Shape.Property::shape).map(Shape::node).toList();
    }
    if (parents.isEmpty()) {
      return false;
    }
    List<Shape.Property> fields = children(parents, segments.get(segments.size() - 1));
    if (fields.isEmpty()) {
      // Nobody described it: to leave it out breaks nothing.
      return drop;
    }
    return drop
        ? fields.stream().noneMatch(Shape.Property::required)
        : fields.stream().allMatch(field -> nullable(field.shape(), 0));
  }

  private static List<Shape.Property> children(List<Shape.Node> parents, String segment) {
    List<Shape.Property> children = new ArrayList<>();
    for (Shape.Node parent : parents) {
      collect(parent, segment, children, 0);
    }
    return children;
  }

  private static void collect(
      Shape.Node parent, String segment, List<Shape.Property> children, int depth) {
    Shape.Property field = parent.properties().get(segment);
    if (field != null) {
      children.add(field);
    }
    Shape items = parent.items();
    if (segment.equals("*") && items != null) {
      children.add(new Shape.Property(items, false));
    }
    if (depth < 8 && children.size() < 64) {
      parent
          .alternatives()
          .forEach(alternative -> collect(alternative.node(), segment, children, depth + 1));
    }
  }

  static boolean nullable(Shape shape, int depth) {
    Shape.Node node = shape.node();
    boolean listed =
        node.enumeration().isEmpty()
            || node.enumeration().stream().anyMatch(value -> JsonType.of(value) == JsonType.NULL);
    boolean alternative =
        node.alternatives().isEmpty()
            || depth < 8
                && node.alternatives().stream().anyMatch(inner -> nullable(inner, depth + 1));
    return node.nullable() && listed && alternative;
  }

  private static List<String> segments(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(pointer.substring(1).split("/", -1))
        .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
        .toList();
  }
}
