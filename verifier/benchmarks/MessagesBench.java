import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Interposer;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.MessageFault;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Broker;
import dev.codicil.storm.kafka.KafkaBrokers;
import dev.codicil.storm.run.MessageBroker;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code MessagesBench WORK-FOLDER MESSAGES ROUNDS}: messages of a plain producer to a plain
 * consumer, and the same through the interposer with a rule that matches none of them, on one
 * embedded broker, in turns. Prints a line for each, with the processor time of this process. Every
 * message is counted by the consumer.
 */
public final class MessagesBench {
  private static final String RULE = "drop-field";

  private MessagesBench() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int messages = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    Broker declared = new Broker("events", Broker.KAFKA, null, Location.of("benchmark"));
    try (MessageBroker broker = new KafkaBrokers().open(declared, folder)) {
      for (int round = 0; round <= rounds; round++) {
        String which = round == 0 ? "warm-up" : "round " + round;
        report(which + " plain", messages, plain(broker, "plain-" + round, messages));
        report(which + " interposer", messages, through(broker, "through-" + round, messages));
      }
    }
  }

  private record Taken(long nanos, long cpuNanos) {}

  private static void report(String what, int messages, Taken taken) {
    System.out.printf(
        "%s: %d messages, %.0f a second, %.2f s, %.2f s of processor time%n",
        what,
        messages,
        messages * 1e9 / taken.nanos(),
        taken.nanos() / 1e9,
        taken.cpuNanos() / 1e9);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean)
            ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static byte[] body(int number) {
    return ("{\"license\":\"L-" + number % 1000 + "\",\"at\":\"2026-01-01T00:00:00Z\",\"n\":"
            + number + ",\"holder\":\"somebody whose name is about as long as names are\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Taken plain(MessageBroker broker, String topic, int messages) throws Exception {
    broker.create(Map.of(topic, 2));
    try (Reader reader = new Reader(broker.address(), topic, messages);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      broker.awaitMembers(topic + "-group", Set.of(topic), Duration.ofSeconds(30));
      long cpu = cpu();
      long start = System.nanoTime();
      for (int i = 0; i < messages; i++) {
        producer.send(
            new ProducerRecord<>(
                topic, ("L-" + i % 1000).getBytes(StandardCharsets.UTF_8), body(i)));
      }
      producer.flush();
      reader.awaitAll();
      return new Taken(System.nanoTime() - start, cpu() - cpu);
    }
  }

  private static Taken through(MessageBroker broker, String topic, int messages) throws Exception {
    broker.create(Map.of(topic, 2));
    PlannedFault unmatched =
        new PlannedFault(
                RULE,
            PlannedFault.TOPIC + topic + "->reader",
            Stream.DOWNSTREAM,
            new Parameters(Map.of("pointer", "/nowhere")));
    Interposer interposer =
        new Interposer(
            1,
            "benchmark",
            List.of(new BoundFault(unmatched, Faults.byId(RULE).orElseThrow())),
            MessageFault.Kind.ALTERED);
    try (Reader reader = new Reader(broker.address(), topic, messages)) {
      broker.awaitMembers(topic + "-group", Set.of(topic), Duration.ofSeconds(30));
      long cpu = cpu();
      long start = System.nanoTime();
      List<Parcel> parcels = new ArrayList<>(messages);
      for (int i = 0; i < messages; i++) {
        parcels.add(new Parcel(i, topic, "L-" + i % 1000, Map.of(), Payload.of(body(i))));
      }
      Interposer.Passed passed = interposer.pass(parcels);
      if (!passed.injections().isEmpty()) {
        throw new IllegalStateException("the rule matched");
      }
      MessageBroker.Delivered delivered =
          broker.deliver(
              new MessageBroker.Delivery(
                  passed.messages(),
                  Map.of(topic, topic + "-group"),
                  Set.of(),
                  Duration.ofMinutes(5)));
      reader.awaitAll();
      if (delivered.published() != messages || delivered.unread() != 0) {
        throw new IllegalStateException("not all were delivered: " + delivered.published());
      }
      return new Taken(System.nanoTime() - start, cpu() - cpu);
    }
  }

  /** Counts what comes, and commits it. */
  private static final class Reader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int wanted;
    private final Thread thread;
    private volatile int read;
    private volatile boolean stopped;

    Reader(String address, String topic, int wanted) {
      this.wanted = wanted;
      this.consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers", address,
                  "group.id", topic + "-group",
                  "auto.offset.reset", "earliest",
                  "enable.auto.commit", "false"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      consumer.subscribe(List.of(topic));
      this.thread = new Thread(this::read, "reader");
      thread.start();
    }

    private void read() {
      int count = 0;
      while (!stopped) {
        int got = consumer.poll(Duration.ofMillis(100)).count();
        if (got > 0) {
          consumer.commitSync();
          count += got;
          read = count;
        }
      }
      consumer.close();
    }

    void awaitAll() throws InterruptedException {
      while (read < wanted) {
        Thread.sleep(1);
      }
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      thread.join();
    }
  }
}
