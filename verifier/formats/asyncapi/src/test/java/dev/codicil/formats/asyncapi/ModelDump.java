package dev.codicil.formats.asyncapi;

import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A contract of messages as text that a person can review. */
final class ModelDump {
  private final StringBuilder out = new StringBuilder();
  private final Set<String> told = new HashSet<>();

  private ModelDump() {}

  static String of(ContractFormat.Reading reading) {
    ModelDump dump = new ModelDump();
    Contract contract = reading.contract();
    dump.line(0, contract.format() + " " + contract.provider() + " for " + contract.consumer());
    contract.interactions().forEach(dump::interaction);
    reading.problems().forEach(p -> dump.line(0, "problem " + p.location() + " " + p.message()));
    return dump.out.toString();
  }

  private void line(int indent, String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }

  private void interaction(Interaction interaction) {
    MessageInteraction it = (MessageInteraction) interaction;
    line(0, it.key() + " [" + it.description() + "] " + it.flow() + " @ " + it.location());
    for (Parameter parameter : it.metadata()) {
      String required = parameter.required() ? " required" : "";
      shape(1, parameter.key() + required + " @ " + parameter.location(), parameter.shape());
    }
    for (Map.Entry<String, Shape> media : it.content().content().entrySet()) {
      String required = it.content().required() ? " required " : " ";
      shape(1, "payload" + required + media.getKey(), media.getValue());
    }
  }

  private void shape(int indent, String label, Shape shape) {
    Shape.Node node = shape.node();
    if (shape instanceof Shape.Reference reference) {
      if (!told.add(reference.target())) {
        line(indent, label + ": -> " + reference.target());
        return;
      }
      line(indent, label + ": -> " + reference.target() + " = " + facts(node));
    } else {
      line(indent, label + ": " + facts(node));
    }
    node.properties()
        .forEach((name, p) -> shape(indent + 1, name + (p.required() ? "!" : ""), p.shape()));
    if (node.additional() != null) {
      shape(indent + 1, "*", node.additional());
    }
    if (node.items() != null) {
      shape(indent + 1, "[]", node.items());
    }
    for (Shape alternative : node.alternatives()) {
      shape(indent + 1, node.combination().name(), alternative);
    }
  }

  private static String facts(Shape.Node node) {
    List<String> facts = new ArrayList<>();
    facts.add(node.types().isEmpty() ? "any" : node.types().toString());
    add(facts, "enum", node.enumeration().isEmpty() ? null : node.enumeration());
    add(facts, "format", node.format());
    add(facts, "pattern", node.pattern());
    add(facts, node.exclusiveMinimum() ? ">" : ">=", node.minimum());
    add(facts, node.exclusiveMaximum() ? "<" : "<=", node.maximum());
    add(facts, "minLength", node.minLength());
    add(facts, "maxLength", node.maxLength());
    add(facts, "closed", node.closed() ? "" : null);
    add(facts, "example", node.example());
    add(facts, "unread", node.unread().isEmpty() ? null : node.unread());
    facts.add("@ " + node.location());
    return String.join(" ", facts);
  }

  private static void add(List<String> facts, String name, @Nullable Object value) {
    if (value != null) {
      facts.add((name + " " + value).strip());
    }
  }
}
