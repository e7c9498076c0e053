package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Json;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What contracts promise about the messages that a subject publishes, and whether a message keeps
 * it: its body, its required headers and its key. Pure.
 */
public final class MessagePromises {
  private static final int DEEPEST = 64;

  /** How readers name a schema that they do not understand at all. */
  private static final String SCHEMA_FORMAT = "schemaFormat";

  private MessagePromises() {}

  /**
   * What a message was held to.
   *
   * @param kind what reviewers call the message it comes nearest to; empty when no contract
   *     describes messages on its topic
   * @param added whether only the head knows such messages
   * @param mismatches with that; empty when it keeps its contract
   * @param undescribed JSON pointers of fields that the contract says nothing about
   */
  public record Held(
      String kind, boolean added, List<Mismatch> mismatches, Set<String> undescribed) {
    public Held {
      mismatches = List.copyOf(mismatches);
      undescribed = Set.copyOf(undescribed);
    }

    /** Whether nobody was promised what stands at a JSON pointer. */
    public boolean unpromised(String pointer) {
      return undescribed.stream()
          .anyMatch(one -> pointer.equals(one) || pointer.startsWith(one + "/"));
    }
  }

  /**
   * The subject, told what contracts say about what it publishes.
   *
   * @param before contracts of the base: who reads its messages relies on these
   * @param after contracts of the head, which may have more kinds of messages
   */
  public static Subject told(Subject subject, List<Contract> before, List<Contract> after) {
    Messaging messaging = subject.messaging();
    if (messaging.publishes().isEmpty()) {
      return subject;
    }
    return subject.withMessaging(
        messaging.publishing(
            messaging.publishes().stream().map(one -> told(subject, one, before, after)).toList()));
  }

  private static Publishing told(
      Subject subject, Publishing publishing, List<Contract> before, List<Contract> after) {
    List<MessageInteraction> promised = promised(subject, publishing.topic(), before);
    Set<String> known = promised.stream().map(MessageInteraction::key).collect(Collectors.toSet());
    return publishing.promising(
        promised,
        promised(subject, publishing.topic(), after).stream()
            .filter(message -> !known.contains(message.key()))
            .toList());
  }

  private static List<MessageInteraction> promised(
      Subject subject, String topic, List<Contract> contracts) {
    List<MessageInteraction> promised = new ArrayList<>();
    for (Contract contract : contracts) {
      for (Interaction interaction : contract.interactions()) {
        if (interaction instanceof MessageInteraction message
            && sends(contract, message, subject, topic)) {
          promised.add(message);
        }
      }
    }
    return promised;
  }

  private static boolean sends(
      Contract contract, MessageInteraction message, Subject subject, String topic) {
    boolean sender =
        message.flow() == Flow.FROM_PROVIDER
            ? contract.provider().equals(subject.name())
            : contract.consumer() == null
                ? !contract.provider().equals(subject.name())
                : contract.consumer().equals(subject.name());
    // Formats without channels name the consumer: with one topic there is no question which.
    boolean onTopic =
        message.channel().isEmpty()
            ? contract.consumer() != null && subject.messaging().publishes().size() == 1
            : message.channel().equals(topic);
    return sender && onTopic;
  }

  /**
   * Why messages on a topic cannot be held to their contract; null when they can. A schema that was
   * not read allows everything, and what it allows says nothing.
   */
  public static @Nullable String unreadable(Publishing publishing) {
    for (MessageInteraction kind : publishing.promised()) {
      List<String> unread =
          MessageKinds.body(kind).map(shape -> shape.node().unread()).orElse(List.of());
      if (unread.contains(SCHEMA_FORMAT)) {
        return "the schema of '"
            + kind.description()
            + "' ("
            + kind.location()
            + ") is in a language that is not read, so its messages cannot be held to it";
      }
    }
    return null;
  }

  /** Holds a message to what is promised on its topic: to the kind it comes nearest to. */
  public static Held check(Publishing publishing, Parcel message) {
    List<Mismatch> own = new ArrayList<>();
    if (publishing.compacted() && message.key() == null) {
      own.add(new Mismatch("key", "a key, since the topic is compacted", "none"));
    }
    if (publishing.compacted() && message.key() != null && message.body() == null) {
      return new Held("tombstone", false, own, Set.of()); // nothing is kept under its key any more
    }
    Held nearest = null;
    for (MessageInteraction kind : publishing.promised()) {
      nearest = nearer(nearest, kind, false, message);
    }
    if (nearest == null || !nearest.mismatches().isEmpty()) {
      for (MessageInteraction kind : publishing.added()) {
        nearest = nearer(nearest, kind, true, message);
      }
    }
    if (nearest == null) {
      return new Held("", false, own, Set.of());
    }
    own.addAll(nearest.mismatches());
    return new Held(nearest.kind(), nearest.added(), own, nearest.undescribed());
  }

  /** A kind that only the head knows excuses nothing unless the message is one of it. */
  private static @Nullable Held nearer(
      @Nullable Held nearest, MessageInteraction kind, boolean added, Parcel message) {
    List<Mismatch> mismatches = mismatches(kind, message);
    boolean nearer =
        added
            ? mismatches.isEmpty() || nearest == null
            : nearest == null || mismatches.size() < nearest.mismatches().size();
    return nearer
        ? new Held(kind.description(), added, mismatches, undescribed(kind, message.body()))
        : nearest;
  }

  private static Set<String> undescribed(MessageInteraction kind, @Nullable Payload body) {
    Set<String> found = new TreeSet<>();
    Shape shape = MessageKinds.body(kind).orElse(null);
    JsonNode json = body == null ? null : body.json().orElse(null);
    if (shape != null && json != null) {
      undescribed(shape, json, "", 0, found);
    }
    return found;
  }

  private static void undescribed(
      Shape shape, JsonNode value, String pointer, int depth, Set<String> found) {
    Shape.Node node = shape.node();
    if (depth > DEEPEST || !node.alternatives().isEmpty() || node.additional() != null) {
      return; // taken as promised: which alternative is meant is not asked here
    }
    Shape items = node.items();
    for (int i = 0; items != null && value.isArray() && i < value.size(); i++) {
      undescribed(items, value.get(i), pointer + "/" + i, depth + 1, found);
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String place = SourceDocument.child(pointer, field.getKey());
      Shape.Property property = node.properties().get(field.getKey());
      if (property != null) {
        undescribed(property.shape(), field.getValue(), place, depth + 1, found);
      } else if (!node.properties().isEmpty()) {
        found.add(place);
      }
    }
  }

  private static List<Mismatch> mismatches(MessageInteraction kind, Parcel message) {
    List<Mismatch> all = new ArrayList<>();
    Shape key = MessageKinds.key(kind).orElse(null);
    if (key != null) {
      if (message.key() == null) {
        all.add(new Mismatch("key", "a key", "none"));
      } else {
        all.addAll(text(key, message.key(), "key"));
      }
    }
    for (Parameter header : MessageKinds.headers(kind)) {
      String value = header(message.headers(), header.name());
      if (value != null) {
        all.addAll(text(header.shape(), value, "header:" + header.name()));
      } else if (header.required() && !says(header.name())) {
        all.add(new Mismatch("header:" + header.name(), "a required header", "absent"));
      }
    }
    all.addAll(body(kind, message.body()));
    return all;
  }

  /** Headers by which formats say what the body is; on a topic it needs not be said each time. */
  private static boolean says(String header) {
    return header.replace("-", "").toLowerCase(Locale.ROOT).equals("contenttype");
  }

  private static @Nullable String header(Map<String, String> headers, String name) {
    return headers.entrySet().stream()
        .filter(one -> one.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** A text that stands for a number or a truth is both. */
  private static List<Mismatch> text(Shape shape, String value, String path) {
    List<Mismatch> asText =
        ShapeMismatches.of(shape, TextNode.valueOf(value), path, ShapeSampler.Purpose.REPLY);
    if (asText.isEmpty()) {
      return asText;
    }
    try {
      JsonNode node = Json.mapper().readTree(value);
      if (node != null
          && node.isValueNode()
          && ShapeCheck.allows(shape, node, ShapeSampler.Purpose.REPLY)) {
        return List.of();
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
      return asText;
    }
    return asText;
  }

  private static List<Mismatch> body(MessageInteraction kind, @Nullable Payload body) {
    Shape shape = MessageKinds.body(kind).orElse(null);
    if (body == null) {
      return kind.content().required()
          ? List.of(new Mismatch("body", "a body", "none (a tombstone)"))
          : List.of();
    }
    if (shape == null) {
      return List.of();
    }
    JsonNode json = body.json().orElse(null);
    return json == null
        ? List.of(new Mismatch("body", "JSON", "something else, of " + body.size() + " bytes"))
        : ShapeMismatches.of(shape, json, "body", ShapeSampler.Purpose.REPLY);
  }
}
