package dev.codicil.storm.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Broker;
import dev.codicil.experiment.Peer;
import dev.codicil.storm.run.BrokerFailure;
import dev.codicil.storm.run.MessageBroker;
import dev.codicil.storm.run.MessageBroker.Delivered;
import dev.codicil.storm.run.MessageBroker.Delivery;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, one for the class; every test has topics and groups of its own. */
class KafkaBrokerTest {
  @TempDir static Path folder;

  private static MessageBroker broker;

  @BeforeAll
  static void start() throws BrokerFailure, InterruptedException {
    TestLibraries.name();
    broker = new KafkaBrokers().open(declared(null), folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Broker declared(@Nullable Peer address) {
    return new Broker("events", Broker.KAFKA, address, Location.of("codicil.yaml"));
  }

  private static Delivery delivery(String name, Duration within, Parcel... messages) {
    return new Delivery(
        List.of(messages), Map.of(name, name + "-group"), Set.of(name + ".DLT"), within);
  }

  private static Parcel message(String topic, String key, String body) {
    return new Parcel(0, topic, key, Map.of("id", "7"), Payload.of(body));
  }

  @Test
  void messagesAreDeliveredOnceTheirGroupHasCommittedThem() throws Exception {
    broker.create(Map.of("read", 2, "read.DLT", 1));
    try (Listener listener = Listener.on(broker.address(), "read", "read-group", null)) {
      assertThat(broker.awaitMembers("read-group", Set.of("read"), Duration.ofSeconds(20)))
          .isTrue();

      Delivered delivered =
          broker.deliver(
              delivery(
                  "read",
                  Duration.ofSeconds(10),
                  message("read", "a", "1"),
                  message("read", "b", "2")));

      assertThat(delivered.published()).isEqualTo(2);
      assertThat(delivered.unread()).isZero();
      assertThat(delivered.drainMillis()).isNotNegative();
      assertThat(delivered.deadLetters()).isEmpty();
      assertThat(listener.heard()).containsExactlyInAnyOrder("a=1 id=7", "b=2 id=7");
    }
  }

  @Test
  void deadLettersOfTheDeliveryAreSeenAndNoEarlierOnes() throws Exception {
    broker.create(Map.of("poison", 1, "poison.DLT", 1));
    try (Listener listener =
        Listener.on(broker.address(), "poison", "poison-group", "poison.DLT")) {
      broker.awaitMembers("poison-group", Set.of("poison"), Duration.ofSeconds(20));
      Duration within = Duration.ofSeconds(10);
      broker.deliver(delivery("poison", within, message("poison", "a", "bad")));

      Delivered second = broker.deliver(delivery("poison", within, message("poison", "b", "bad")));

      assertThat(second.deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.key()).isEqualTo("b");
                assertThat(letter.topic()).isEqualTo("poison.DLT");
                assertThat(letter.headers()).containsKey("reason");
              });
      assertThat(listener.heard()).isEmpty();
    }
  }

  @Test
  void withoutAMemberNobodyJoinsAndNothingIsRead() throws Exception {
    broker.create(Map.of("alone", 1, "alone.DLT", 1));

    assertThat(broker.awaitMembers("alone-group", Set.of("alone"), Duration.ZERO)).isFalse();
    Delivered delivered =
        broker.deliver(delivery("alone", Duration.ofMillis(1), message("alone", "a", "1")));
    assertThat(delivered.unread()).isEqualTo(1);
    assertThat(delivered.drainMillis()).isEqualTo(-1);
  }

  @Test
  void aGroupThatIsSkippedGoesOnBehindWhatItCouldNotRead() throws Exception {
    broker.create(Map.of("stuck", 1, "stuck.DLT", 1));
    broker.deliver(delivery("stuck", Duration.ofMillis(1), message("stuck", "a", "old")));

    broker.skip("stuck-group", Set.of("stuck"));

    try (Listener listener = Listener.on(broker.address(), "stuck", "stuck-group", null)) {
      broker.awaitMembers("stuck-group", Set.of("stuck"), Duration.ofSeconds(20));
      broker.deliver(delivery("stuck", Duration.ofSeconds(10), message("stuck", "a", "new")));
      assertThat(listener.heard()).containsExactly("a=new id=7");
    }
  }

  @Test
  void aMessageThatIsLargerThanTheBrokerTakesIsToldAndNotWaitedFor() throws Exception {
    broker.create(Map.of("large", 1, "large.DLT", 1));
    Delivered delivered =
        broker.deliver(
            delivery(
                "large", Duration.ofSeconds(10), message("large", "a", "x".repeat(2_000_000))));

    assertThat(delivered.published()).isZero();
    assertThat(delivered.refused()).singleElement().asString().contains("larger than");
  }

  @Test
  void aTopicThatIsNotThereIsOneClearFailure() {
    assertThatThrownBy(() -> broker.create(Map.of("no such topic!", 1)))
        .isInstanceOf(BrokerFailure.class)
        .hasMessageContaining("the topic no such topic! cannot be made");
  }

  @Test
  void aBrokerThatIsNotThereIsOneClearFailure() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Broker nobody = declared(new Peer("127.0.0.1", free));
    assertThatThrownBy(() -> KafkaBrokers.within(2_000).open(nobody, folder))
        .isInstanceOf(BrokerFailure.class)
        .hasMessageContaining("127.0.0.1:" + free);
  }

  @Test
  void aBrokerOnAnotherMachineIsRefused() {
    Broker other = declared(new Peer("192.0.2.1", 9092));
    assertThatThrownBy(() -> new KafkaBrokers().open(other, folder))
        .isInstanceOf(BrokerFailure.class)
        .hasMessageContaining("is not this machine");
  }

  @Test
  void onABrokerThatStandsTopicsAreOfThisRunAloneAndGoWithIt() throws Exception {
    int colon = broker.address().lastIndexOf(':');
    Peer standing = new Peer("127.0.0.1", Integer.parseInt(broker.address().substring(colon + 1)));
    try (MessageBroker guest = new KafkaBrokers().open(declared(standing), folder)) {
      assertThat(guest.prefix()).startsWith("codicil-");
      guest.create(Map.of(guest.prefix() + "base.topic", 1));
      assertThat(Listener.topics(broker.address())).contains(guest.prefix() + "base.topic");
    }
    assertThat(Listener.topics(broker.address())).noneMatch(name -> name.startsWith("codicil-"));
  }
}
