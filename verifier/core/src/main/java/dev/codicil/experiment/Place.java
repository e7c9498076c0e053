package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What one contract says about one place of a body. Several may say something about the same place:
 * other operations, the other side of the amendment.
 *
 * @param shape what the value must be
 * @param required whether a message without it breaks the contract
 * @param conditional whether more than {@code required} decides about that, which is not looked at
 * @param byExample whether it is what an example has; a single listed value is just that one then
 */
record Place(Shape shape, boolean required, boolean conditional, boolean byExample) {
  private static final int DEEPEST = 4;
  private static final int MOST = 64;

  /** The node of the shape and those of its alternatives, to a depth. */
  List<Shape.Node> nodes() {
    List<Shape.Node> nodes = new ArrayList<>();
    collect(shape, nodes, 0);
    return nodes;
  }

  private static void collect(Shape shape, List<Shape.Node> nodes, int depth) {
    if (depth > DEEPEST || nodes.size() >= MOST) {
      return;
    }
    Shape.Node node = shape.node();
    nodes.add(node);
    node.alternatives().forEach(alternative -> collect(alternative, nodes, depth + 1));
  }

  /** Whether whatever the shape says can be checked by {@link ShapeCheck}. */
  boolean certain() {
    return nodes().stream().allMatch(node -> node.unread().isEmpty() && node.assertions().free());
  }

  /** Whether the value must be one of a list. */
  boolean enumerated() {
    return nodes().stream().anyMatch(node -> listed(node).size() > (byExample ? 1 : 0));
  }

  /** The values a node lists, be it for good or as those known today. */
  static List<JsonNode> listed(Shape.Node node) {
    return node.enumeration().isEmpty() ? node.assertions().knownValues() : node.enumeration();
  }
}
