package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Durations;
import dev.codicil.contract.InputException;
import dev.codicil.contract.SourceDocument;
import dev.codicil.experiment.Broker;
import dev.codicil.experiment.Listening;
import dev.codicil.experiment.MessageSequence;
import dev.codicil.experiment.Messaging;
import dev.codicil.experiment.Peer;
import dev.codicil.experiment.Publishing;
import dev.codicil.experiment.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code codicil.yaml} says about messages. */
final class MessagingReader {
  private static final String EMBEDDED = "embedded";
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{((?:broker|topic|group)\\.[^{}\\s]*)}");

  private final SourceDocument document;

  MessagingReader(SourceDocument document) {
    this.document = document;
  }

  /** The declared brokers, in document order. */
  Map<String, Broker> brokers() {
    Map<String, Broker> brokers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : document.root().path("brokers").properties()) {
      String pointer = SourceDocument.child("/brokers", entry.getKey());
      String where = entry.getValue().path(Broker.KAFKA).asText();
      Peer address = where.equals(EMBEDDED) ? null : address(where, pointer + "/kafka");
      brokers.put(
          entry.getKey(),
          new Broker(entry.getKey(), Broker.KAFKA, address, document.locate(pointer)));
    }
    return brokers;
  }

  private Peer address(String text, String pointer) {
    String expected = "write 'embedded' for one of Codicil's own, or HOST:PORT of one that stands";
    try {
      Peer peer = Peer.parse(text);
      if (peer.port() == 0 || peer.host().equals(Peer.ANY)) {
        throw new InputException(
            document.locate(pointer), "'" + text + "' is not one address", expected);
      }
      return peer;
    } catch (IllegalArgumentException wrong) {
      throw new InputException(
          document.locate(pointer), String.valueOf(wrong.getMessage()), expected);
    }
  }

  /** What a subject has to do with messages. */
  Messaging of(JsonNode subject, String pointer, Map<String, Broker> brokers) {
    List<Listening> listens = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : subject.path("listens").properties()) {
      String at = SourceDocument.child(pointer + "/listens", entry.getKey());
      listens.add(listening(entry.getKey(), entry.getValue(), at, brokers));
    }
    List<MessageSequence> sequences = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : subject.path("messages").properties()) {
      String at = SourceDocument.child(pointer + "/messages", entry.getKey());
      sequences.add(sequence(entry.getKey(), entry.getValue(), at, listens));
    }
    List<Publishing> publishes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : subject.path("publishes").properties()) {
      String at = SourceDocument.child(pointer + "/publishes", entry.getKey());
      publishes.add(publishing(entry.getKey(), entry.getValue(), at, brokers));
    }
    return new Messaging(listens, sequences, publishes);
  }

  private Publishing publishing(
      String topic, JsonNode node, String pointer, Map<String, Broker> brokers) {
    Duration quiet = duration(node, "quiet", Publishing.QUIET, pointer);
    Duration within = duration(node, "within", Publishing.WITHIN, pointer);
    if (quiet.isZero() || quiet.compareTo(within) > 0) {
      throw new InputException(
          document.locate(pointer),
          "a topic is quiet after "
              + Durations.format(quiet)
              + " and waited for within "
              + Durations.format(within),
          "write a quiet time above 0, and one that is not longer than 'within'");
    }
    return new Publishing(
        topic,
        broker(node, pointer, brokers),
        node.path("partitions").asInt(1),
        quiet,
        within,
        node.path("idempotent-by").asText(null),
        node.path("compacted").asBoolean(),
        node.path("transactional").asBoolean(),
        List.of(),
        List.of(),
        document.locate(pointer));
  }

  private String broker(JsonNode node, String pointer, Map<String, Broker> brokers) {
    String broker = node.path("broker").asText();
    if (!brokers.containsKey(broker)) {
      throw new InputException(
          document.locate(pointer + "/broker"),
          "no broker is called '" + broker + "'",
          brokers.isEmpty()
              ? "declare it: brokers: { " + broker + ": { kafka: embedded } }"
              : "brokers are " + new TreeSet<>(brokers.keySet()));
    }
    return broker;
  }

  private Listening listening(
      String topic, JsonNode node, String pointer, Map<String, Broker> brokers) {
    String broker = broker(node, pointer, brokers);
    String deadLetter = node.path("dead-letter").asText(null);
    if (topic.equals(deadLetter)) {
      throw new InputException(
          document.locate(pointer + "/dead-letter"),
          "dead letters of a topic cannot go to the topic itself",
          "name another topic, such as " + topic + ".DLT");
    }
    return new Listening(
        topic,
        broker,
        node.path("group").asText(),
        deadLetter,
        node.path("partitions").asInt(1),
        ProjectReader.call(node.path("read").asText()),
        duration(node, "within", WITHIN, pointer),
        document.locate(pointer));
  }

  private Duration duration(JsonNode node, String key, Duration otherwise, String pointer) {
    if (!node.has(key)) {
      return otherwise;
    }
    try {
      return Durations.parse(node.path(key).asText());
    } catch (IllegalArgumentException tooLong) {
      throw new InputException(
          document.locate(pointer + "/" + key),
          String.valueOf(tooLong.getMessage()),
          "write a shorter one");
    }
  }

  private MessageSequence sequence(
      String name, JsonNode node, String pointer, List<Listening> listens) {
    List<MessageSequence.Message> messages = new ArrayList<>();
    for (JsonNode one : node.path("publish")) {
      String at = SourceDocument.child(pointer + "/publish", messages.size());
      String topic = one.path("to").asText();
      if (listens.stream().noneMatch(listening -> listening.topic().equals(topic))) {
        throw new InputException(
            document.locate(at + "/to"),
            "the subject does not listen to '" + topic + "'",
            "declare it under 'listens', or publish to one of "
                + new TreeSet<>(listens.stream().map(Listening::topic).toList()));
      }
      JsonNode body = one.get("body");
      messages.add(
          new MessageSequence.Message(
              topic,
              one.has("key") ? one.path("key").asText() : null,
              ProjectReader.map(one.path("headers")),
              body == null || body.isNull() ? null : body,
              document.locate(at)));
    }
    return new MessageSequence(
        name, ProjectReader.given(node.path("given")), messages, document.locate(pointer));
  }

  /** Every placeholder for messages must stand for something. */
  void checkPlaceholders(Subject subject, String pointer) {
    Set<String> known = new TreeSet<>();
    for (Listening listening : subject.messaging().listens()) {
      known.add("broker." + listening.broker());
      known.add("topic." + listening.topic());
      known.add("group." + listening.group());
      if (listening.deadLetter() != null) {
        known.add("topic." + listening.deadLetter());
      }
    }
    for (Publishing publishing : subject.messaging().publishes()) {
      known.add("broker." + publishing.broker());
      known.add("topic." + publishing.topic());
    }
    subject.command().forEach(word -> check(word, known, pointer + "/command"));
    subject
        .env()
        .forEach((key, text) -> check(text, known, SourceDocument.child(pointer + "/env", key)));
  }

  private void check(String text, Set<String> known, String pointer) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!known.contains(matcher.group(1))) {
        throw new InputException(
            document.locate(pointer),
            "'{" + matcher.group(1) + "}' stands for nothing",
            known.isEmpty()
                ? "declare what the subject listens to, under 'listens', or publishes, under"
                    + " 'publishes'"
                : "there are {" + String.join("}, {", known) + "}");
      }
    }
  }
}
