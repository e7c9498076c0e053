package dev.codicil.storm.run;

import dev.codicil.chaos.Parcel;
import dev.codicil.experiment.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Why it is not there any more; null while it is. */
  @Nullable String gone();

  /** What topics and groups of this run begin with, where others may use the broker too. */
  String prefix();

  /**
   * Makes topics, with their partitions.
   *
   * @param topics number of partitions by name
   * @param compacted those of which only the last message of each key is kept
   */
  void create(Map<String, Integer> topics, Set<String> compacted)
      throws BrokerFailure, InterruptedException;

  /** Makes topics that keep all messages. */
  default void create(Map<String, Integer> topics) throws BrokerFailure, InterruptedException {
    create(topics, Set.of());
  }

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

  /** Where topics end now, for a reader of committed messages. */
  Mark mark(Set<String> topics) throws BrokerFailure, InterruptedException;

  /**
   * What others have published since, as a reader of committed messages sees it: all of it, once
   * nothing came for a while.
   *
   * @throws BrokerFailure also when it does not come to rest in time
   */
  Captured capture(Mark mark, Patience patience) throws BrokerFailure, InterruptedException;

  @Override
  void close();

  /**
   * Ends of topics at one moment.
   *
   * @param ends by topic and number of the partition
   */
  record Mark(Map<String, Map<Integer, Long>> ends) {
    public Mark {
      ends = Map.copyOf(ends);
    }
  }

  /**
   * How long messages are waited for.
   *
   * @param quiet how long nothing must come
   * @param within how long as many as expected are waited for
   * @param expected number of messages by topic, at least
   */
  record Patience(Duration quiet, Duration within, Map<String, Integer> expected) {
    public Patience {
      expected = Map.copyOf(expected);
    }
  }

  /**
   * What came on topics.
   *
   * @param messages in order of arrival, topic by topic
   * @param outsideTransactions topics on which some of it was not published in a transaction
   */
  record Captured(List<Parcel> messages, Set<String> outsideTransactions) {
    public Captured {
      messages = List.copyOf(messages);
      outsideTransactions = Set.copyOf(outsideTransactions);
    }
  }

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
