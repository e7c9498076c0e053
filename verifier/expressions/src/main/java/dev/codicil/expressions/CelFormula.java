package dev.codicil.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.codicil.experiment.Formula;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A compiled statement. Safe for use by many threads. */
final class CelFormula implements Formula {
  private static final int MOST_READ = 2_000;

  private final String text;
  private final CelRuntime.Program program;
  private final List<Place> places;
  private final List<JsonNode> constants;
  private final Set<String> variables;

  CelFormula(
      String text, CelAbstractSyntaxTree ast, CelRuntime.Program program, Set<String> known) {
    this.text = text;
    this.program = program;
    this.places = Place.in(ast, known);
    this.constants = constants(ast);
    this.variables = new TreeSet<>();
    places.forEach(place -> variables.add(place.variable()));
  }

  private static List<JsonNode> constants(CelAbstractSyntaxTree ast) {
    return CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == ExprKind.Kind.CONSTANT)
        .map(node -> node.expr().constant())
        .flatMap(
            one ->
                switch (one.getKind()) {
                  case STRING_VALUE -> Stream.<JsonNode>of(TextNode.valueOf(one.stringValue()));
                  case INT64_VALUE ->
                      Stream.<JsonNode>of(
                          LongNode.valueOf(one.int64Value()),
                          LongNode.valueOf(one.int64Value() + 1),
                          LongNode.valueOf(one.int64Value() - 1));
                  default -> Stream.<JsonNode>empty();
                })
        .toList();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Set<String> variables() {
    return variables;
  }

  @Override
  public Answer evaluate(Map<String, JsonNode> values) {
    Map<String, String> read = new TreeMap<>();
    for (Place place : places) {
      JsonNode node = place.of(values);
      String written = node.isMissingNode() ? "absent" : node.toString();
      read.put(place.text(), written);
    }
    try {
      Object result = result(values);
      return result instanceof Boolean holds
          ? new Answer(holds, "", read)
          : new Answer(null, "it came to " + kind(result) + ", neither true nor false", read);
    } catch (CelEvaluationException undecided) {
      return new Answer(null, why(undecided), read);
    }
  }

  private Object result(Map<String, JsonNode> values) throws CelEvaluationException {
    Map<String, Object> bound = new LinkedHashMap<>();
    for (String name : variables) {
      JsonNode value = values.get(name);
      if (value != null) {
        bound.put(name, CelValues.of(value));
      }
    }
    try {
      return program.eval(bound);
    } catch (CelEvaluationException known) {
      throw known;
    } catch (RuntimeException ours) { // what functions throw, and what its library does not expect
      throw new CelEvaluationException(String.valueOf(ours.getMessage()), ours);
    }
  }

  private static String kind(Object result) {
    return result instanceof String
        ? "a text"
        : result instanceof Number ? "a number" : "no truth value";
  }

  /** The first line, without the name of the class that found it. */
  private static String why(CelEvaluationException undecided) {
    if (undecided.getCause() instanceof NotANumber own) {
      return String.valueOf(own.getMessage()); // else all that it was asked of would be quoted
    }
    String message = String.valueOf(undecided.getMessage()).lines().findFirst().orElse("");
    int marker = message.indexOf("evaluation error");
    int colon = marker < 0 ? -1 : message.indexOf(": ", marker);
    return colon < 0 ? message : message.substring(colon + 2);
  }

  @Override
  public String toString() {
    return text; // what declares it is hashed by its text
  }

  @Override
  public boolean violable(Map<String, JsonNode> values) {
    int tried = 0;
    for (Place place : places) {
      for (JsonNode other : Variations.of(place, place.of(values), constants)) {
        if (tried++ > MOST_READ) {
          return true; // much is read, so much can be wrong
        }
        Map<String, JsonNode> changed = place.with(values, other);
        try {
          if (Boolean.FALSE.equals(result(changed))) {
            return true;
          }
        } catch (CelEvaluationException undecided) {
          continue; // not false
        }
      }
    }
    return false;
  }
}
