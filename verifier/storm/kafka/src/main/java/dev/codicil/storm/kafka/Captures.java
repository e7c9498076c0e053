package dev.codicil.storm.kafka;

import dev.codicil.storm.run.MessageBroker.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what others publish, with consumers of its own that are used again. Safe for threads. */
final class Captures implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  /** More than this of one cell is not looked at: somebody publishes without end. */
  private static final int MOST = 10_000;

  private final Supplier<KafkaConsumer<byte[], byte[]>> make;
  private final ConcurrentLinkedQueue<KafkaConsumer<byte[], byte[]>> free =
      new ConcurrentLinkedQueue<>();

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
    KafkaConsumer<byte[], byte[]> consumer = free.poll();
    if (consumer == null) {
      consumer = make.get();
    }
    boolean whole = false;
    try {
      Taken taken = read(consumer, from, patience);
      whole = true;
      return taken;
    } finally {
      if (whole) {
        free.add(consumer);
      } else {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
    }
  }

  private static Taken read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> from,
      Patience patience) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
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
    for (KafkaConsumer<byte[], byte[]> one = free.poll(); one != null; one = free.poll()) {
      one.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}
