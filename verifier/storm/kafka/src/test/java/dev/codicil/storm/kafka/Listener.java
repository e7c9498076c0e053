package dev.codicil.storm.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A small consumer: hears messages, and puts those aside whose body is {@code bad}. */
final class Listener implements AutoCloseable {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final KafkaConsumer<String, String> consumer;
  private final KafkaProducer<String, String> producer;
  private final @Nullable String deadLetters;
  private final Thread thread;
  private volatile boolean stopped;

  private Listener(String address, String topic, String group, @Nullable String deadLetters) {
    this.deadLetters = deadLetters;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                address,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false"),
            new StringDeserializer(),
            new StringDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer());
    consumer.subscribe(List.of(topic));
    thread = new Thread(this::listen, "listener");
    thread.start();
  }

  static Listener on(String address, String topic, String group, @Nullable String deadLetters) {
    return new Listener(address, topic, group, deadLetters);
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  static Set<String> topics(String address) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      return admin.listTopics().names().get();
    }
  }

  private void listen() {
    while (!stopped) {
      for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(50))) {
        if (deadLetters != null && message.value().equals("bad")) {
          ProducerRecord<String, String> letter =
              new ProducerRecord<>(deadLetters, message.key(), message.value());
          letter.headers().add("reason", "bad".getBytes(StandardCharsets.UTF_8));
          producer.send(letter);
          producer.flush();
        } else {
          String id =
              new String(message.headers().lastHeader("id").value(), StandardCharsets.UTF_8);
          heard.add(message.key() + "=" + message.value() + " id=" + id);
        }
      }
      consumer.commitSync();
    }
    consumer.close();
    producer.close();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
