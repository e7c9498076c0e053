package dev.codicil.storm.run;

import dev.codicil.chaos.Parcel;
import dev.codicil.experiment.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A message broker during a run. Each kind of broker has one implementation, in a module of its
 * own. Safe for several threads.
 */
public interface MessageBroker extends AutoCloseable {

  /** Makes connections to brokers of one kind. */
  interface Opener {
    /**
     * Starts a broker, or connects to one that stands.
     *
     * @param declared what the project says
     * @param logDir where a broker of our own may write
     * @throws BrokerFailure when there is none to be had
     */
    MessageBroker open(Broker declared, Path logDir) throws BrokerFailure, InterruptedException;
  }

  /** Where clients find it, as {@code HOST:PORT}. */
  String address();

  /** What topics and groups of this run begin with, where others may use the broker too. */
  String prefix();

  /**
   * Makes topics, with their partitions.
   *
   * @param topics number of partitions by name
   */
  void create(Map<String, Integer> topics) throws BrokerFailure, InterruptedException;

  /**
   * Waits until members of a group share all partitions of these topics among them.
   *
   * @return whether that came to be in time
   */
  boolean awaitMembers(String group, Set<String> topics, Duration patience)
      throws BrokerFailure, InterruptedException;

  /**
   * Lets a group, of which no member is left, go on behind all messages there are.
   *
   * @param topics of the group
   */
  void skip(String group, Set<String> topics) throws BrokerFailure, InterruptedException;

  /** Publishes messages and waits until they are read, or the time is up. */
  Delivered deliver(Delivery delivery) throws BrokerFailure, InterruptedException;

  @Override
  void close();

  /**
   * What is to be published, and who reads it.
   *
   * @param messages in order, with the names that topics have on the broker
   * @param groups consumer group by topic
   * @param deadLetters topics in which messages may end that cannot be worked on
   * @param within how long it may take from the last message until all are read
   */
  record Delivery(
      List<Parcel> messages, Map<String, String> groups, Set<String> deadLetters, Duration within) {
    public Delivery {
      messages = List.copyOf(messages);
      groups = Map.copyOf(groups);
      deadLetters = Set.copyOf(deadLetters);
    }
  }

  /**
   * What became of it.
   *
   * @param published how many messages the broker took
   * @param refused why it did not take others, one readable line each
   * @param unread how many were not read in time
   * @param drainMillis from the last one published until all were read; -1 when they never were
   * @param deadLetters what came in topics of dead letters meanwhile
   */
  record Delivered(
      int published,
      List<String> refused,
      long unread,
      long drainMillis,
      List<Parcel> deadLetters) {
    public Delivered {
      refused = List.copyOf(refused);
      deadLetters = List.copyOf(deadLetters);
    }
  }
}
