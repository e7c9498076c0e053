package dev.codicil.storm.kafka;

import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Payload;
import dev.codicil.storm.run.BrokerFailure;
import dev.codicil.storm.run.MessageBroker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A Kafka broker during a run, seen through Kafka's own client. */
final class KafkaBroker implements MessageBroker {
  private static final Duration POLL = Duration.ofMillis(8);
  private static final Duration MEMBER_POLL = Duration.ofMillis(50);
  private static final Duration SINCE = Duration.ofSeconds(5);
  private static final int SLICE_MILLIS = 500;
  private static final int CONNECT_MILLIS = 2_000;

  private final String address;
  private final String prefix;
  private final @Nullable BrokerChild own;
  private final int callMillis;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Captures captures;
  private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  private KafkaBroker(String address, String prefix, @Nullable BrokerChild own, int callMillis) {
    this.callMillis = callMillis;
    this.address = address;
    this.prefix = prefix;
    this.own = own;
    Map<String, Object> common =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            address,
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
            callMillis,
            CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG,
            50,
            "enable.metrics.push",
            false);
    Map<String, Object> administration = new HashMap<>(common);
    administration.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, callMillis);
    this.admin = Admin.create(administration);
    Map<String, Object> producing = new HashMap<>(common);
    producing.put(ProducerConfig.ACKS_CONFIG, "all");
    producing.put(ProducerConfig.LINGER_MS_CONFIG, 5); // full batches; the last is flushed at once
    producing.put(ProducerConfig.BATCH_SIZE_CONFIG, 32 * 1024);
    producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, callMillis);
    producing.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, callMillis + 1000);
    producing.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L * 1024 * 1024);
    this.producer =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> reading = new HashMap<>(common);
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, callMillis);
    this.captures =
        new Captures(
            () ->
                new KafkaConsumer<>(
                    reading, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * Connects, and asks the broker something so that one that is not there shows now.
   *
   * @param own the process behind the address, when it is ours
   * @param callMillis how long a call may take
   */
  static KafkaBroker connect(
      String address, String prefix, @Nullable BrokerChild own, int callMillis)
      throws BrokerFailure, InterruptedException {
    KafkaBroker broker = null;
    boolean ready = false;
    try {
      broker = new KafkaBroker(address, prefix, own, callMillis);
      broker.await(broker.admin.describeCluster().nodes(), "the broker does not answer");
      ready = true;
      return broker;
    } catch (KafkaException wrong) {
      throw new BrokerFailure("no Kafka broker can be reached at " + address + ": " + said(wrong));
    } finally {
      if (!ready) {
        if (broker != null) {
          broker.close();
        } else if (own != null) {
          own.close();
        }
      }
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String prefix() {
    return prefix;
  }

  @Override
  public void create(Map<String, Integer> topics, Set<String> compacted)
      throws BrokerFailure, InterruptedException {
    List<NewTopic> fresh = new ArrayList<>();
    topics.forEach(
        (name, count) -> {
          if (!partitions.containsKey(name)) {
            NewTopic topic = new NewTopic(name, count, (short) 1);
            fresh.add(
                compacted.contains(name)
                    ? topic.configs(
                        Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))
                    : topic);
          }
        });
    if (fresh.isEmpty()) {
      return;
    }
    standing();
    for (Map.Entry<String, ? extends Future<?>> one :
        admin.createTopics(fresh).values().entrySet()) {
      try {
        one.getValue().get(callMillis, TimeUnit.MILLISECONDS);
        made.add(one.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new BrokerFailure(
              "the topic " + one.getKey() + " cannot be made: " + said(e.getCause()));
        }
      } catch (TimeoutException late) {
        throw new BrokerFailure("the topic " + one.getKey() + " cannot be made in time");
      }
    }
    // A topic is there for everybody once it can be described.
    List<String> names = fresh.stream().map(NewTopic::name).toList();
    for (int tries = 0; ; tries++) {
      try {
        await(admin.describeTopics(names).allTopicNames(), "topics cannot be described")
            .values()
            .forEach(this::known);
        return;
      } catch (BrokerFailure notYet) {
        if (tries == 20) {
          throw notYet;
        }
        Thread.sleep(MEMBER_POLL.toMillis());
      }
    }
  }

  private void known(TopicDescription topic) {
    partitions.put(topic.name(), topic.partitions().size());
  }

  @Override
  public boolean awaitMembers(String group, Set<String> topics, Duration patience)
      throws BrokerFailure, InterruptedException {
    Set<TopicPartition> wanted = partitionsOf(topics);
    long start = System.nanoTime();
    while (true) {
      if (assigned(group).containsAll(wanted)) {
        return true;
      }
      if (System.nanoTime() - start > patience.toNanos()) {
        return false;
      }
      Thread.sleep(MEMBER_POLL.toMillis());
    }
  }

  private Set<TopicPartition> assigned(String group) throws BrokerFailure, InterruptedException {
    Set<TopicPartition> assigned = new LinkedHashSet<>();
    try {
      ConsumerGroupDescription described =
          Objects.requireNonNull(
                  admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
              .get(callMillis, TimeUnit.MILLISECONDS);
      for (MemberDescription member : described.members()) {
        assigned.addAll(member.assignment().topicPartitions());
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw failure("the group " + group + " cannot be described", e.getCause());
      }
    } catch (TimeoutException late) {
      throw new BrokerFailure("the broker at " + address + " does not answer any more");
    }
    return assigned;
  }

  private Set<TopicPartition> partitionsOf(Collection<String> topics) {
    Set<TopicPartition> all = new LinkedHashSet<>();
    for (String topic : new TreeSet<>(topics)) {
      for (int i = 0; i < partitions.getOrDefault(topic, 0); i++) {
        all.add(new TopicPartition(topic, i));
      }
    }
    return all;
  }

  @Override
  public void skip(String group, Set<String> topics) throws BrokerFailure, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> ends = new LinkedHashMap<>();
    ends(partitionsOf(topics))
        .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
    long start = System.nanoTime();
    while (true) {
      try {
        await(admin.alterConsumerGroupOffsets(group, ends).all(), "offsets cannot be set");
        return;
      } catch (BrokerFailure members) {
        // A member that was killed counts until its session is over.
        if (System.nanoTime() - start > Duration.ofSeconds(15).toNanos()) {
          throw members;
        }
        await(
            admin
                .removeMembersFromConsumerGroup(
                    group,
                    new org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions())
                .all(),
            "members cannot be removed from " + group);
      }
    }
  }

  @Override
  public Delivered deliver(Delivery delivery) throws BrokerFailure, InterruptedException {
    standing();
    Set<TopicPartition> graves = partitionsOf(delivery.deadLetters());
    Set<TopicPartition> all = partitionsOf(delivery.groups().keySet());
    all.addAll(graves);
    Map<TopicPartition, Long> before = ends(all);
    Map<TopicPartition, Long> gravesBefore = new LinkedHashMap<>(before);
    gravesBefore.keySet().retainAll(graves);
    List<String> refused = new ArrayList<>();
    Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    int published = publish(delivery.messages(), refused, ends);
    long start = System.nanoTime();
    long unread = unread(delivery.groups(), before, ends);
    while (unread > 0 && System.nanoTime() - start <= delivery.within().toNanos()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      Thread.sleep(Math.max(POLL.toMillis(), Math.min(MEMBER_POLL.toMillis(), millis / 10)));
      unread = unread(delivery.groups(), before, ends);
    }
    long drained = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new Delivered(
        published, refused, unread, unread == 0 ? drained : -1, since(graves, gravesBefore));
  }

  /**
   * @param ends filled with the offsets behind the last message of each partition
   */
  private int publish(List<Parcel> messages, List<String> refused, Map<TopicPartition, Long> ends)
      throws BrokerFailure, InterruptedException {
    AtomicInteger published = new AtomicInteger();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    for (Parcel message : messages) {
      if (!message.pause().isZero()) {
        producer.flush();
        Thread.sleep(message.pause().toMillis());
      }
      try {
        producer.send(
            record(message),
            (where, failure) -> {
              if (failure == null) {
                published.incrementAndGet();
                ends.merge(
                    new TopicPartition(where.topic(), where.partition()),
                    where.offset() + 1,
                    Math::max);
              } else {
                wrong.add(said(failure));
              }
            });
      } catch (KafkaException failure) {
        throw failure("a message to " + message.topic() + " cannot be published", failure);
      }
    }
    try {
      producer.flush(); // ends at the latest when the time for a delivery is over
    } catch (InterruptException e) {
      throw new InterruptedException("interrupted while publishing");
    }
    refused.addAll(wrong);
    return published.get();
  }

  static ProducerRecord<byte[], byte[]> record(Parcel message) {
    String key = message.key();
    Payload body = message.body();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            message.topic(),
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            body == null ? null : body.bytes());
    message
        .headers()
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /**
   * How many messages their groups have not committed. Where a group has committed nothing yet, all
   * that came since counts.
   */
  private long unread(
      Map<String, String> groups, Map<TopicPartition, Long> before, Map<TopicPartition, Long> ends)
      throws BrokerFailure, InterruptedException {
    Map<String, ListConsumerGroupOffsetsSpec> asked = new TreeMap<>();
    for (String group : groups.values()) {
      asked.put(group, new ListConsumerGroupOffsetsSpec());
    }
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
        await(admin.listConsumerGroupOffsets(asked).all(), "commits cannot be read");
    long unread = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      String group = String.valueOf(groups.get(end.getKey().topic()));
      OffsetAndMetadata at = committed.getOrDefault(group, Map.of()).get(end.getKey());
      long from = at == null ? before.getOrDefault(end.getKey(), 0L) : at.offset();
      unread += Math.max(0, end.getValue() - from);
    }
    return unread;
  }

  /** Ends as a reader of committed messages sees them: those of open transactions are behind. */
  private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions)
      throws BrokerFailure, InterruptedException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
    partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new LinkedHashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> one :
        await(
                admin
                    .listOffsets(
                        asked,
                        new org.apache.kafka.clients.admin.ListOffsetsOptions(
                            org.apache.kafka.common.IsolationLevel.READ_COMMITTED))
                    .all(),
                "the ends of topics cannot be read")
            .entrySet()) {
      ends.put(one.getKey(), one.getValue().offset());
    }
    return ends;
  }

  /** The messages of some partitions from these offsets on. */
  private List<Parcel> since(Set<TopicPartition> partitions, Map<TopicPartition, Long> from)
      throws BrokerFailure, InterruptedException {
    Map<TopicPartition, Long> ends = ends(partitions);
    long missing = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      missing += end.getValue() - from.getOrDefault(end.getKey(), 0L);
    }
    if (missing <= 0) {
      return List.of();
    }
    try {
      return captures.range(from, ends, SINCE).stream().map(KafkaBroker::parcel).toList();
    } catch (InterruptException e) {
      throw new InterruptedException("interrupted while dead letters were read");
    } catch (KafkaException wrong) {
      throw failure("dead letters cannot be read", wrong);
    }
  }

  @Override
  public Mark mark(Set<String> topics) throws BrokerFailure, InterruptedException {
    Map<String, Map<Integer, Long>> marks = new TreeMap<>();
    ends(partitionsOf(topics))
        .forEach(
            (partition, end) ->
                marks
                    .computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                    .put(partition.partition(), end));
    if (!marks.keySet().containsAll(topics)) {
      throw new BrokerFailure("a topic of " + topics + " is not there");
    }
    return new Mark(marks);
  }

  @Override
  public Captured capture(Mark mark, Patience patience) throws BrokerFailure, InterruptedException {
    standing();
    Map<TopicPartition, Long> from = new LinkedHashMap<>();
    mark.ends()
        .forEach(
            (topic, ends) ->
                ends.forEach(
                    (partition, end) -> from.put(new TopicPartition(topic, partition), end)));
    try {
      Captures.Taken taken = captures.take(from, patience);
      if (taken.restless()) {
        throw new BrokerFailure(
            "it does not stop publishing on "
                + String.join(", ", new TreeSet<>(mark.ends().keySet()))
                + ": after "
                + patience.within().toMillis()
                + " ms there was no quiet of "
                + patience.quiet().toMillis()
                + " ms");
      }
      return new Captured(
          taken.records().stream().map(KafkaBroker::parcel).toList(), taken.outside());
    } catch (InterruptException e) {
      throw new InterruptedException("interrupted while messages were captured");
    } catch (KafkaException wrong) {
      throw failure("messages cannot be captured", wrong);
    }
  }

  private static Parcel parcel(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    byte[] value = record.value();
    return new Parcel(
        Parcel.ADDED,
        record.topic(),
        key == null ? null : new String(key, StandardCharsets.UTF_8),
        texts(record.headers()),
        value == null ? null : Payload.of(value));
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new TreeMap<>();
    for (Header header : headers) {
      byte[] value = header.value();
      texts.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** Waits for an answer, and no longer than the broker is there. */
  private <T> T await(Future<T> future, String what) throws BrokerFailure, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        return future.get(Math.min(SLICE_MILLIS, callMillis), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw failure(what, e.getCause());
      } catch (TimeoutException late) {
        standing();
        if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(callMillis)) {
          throw new BrokerFailure(what + ": nothing came from " + address + " in time");
        }
      }
    }
  }

  @Override
  public @Nullable String gone() {
    if (own != null) {
      return own.alive() ? null : "the process of the broker at " + address + " has ended";
    }
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          CONNECT_MILLIS);
      return null;
    } catch (IOException refused) {
      return "nobody listens at " + address + " any more: " + said(refused);
    }
  }

  /** Kafka's client asks a broker that is gone again and again, and says nothing. */
  private void standing() throws BrokerFailure {
    String gone = gone();
    if (gone != null) {
      throw new BrokerFailure(gone);
    }
  }

  private BrokerFailure failure(String what, @Nullable Throwable cause) {
    return new BrokerFailure(what + " (" + address + "): " + said(cause));
  }

  private static String said(@Nullable Throwable cause) {
    return cause == null
        ? "no reason was given"
        : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Takes away what it made on a broker that others use, and ends one of our own. Idempotent. */
  @Override
  public void close() {
    if (own == null && !made.isEmpty() && gone() == null) {
      try {
        admin.deleteTopics(Set.copyOf(made)).all().get(callMillis, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException left) {
        // Their names say whose they were.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      made.clear();
    }
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    captures.close();
    if (own != null) {
      own.close();
    }
  }
}
