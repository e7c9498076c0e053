package dev.codicil.storm.run;

import dev.codicil.experiment.Broker;
import java.util.Map;

/**
 * The brokers that a run may need.
 *
 * @param declared by name
 * @param openers by kind
 */
public record Brokers(Map<String, Broker> declared, Map<String, MessageBroker.Opener> openers) {
  /** A run without messages. */
  public static final Brokers NONE = new Brokers(Map.of(), Map.of());

  public Brokers {
    declared = Map.copyOf(declared);
    openers = Map.copyOf(openers);
  }
}
