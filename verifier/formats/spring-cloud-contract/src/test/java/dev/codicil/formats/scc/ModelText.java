package dev.codicil.formats.scc;

import dev.codicil.contract.Body;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A readable dump of what was read, for golden files. */
final class ModelText {
  private final StringBuilder out = new StringBuilder();

  static String of(Reading reading) {
    ModelText text = new ModelText();
    text.line(
        0,
        reading.contract().format()
            + ": "
            + reading.contract().consumer()
            + " -> "
            + reading.contract().provider());
    reading.contract().interactions().forEach(text::interaction);
    reading
        .problems()
        .forEach(problem -> text.line(0, "PROBLEM " + problem.message(), problem.location()));
    return text.out.toString();
  }

  private void interaction(Interaction interaction) {
    line(0, "");
    line(0, interaction.key(), interaction.location());
    if (interaction instanceof HttpInteraction http) {
      http.states().forEach(state -> line(1, "state " + state.name() + " " + state.parameters()));
      line(1, http.operation());
      http.parameters().forEach(parameter -> parameter(1, parameter));
      body("request body", http.requestBody());
      for (Response response : http.responses()) {
        line(1, "reply " + response.status(), response.location());
        response.headers().forEach(parameter -> parameter(2, parameter));
        body("reply body", response.body());
      }
      http.exemplars().forEach(this::exemplar);
    } else if (interaction instanceof MessageInteraction message) {
      message
          .states()
          .forEach(state -> line(1, "state " + state.name() + " " + state.parameters()));
      message.metadata().forEach(parameter -> parameter(1, parameter));
      body("content", message.content());
    }
  }

  private void exemplar(Exemplar exemplar) {
    line(1, "sends " + exemplar.request().method() + " " + exemplar.request().target());
    exemplar.request().headers().asMap().forEach((name, values) -> line(2, name + ": " + values));
    payload(exemplar.request().body());
    HttpReply reply = exemplar.reply();
    if (reply != null) {
      line(1, "gets " + reply.status());
      reply.headers().asMap().forEach((name, values) -> line(2, name + ": " + values));
      payload(reply.body());
    }
  }

  private void payload(Payload payload) {
    if (payload.isEmpty()) {
      return;
    }
    boolean text = Arrays.equals(payload.utf8().getBytes(StandardCharsets.UTF_8), payload.bytes());
    line(2, text ? payload.utf8() : HexFormat.of().formatHex(payload.bytes()));
  }

  private void parameter(int depth, Parameter parameter) {
    shape(depth, parameter.key() + (parameter.required() ? "" : "?"), parameter.shape().node());
  }

  private void body(String name, Body body) {
    body.content()
        .forEach(
            (type, shape) ->
                shape(1, name + (body.required() ? "" : "?") + " " + type, shape.node()));
  }

  private void shape(int depth, String name, Shape.Node shape) {
    StringBuilder text = new StringBuilder(name).append(": ");
    text.append(shape.types().isEmpty() ? "any" : String.join("|", labels(shape)));
    text.append(shape.enumeration().isEmpty() ? "" : " = " + shape.enumeration());
    text.append(shape.format() == null ? "" : " format " + shape.format());
    text.append(shape.pattern() == null ? "" : " ~ " + shape.pattern());
    text.append(shape.minLength() == null ? "" : " minLength " + shape.minLength());
    if (shape.minItems() != null || shape.maxItems() != null) {
      text.append(" items ")
          .append(bound(shape.minItems()))
          .append("..")
          .append(bound(shape.maxItems()));
    }
    text.append(shape.closed() ? " closed" : "");
    text.append(shape.unread().isEmpty() ? "" : " unread " + shape.unread());
    line(depth, text.toString(), shape.location());
    shape
        .properties()
        .forEach(
            (key, property) ->
                shape(depth + 1, key + (property.required() ? "" : "?"), property.shape().node()));
    if (shape.additional() != null) {
      shape(depth + 1, "(any key)", shape.additional().node());
    }
    if (shape.items() != null) {
      shape(depth + 1, "(items)", shape.items().node());
    }
    shape
        .alternatives()
        .forEach(way -> shape(depth + 1, "(" + shape.combination() + ")", way.node()));
  }

  private static List<String> labels(Shape.Node shape) {
    return shape.types().stream().map(type -> type.label()).toList();
  }

  private static String bound(@Nullable Integer bound) {
    return bound == null ? "" : bound.toString();
  }

  private void line(int depth, String text, Location location) {
    line(depth, text + "  @" + location.line() + ":" + location.column());
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }
}
