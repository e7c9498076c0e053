package dev.codicil.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place that a statement names: a variable, and the fields and constant indices behind it.
 *
 * @param variable name of the variable
 * @param path fields and indices in order
 */
record Place(String variable, List<String> path) {
  Place {
    path = List.copyOf(path);
  }

  /** All places that a statement names, each once, the longest chains only. */
  static List<Place> in(CelAbstractSyntaxTree ast, Set<String> known) {
    Map<String, Place> found = new LinkedHashMap<>();
    walk(ast.getExpr(), known, found);
    return List.copyOf(found.values());
  }

  private static void walk(CelExpr expr, Set<String> known, Map<String, Place> into) {
    Optional<Place> chain = chain(expr, known);
    if (chain.isPresent()) {
      into.putIfAbsent(chain.get().text(), chain.get());
      return;
    }
    switch (expr.exprKind().getKind()) {
      case SELECT -> walk(expr.select().operand(), known, into);
      case CALL -> {
        expr.call().target().ifPresent(target -> walk(target, known, into));
        expr.call().args().forEach(arg -> walk(arg, known, into));
      }
      case LIST -> expr.list().elements().forEach(one -> walk(one, known, into));
      case STRUCT -> expr.struct().entries().forEach(one -> walk(one.value(), known, into));
      case MAP ->
          expr.map()
              .entries()
              .forEach(
                  one -> {
                    walk(one.key(), known, into);
                    walk(one.value(), known, into);
                  });
      case COMPREHENSION -> {
        CelExpr.CelComprehension loop = expr.comprehension();
        walk(loop.iterRange(), known, into);
        walk(loop.accuInit(), known, into);
        Set<String> outer = new HashSet<>(known);
        outer.remove(loop.iterVar());
        outer.remove(loop.accuVar());
        walk(loop.loopCondition(), outer, into);
        walk(loop.loopStep(), outer, into);
        walk(loop.result(), outer, into);
      }
      default -> {}
    }
  }

  private static Optional<Place> chain(CelExpr expr, Set<String> known) {
    if (expr.exprKind().getKind() == ExprKind.Kind.IDENT) {
      return known.contains(expr.ident().name())
          ? Optional.of(new Place(expr.ident().name(), List.of()))
          : Optional.empty();
    }
    if (expr.exprKind().getKind() == ExprKind.Kind.SELECT) {
      return chain(expr.select().operand(), known).map(one -> one.then(expr.select().field()));
    }
    if (expr.exprKind().getKind() == ExprKind.Kind.CALL
        && expr.call().function().equals("_[_]")
        && expr.call().args().get(1).exprKind().getKind() == ExprKind.Kind.CONSTANT) {
      CelConstant index = expr.call().args().get(1).constant();
      return switch (index.getKind()) {
        case STRING_VALUE ->
            chain(expr.call().args().get(0), known).map(one -> one.then(index.stringValue()));
        case INT64_VALUE ->
            chain(expr.call().args().get(0), known)
                .map(one -> one.then(Long.toString(index.int64Value())));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private Place then(String field) {
    List<String> longer = new ArrayList<>(path);
    longer.add(field);
    return new Place(variable, longer);
  }

  /** {@code sold.body.seats}. */
  String text() {
    return path.isEmpty() ? variable : variable + "." + String.join(".", path);
  }

  /** What stands there; a missing node when nothing does. */
  JsonNode of(Map<String, JsonNode> values) {
    JsonNode node = values.getOrDefault(variable, MissingNode.getInstance());
    for (String step : path) {
      node = step(node, step);
    }
    return node;
  }

  private static JsonNode step(JsonNode node, String step) {
    if (!node.isArray()) {
      return node.path(step);
    }
    try {
      return node.path(Integer.parseInt(step));
    } catch (NumberFormatException noIndex) {
      return MissingNode.getInstance();
    }
  }

  /** The same values, with another one here. */
  Map<String, JsonNode> with(Map<String, JsonNode> values, JsonNode other) {
    Map<String, JsonNode> changed = new HashMap<>(values);
    JsonNode root = values.get(variable);
    if (root == null || path.isEmpty()) {
      changed.put(variable, other);
      return changed;
    }
    JsonNode copy = root.deepCopy();
    JsonNode parent = copy;
    for (String step : path.subList(0, path.size() - 1)) {
      parent = step(parent, step);
    }
    String last = path.get(path.size() - 1);
    if (parent instanceof ObjectNode object) {
      object.set(last, other);
    } else if (parent instanceof ArrayNode array && step(parent, last).isValueNode()) {
      array.set(Integer.parseInt(last), other);
    }
    changed.put(variable, copy);
    return changed;
  }
}
