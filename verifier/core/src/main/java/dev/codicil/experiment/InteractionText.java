package dev.codicil.experiment;

import dev.codicil.contract.Assertions;
import dev.codicil.contract.Body;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that an interaction says, as one text without locations: equal texts mean that nothing but
 * the place in the file differs.
 */
final class InteractionText {
  /** Referenced shapes are followed up to here; large documents share most of them. */
  private static final int LONGEST = 200_000;

  private final StringBuilder out = new StringBuilder();
  private final Set<String> met = new HashSet<>();
  private final ArrayDeque<Shape.Reference> open = new ArrayDeque<>();

  private InteractionText() {}

  /** The text; empty when the shapes it refers to are too many to write out. */
  static Optional<String> of(HttpInteraction interaction) {
    InteractionText text = new InteractionText();
    text.add(interaction.style().name(), interaction.operation(), interaction.description());
    interaction
        .states()
        .forEach(state -> text.add("state", state.name(), state.parameters().toString()));
    interaction.parameters().forEach(text::parameter);
    text.body(interaction.requestBody());
    for (Response response : interaction.responses()) {
      text.add("response", response.status());
      response.headers().forEach(text::parameter);
      text.body(response.body());
    }
    for (Exemplar exemplar : interaction.exemplars()) {
      text.add("exemplar", exemplar.name(), of(exemplar.request()));
      HttpReply reply = exemplar.reply();
      if (reply != null) {
        text.add("" + reply.status(), reply.headers().toString(), reply.body().utf8());
      }
    }
    while (!text.open.isEmpty()) {
      if (text.out.length() > LONGEST) {
        return Optional.empty();
      }
      Shape.Reference reference = text.open.remove();
      text.add("target", reference.target());
      text.shape(reference.node());
    }
    return Optional.of(text.out.toString());
  }

  static String of(HttpRequest request) {
    InteractionText text = new InteractionText();
    text.add(
        request.method(), request.target(), request.headers().toString(), request.body().utf8());
    return text.out.toString();
  }

  private void add(String... parts) {
    for (String part : parts) {
      out.append(part.length()).append(':').append(part).append('\n');
    }
  }

  private void parameter(Parameter parameter) {
    add("parameter", parameter.key(), "" + parameter.required());
    shape(parameter.shape());
  }

  private void body(Body body) {
    add("body", "" + body.required());
    for (Map.Entry<String, Shape> content : body.content().entrySet()) {
      add(content.getKey());
      shape(content.getValue());
    }
  }

  private void shape(Shape shape) {
    if (shape instanceof Shape.Reference reference) {
      add("ref", reference.target());
      if (met.add(reference.target())) {
        open.add(reference);
      }
      return;
    }
    Shape.Node node = shape.node();
    add(node.types().toString(), node.enumeration().toString(), node.unread().toString());
    add("" + node.format(), "" + node.pattern());
    add("" + node.minimum(), "" + node.exclusiveMinimum());
    add("" + node.maximum(), "" + node.exclusiveMaximum());
    add("" + node.minLength(), "" + node.maxLength(), "" + node.minItems(), "" + node.maxItems());
    add("" + node.closed(), "" + node.readOnly(), "" + node.writeOnly(), "" + node.example());
    for (Map.Entry<String, Shape.Property> property : node.properties().entrySet()) {
      add("property", property.getKey(), "" + property.getValue().required());
      shape(property.getValue().shape());
    }
    inner("additional", node.additional() == null ? List.of() : List.of(node.additional()));
    inner("items", node.items() == null ? List.of() : List.of(node.items()));
    inner(node.combination().name(), node.alternatives());
    if (node.assertions() != Assertions.NONE) {
      assertions(node.assertions());
    }
    add("end");
  }

  private void assertions(Assertions said) {
    add("" + said.fallback(), "" + said.multipleOf(), "" + said.uniqueItems());
    add("" + said.minProperties(), "" + said.maxProperties());
    add("" + said.minContains(), "" + said.maxContains(), "" + said.dependentRequired());
    add("" + said.contentEncoding(), "" + said.contentMediaType());
    add("" + said.knownValues(), "" + said.discriminator());
    inner("prefixItems", said.prefixItems());
    said.conditions().forEach(condition -> inner(condition.keyword(), condition.shapes()));
  }

  private void inner(String label, List<Shape> shapes) {
    if (!shapes.isEmpty()) {
      add(label, "" + shapes.size());
      shapes.forEach(this::shape);
    }
  }
}
