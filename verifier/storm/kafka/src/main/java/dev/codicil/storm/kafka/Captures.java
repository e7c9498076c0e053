package dev.codicil.storm.kafka;

import dev.codicil.storm.run.MessageBroker.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what others publish, with consumers of its own that are used again. Safe for threads. */
final class Captures implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration FETCH = Duration.ofMillis(200);

  /** More than this of one cell is not looked at: somebody publishes without end. */
  private static final int MOST = 10_000;

  private final Supplier<KafkaConsumer<byte[], byte[]>> make;

  /** By what they are assigned to: another assignment would ask for metadata, which takes long. */
  private final Map<Set<TopicPartition>, Queue<KafkaConsumer<byte[], byte[]>>> free =
      new ConcurrentHashMap<>();

  Captures(Supplier<KafkaConsumer<byte[], byte[]>> make) {
    this.make = make;
  }

  /**
   * What was read.
   *
   * @param records in order of topic, time and partition
   * @param outside topics with messages that were not published in a transaction
   * @param restless whether it did not come to rest
   */
  record Taken(
      List<ConsumerRecord<byte[], byte[]>> records, Set<String> outside, boolean restless) {}

  /** Reads from these offsets on until nothing comes any more, or the time is up. */
  Taken take(Map<TopicPartition, Long> from, Patience patience) {
    return with(from, consumer -> untilQuiet(consumer, from, patience));
  }

  /** Reads from these offsets on to others, or until the time is up. */
  List<ConsumerRecord<byte[], byte[]>> range(
      Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, Duration patience) {
    return with(from, consumer -> upTo(consumer, to, patience));
  }

  private <T> T with(
      Map<TopicPartition, Long> from, Function<KafkaConsumer<byte[], byte[]>, T> work) {
    Queue<KafkaConsumer<byte[], byte[]>> own =
        free.computeIfAbsent(
            Set.copyOf(from.keySet()), partitions -> new ConcurrentLinkedQueue<>());
    KafkaConsumer<byte[], byte[]> consumer = own.poll();
    if (consumer == null) {
      consumer = make.get();
      consumer.assign(from.keySet());
    }
    boolean whole = false;
    try {
      from.forEach(consumer::seek);
      T result = work.apply(consumer);
      whole = true;
      return result;
    } finally {
      if (whole) {
        own.add(consumer);
      } else {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> upTo(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> to, Duration patience) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long start = System.nanoTime();
    while (System.nanoTime() - start < patience.toNanos()
        && to.entrySet().stream()
            .anyMatch(one -> consumer.position(one.getKey()) < one.getValue())) {
      consumer.poll(FETCH).forEach(records::add);
    }
    return records;
  }

  private static Taken untilQuiet(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Patience patience) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    long quiet = patience.quiet().toNanos();
    long within = Math.max(patience.within().toNanos(), quiet);
    long start = System.nanoTime();
    long last = start;
    boolean restless = false;
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records.add(record);
        counts.merge(record.topic(), 1, Integer::sum);
        last = System.nanoTime();
      }
      long now = System.nanoTime();
      boolean still = now - last >= quiet;
      if (records.size() > MOST || now - start > within + quiet) {
        restless = !still;
        break;
      }
      if (still && (reached(counts, patience.expected()) || now - start >= within)) {
        break;
      }
    }
    Set<String> outside = new TreeSet<>();
    for (Map.Entry<TopicPartition, Long> one : from.entrySet()) {
      // A transaction leaves a mark behind its messages, which takes an offset of its own.
      long count = records.stream().filter(record -> of(record, one.getKey())).count();
      if (count > 0 && consumer.position(one.getKey()) - one.getValue() == count) {
        outside.add(one.getKey().topic());
      }
    }
    records.sort(
        Comparator.comparing((ConsumerRecord<byte[], byte[]> record) -> record.topic())
            .thenComparing(ConsumerRecord::timestamp)
            .thenComparing(ConsumerRecord::partition)
            .thenComparing(ConsumerRecord::offset));
    return new Taken(records, outside, restless);
  }

  private static boolean of(ConsumerRecord<byte[], byte[]> record, TopicPartition partition) {
    return record.partition() == partition.partition() && record.topic().equals(partition.topic());
  }

  private static boolean reached(Map<String, Integer> counts, Map<String, Integer> expected) {
    return expected.entrySet().stream()
        .allMatch(one -> counts.getOrDefault(one.getKey(), 0) >= one.getValue());
  }

  @Override
  public void close() {
    for (Queue<KafkaConsumer<byte[], byte[]>> own : free.values()) {
      for (KafkaConsumer<byte[], byte[]> one = own.poll(); one != null; one = own.poll()) {
        one.close(CloseOptions.timeout(Duration.ZERO));
      }
    }
  }
}
