package dev.codicil.engine;

import dev.codicil.experiment.Broker;
import dev.codicil.storm.kafka.KafkaBrokers;
import dev.codicil.storm.run.MessageBroker;
import java.util.Map;

/** The kinds of message brokers that are spoken: a new one is a module, and a line here. */
final class MessageBrokers {
  private MessageBrokers() {}

  /** What opens a broker, by its kind; without what is not on the class path. */
  static Map<String, MessageBroker.Opener> builtIn() {
    try {
      return Map.of(Broker.KAFKA, new KafkaBrokers());
    } catch (NoClassDefFoundError absent) {
      return Map.of();
    }
  }
}
