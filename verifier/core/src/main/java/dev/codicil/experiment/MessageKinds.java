package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Amendment;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What contracts of both sides say about the messages that a subject gets on a topic. */
final class MessageKinds {
  /** How the AsyncAPI reader calls the binding of a Kafka key among the metadata. */
  private static final String KAFKA_KEY = "kafka key";

  private MessageKinds() {}

  /**
   * One kind of message.
   *
   * @param producer who sends it; empty when the contract does not say
   * @param name what reviewers call it
   * @param before in the base; null when the base does not know it
   * @param after in the head; null when the head does not know it
   */
  record Kind(
      String producer,
      String name,
      @Nullable MessageInteraction before,
      @Nullable MessageInteraction after) {

    /** The interaction of either side, the base's first. */
    MessageInteraction known() {
      MessageInteraction known = before == null ? after : before;
      if (known == null) {
        throw new IllegalStateException("a message of neither side: " + name);
      }
      return known;
    }
  }

  /** The kinds of messages on a topic, in order of the documents, those of the base first. */
  static List<Kind> of(Amendment amendment, Subject subject, String topic) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    collect(amendment.before(), subject, topic)
        .forEach(
            (id, one) ->
                kinds.put(
                    id,
                    new Kind(one.producer(), one.message().description(), one.message(), null)));
    collect(amendment.after(), subject, topic)
        .forEach(
            (id, one) -> {
              Kind base = kinds.get(id);
              kinds.put(
                  id,
                  new Kind(
                      one.producer(),
                      one.message().description(),
                      base == null ? null : base.before(),
                      one.message()));
            });
    return List.copyOf(kinds.values());
  }

  private record Sent(String producer, MessageInteraction message) {}

  private static Map<String, Sent> collect(
      List<Contract> contracts, Subject subject, String topic) {
    Map<String, Sent> found = new LinkedHashMap<>();
    for (Contract contract : contracts) {
      for (Interaction interaction : contract.interactions()) {
        if (interaction instanceof MessageInteraction message
            && reaches(contract, message, subject, topic)) {
          String producer = message.flow() == Flow.FROM_PROVIDER ? contract.provider() : "";
          String id =
              Fingerprints.of(ScenarioMaker.consumer(contract), contract.provider(), message.key());
          found.putIfAbsent(id, new Sent(producer, message));
        }
      }
    }
    return found;
  }

  /** Whether a subject gets a message on a topic that it listens to. */
  static boolean reaches(
      Contract contract, MessageInteraction message, Subject subject, String topic) {
    boolean addressed =
        message.flow() == Flow.FROM_PROVIDER
            ? contract.consumer() == null || contract.consumer().equals(subject.name())
            : contract.provider().equals(subject.name());
    // Formats without channels name the consumer: with one topic there is no question which.
    boolean onTopic =
        message.channel().isEmpty()
            ? contract.consumer() != null && subject.messaging().listens().size() == 1
            : message.channel().equals(topic);
    return addressed && onTopic;
  }

  /** What the body must be, when it is JSON. */
  static Optional<Shape> body(MessageInteraction message) {
    return message.content().content().entrySet().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).contains("json"))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** What the key must be, when the contract says. */
  static Optional<Shape> key(MessageInteraction message) {
    return message.metadata().stream()
        .filter(one -> one.in() == Parameter.In.HEADER && one.name().equals(KAFKA_KEY))
        .map(Parameter::shape)
        .findFirst();
  }

  /** The headers that travel with the message; what is only said about it is left out. */
  static List<Parameter> headers(MessageInteraction message) {
    return message.metadata().stream()
        .filter(one -> one.in() == Parameter.In.HEADER && one.name().indexOf(' ') < 0)
        .toList();
  }

  /** Names of the fields that are the key: declared by the very same schema. */
  static List<String> keyFields(MessageInteraction message) {
    Shape key = key(message).orElse(null);
    Shape body = body(message).orElse(null);
    List<String> fields = new ArrayList<>();
    if (key != null && body != null) {
      body.node()
          .properties()
          .forEach(
              (name, property) -> {
                Shape shape = property.shape();
                if (shape.equals(key) || shape.node().location().equals(key.node().location())) {
                  fields.add(name);
                }
              });
    }
    return fields;
  }

  /**
   * The kind that a declared body is of: of those that allow it the one that has most of its fields
   * to say something about.
   */
  static Optional<Kind> kindOf(List<Kind> kinds, JsonNode body) {
    Kind best = null;
    long most = -1;
    for (Kind kind : kinds) {
      MessageInteraction before = kind.before();
      Shape shape = before == null ? null : body(before).orElse(null);
      if (shape != null && ShapeCheck.allows(shape, body, ShapeSampler.Purpose.REPLY)) {
        long known =
            body.properties().stream()
                .filter(field -> shape.node().properties().containsKey(field.getKey()))
                .count();
        if (known > most) {
          most = known;
          best = kind;
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
