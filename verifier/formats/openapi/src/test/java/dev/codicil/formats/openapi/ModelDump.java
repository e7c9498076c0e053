package dev.codicil.formats.openapi;

import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A contract as text that a person can review. */
final class ModelDump {
  private final StringBuilder out = new StringBuilder();
  private final Set<String> told = new HashSet<>();

  private ModelDump() {}

  static String of(ContractFormat.Reading reading) {
    ModelDump dump = new ModelDump();
    dump.contract(reading.contract());
    reading.problems().forEach(p -> dump.line(0, "problem " + p.location() + " " + p.message()));
    return dump.out.toString();
  }

  private void line(int indent, String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }

  private void contract(Contract contract) {
    line(0, contract.format() + " " + contract.provider() + " for " + contract.consumer());
    contract.http().forEach(this::interaction);
  }

  private void interaction(HttpInteraction it) {
    line(0, it.key() + " [" + it.description() + "] " + it.style() + " @ " + it.location());
    it.parameters().forEach(parameter -> parameter(1, parameter));
    body(1, "body", it.requestBody());
    for (Response response : it.responses()) {
      line(1, "response " + response.status() + " @ " + response.location());
      response.headers().forEach(header -> parameter(2, header));
      body(2, "body", response.body());
    }
    for (Exemplar exemplar : it.exemplars()) {
      line(
          1,
          "exemplar "
              + exemplar.name()
              + ": "
              + exemplar.request().target()
              + " "
              + exemplar.request().headers()
              + " "
              + exemplar.request().body());
      HttpReply reply = exemplar.reply();
      line(2, reply == null ? "-" : reply.status() + " " + reply.headers() + " " + reply.body());
    }
  }

  private void parameter(int indent, Parameter parameter) {
    String required = parameter.required() ? " required" : "";
    shape(indent, parameter.key() + required + " @ " + parameter.location(), parameter.shape());
  }

  private void body(int indent, String label, Body body) {
    for (Map.Entry<String, Shape> media : body.content().entrySet()) {
      String required = body.required() ? " required " : " ";
      shape(indent, label + required + media.getKey(), media.getValue());
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
    add(facts, "minItems", node.minItems());
    add(facts, "maxItems", node.maxItems());
    add(facts, "closed", node.closed() ? "" : null);
    add(facts, "readOnly", node.readOnly() ? "" : null);
    add(facts, "writeOnly", node.writeOnly() ? "" : null);
    add(facts, "example", node.example());
    add(facts, "unread", node.unread().isEmpty() ? null : node.unread());
    facts.add("@ " + node.location());
    return String.join(" ", facts);
  }

  private static void add(
      List<String> facts, String name, @org.jspecify.annotations.Nullable Object value) {
    if (value != null) {
      facts.add((name + " " + value).strip());
    }
  }
}
