package dev.codicil.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.PathTemplates;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an amended provider answers where a consumer's examples say what it used to answer: the
 * example still, as long as the amended document allows it, and with it what only the amended
 * document has. An example that is not allowed any more is none.
 */
final class AmendedExamples {
  private final List<HttpInteraction> before;
  private final List<HttpInteraction> after;
  private final StubReplies replies;

  /**
   * @param before operations of the base's document
   * @param after operations of the amended one
   */
  AmendedExamples(List<HttpInteraction> before, List<HttpInteraction> after, StubReplies replies) {
    this.before = before;
    this.after = after;
    this.replies = replies;
  }

  /** A consumer's example as the amended provider answers it; empty when it does so no more. */
  Optional<HttpInteraction> amended(HttpInteraction example) {
    List<Exemplar> kept = new ArrayList<>();
    for (Exemplar exemplar : example.exemplars()) {
      HttpReply reply = exemplar.reply();
      HttpInteraction operation = reply == null ? null : operation(after, exemplar);
      if (reply == null || operation == null || !allows(operation, exemplar, reply)) {
        return Optional.empty();
      }
      HttpReply more = withNews(reply, operation, operation(before, exemplar));
      kept.add(
          new Exemplar(
              exemplar.name(),
              exemplar.request(),
              allows(operation, exemplar, more) ? more : reply,
              exemplar.generated()));
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(with(example, kept));
  }

  private static @Nullable HttpInteraction operation(
      List<HttpInteraction> operations, Exemplar exemplar) {
    return operations.stream()
        .filter(operation -> operation.method().equals(exemplar.request().method()))
        .filter(operation -> PathTemplates.matches(operation.path(), exemplar.request().path()))
        .findFirst()
        .orElse(null);
  }

  private static boolean allows(HttpInteraction operation, Exemplar exemplar, HttpReply reply) {
    return operation.expectation().check(exemplar.request(), reply).isEmpty();
  }

  /** Adds the fields that only the amended document has. */
  private HttpReply withNews(
      HttpReply reply, HttpInteraction amended, @Nullable HttpInteraction base) {
    Optional<JsonNode> body = reply.body().json();
    Optional<JsonNode> now = usual(amended, reply.status());
    Optional<JsonNode> then = base == null ? Optional.empty() : usual(base, reply.status());
    if (body.isEmpty() || now.isEmpty() || then.isEmpty()) {
      return reply;
    }
    JsonNode merged = merged(body.get(), now.get(), then.get());
    return merged.equals(body.get())
        ? reply
        : new HttpReply(reply.status(), reply.headers(), Payload.of(merged));
  }

  private Optional<JsonNode> usual(HttpInteraction operation, int status) {
    return operation.exemplars().stream()
        .flatMap(exemplar -> Optional.ofNullable(exemplar.reply()).stream())
        .findFirst()
        .or(() -> replies.reply(operation))
        .filter(reply -> reply.status() == status)
        .flatMap(reply -> reply.body().json());
  }

  private static JsonNode merged(JsonNode example, JsonNode now, JsonNode then) {
    if (!(example instanceof ObjectNode fields) || !now.isObject() || !then.isObject()) {
      return example;
    }
    ObjectNode all = fields.deepCopy();
    now.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              if (fields.has(name) && then.has(name)) {
                all.set(name, merged(fields.get(name), field.getValue(), then.get(name)));
              } else if (!fields.has(name) && !then.has(name)) {
                all.set(name, field.getValue());
              }
            });
    return all;
  }

  private static HttpInteraction with(HttpInteraction example, List<Exemplar> exemplars) {
    return new HttpInteraction(
        example.key(),
        example.description(),
        example.style(),
        example.states(),
        example.method(),
        example.path(),
        example.parameters(),
        example.requestBody(),
        example.responses(),
        exemplars,
        example.expectation(),
        example.security(),
        example.location());
  }
}
