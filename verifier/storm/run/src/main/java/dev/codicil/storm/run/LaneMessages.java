package dev.codicil.storm.run;

import dev.codicil.chaos.Parcel;
import dev.codicil.experiment.Listening;
import dev.codicil.experiment.Publishing;
import dev.codicil.experiment.Subject;
import dev.codicil.storm.run.MessageBroker.Delivered;
import dev.codicil.storm.run.MessageBroker.Delivery;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one lane. Every lane has topics and groups of its own on the brokers of the run, so
 * that all columns start equal and none hears another.
 */
final class LaneMessages {
  private static final int DEAD_LETTER_PARTITIONS = 1;

  private final String lane;
  private final OpenBrokers brokers;
  private final Map<String, MessageBroker> byName = new TreeMap<>();
  private final Set<String> joined = new TreeSet<>();

  /**
   * @param lane name of column and group of instances, unique in the run
   */
  LaneMessages(String lane, OpenBrokers brokers) {
    this.lane = lane;
    this.brokers = brokers;
  }

  /** Opens the brokers that these subjects need, and makes their topics. */
  void open(Collection<Subject> subjects) throws BrokerFailure, InterruptedException {
    Map<String, Map<String, Integer>> topics = new LinkedHashMap<>();
    Set<String> compacted = new TreeSet<>();
    for (Subject subject : subjects) {
      for (Publishing publishing : subject.messaging().publishes()) {
        topics
            .computeIfAbsent(publishing.broker(), broker -> new TreeMap<>())
            .merge(publishing.topic(), publishing.partitions(), Math::max);
        if (publishing.compacted()) {
          compacted.add(publishing.topic());
        }
      }
      for (Listening listening : subject.messaging().listens()) {
        Map<String, Integer> own =
            topics.computeIfAbsent(listening.broker(), broker -> new TreeMap<>());
        own.merge(listening.topic(), listening.partitions(), Math::max);
        String deadLetter = listening.deadLetter();
        if (deadLetter != null) {
          own.merge(deadLetter, DEAD_LETTER_PARTITIONS, Math::max);
        }
      }
    }
    for (Map.Entry<String, Map<String, Integer>> one : topics.entrySet()) {
      MessageBroker broker = brokers.get(one.getKey());
      byName.put(one.getKey(), broker);
      Map<String, Integer> named = new TreeMap<>();
      one.getValue().forEach((topic, partitions) -> named.put(named(broker, topic), partitions));
      broker.create(
          named,
          compacted.stream()
              .map(topic -> named(broker, topic))
              .collect(java.util.stream.Collectors.toSet()));
    }
  }

  /** What a topic or group is called on the broker. */
  String named(MessageBroker broker, String name) {
    return broker.prefix() + lane + "." + name;
  }

  /** What stands for {@code {broker.NAME}}, {@code {topic.NAME}} and {@code {group.NAME}}. */
  Map<String, String> placeholders(Subject subject) {
    Map<String, String> placeholders = new TreeMap<>();
    for (Listening listening : subject.messaging().listens()) {
      MessageBroker broker = byName.get(listening.broker());
      if (broker == null) {
        continue;
      }
      placeholders.put("broker." + listening.broker(), broker.address());
      placeholders.put("topic." + listening.topic(), named(broker, listening.topic()));
      placeholders.put("group." + listening.group(), named(broker, listening.group()));
      String deadLetter = listening.deadLetter();
      if (deadLetter != null) {
        placeholders.put("topic." + deadLetter, named(broker, deadLetter));
      }
    }
    for (Publishing publishing : subject.messaging().publishes()) {
      MessageBroker broker = byName.get(publishing.broker());
      if (broker != null) {
        placeholders.put("broker." + publishing.broker(), broker.address());
        placeholders.put("topic." + publishing.topic(), named(broker, publishing.topic()));
      }
    }
    return placeholders;
  }

  /** Why a broker of this lane is not there any more; null while all are. */
  @Nullable String gone() {
    return byName.values().stream()
        .map(MessageBroker::gone)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The open broker of this name; null when it is not needed here. */
  @Nullable MessageBroker broker(String name) {
    return byName.get(name);
  }

  /** Where the brokers listen: no way round anything. */
  List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (MessageBroker broker : byName.values()) {
      String address = broker.address();
      int colon = address.lastIndexOf(':');
      addresses.add(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }
    return addresses;
  }

  /** Lets a subject that was stopped go on behind what it could not read. */
  void skip(Subject subject) throws InterruptedException {
    for (Map.Entry<String, Set<String>> one : groups(subject).entrySet()) {
      joined.remove(subject.name());
      try {
        MessageBroker broker = broker(subject, one.getKey());
        if (broker != null) {
          broker.skip(named(broker, one.getKey()), one.getValue());
        }
      } catch (BrokerFailure gone) {
        // The next cell meets the same, and tells it.
      }
    }
  }

  private @Nullable MessageBroker broker(Subject subject, String group) {
    return subject.messaging().listens().stream()
        .filter(listening -> listening.group().equals(group))
        .map(listening -> byName.get(listening.broker()))
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Names of topics on the broker, by declared group. */
  private Map<String, Set<String>> groups(Subject subject) {
    Map<String, Set<String>> groups = new TreeMap<>();
    for (Listening listening : subject.messaging().listens()) {
      MessageBroker broker = byName.get(listening.broker());
      if (broker != null) {
        groups
            .computeIfAbsent(listening.group(), group -> new TreeSet<>())
            .add(named(broker, listening.topic()));
      }
    }
    return groups;
  }

  /**
   * Publishes messages to a subject and waits until it has read them.
   *
   * @param messages with the names of topics in contracts; all on topics of one broker
   * @throws BrokerFailure when nothing can be said: no member of the group is there, or the broker
   *     does not do what it is asked
   */
  Delivered deliver(Subject subject, List<Parcel> messages, Duration within)
      throws BrokerFailure, InterruptedException {
    awaitJoined(subject);
    Map<String, String> groups = new TreeMap<>();
    Set<String> deadLetters = new TreeSet<>();
    MessageBroker target = null;
    for (Listening listening : subject.messaging().listens()) {
      MessageBroker broker = byName.get(listening.broker());
      if (broker == null || target != null && target != broker) {
        throw new BrokerFailure(
            subject.name() + " listens on several brokers, which one sequence cannot reach yet");
      }
      target = broker;
      groups.put(named(broker, listening.topic()), named(broker, listening.group()));
      String deadLetter = listening.deadLetter();
      if (deadLetter != null) {
        deadLetters.add(named(broker, deadLetter));
      }
    }
    if (target == null) {
      throw new BrokerFailure(subject.name() + " listens to nothing");
    }
    List<Parcel> named = new ArrayList<>();
    for (Parcel message : messages) {
      named.add(message.on(named(target, message.topic())));
    }
    Delivered delivered = target.deliver(new Delivery(named, groups, deadLetters, within));
    String start = named(target, "");
    return new Delivered(
        delivered.published(),
        delivered.refused(),
        delivered.unread(),
        delivered.drainMillis(),
        delivered.deadLetters().stream()
            .map(letter -> letter.on(letter.topic().substring(start.length())))
            .toList());
  }

  private void awaitJoined(Subject subject) throws BrokerFailure, InterruptedException {
    if (joined.contains(subject.name())) {
      return;
    }
    for (Map.Entry<String, Set<String>> one : groups(subject).entrySet()) {
      MessageBroker broker = broker(subject, one.getKey());
      if (broker != null
          && !broker.awaitMembers(
              named(broker, one.getKey()), one.getValue(), subject.recovery())) {
        throw new BrokerFailure(
            "within "
                + subject.recovery().toMillis()
                + " ms no member of the group '"
                + named(broker, one.getKey())
                + "' came to read "
                + String.join(", ", one.getValue())
                + " at "
                + broker.address()
                + ": does "
                + subject.name()
                + " take {broker...}, {topic...} and {group...} from its configuration?");
      }
    }
    joined.add(subject.name());
  }
}
