package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.experiment.Broker;
import dev.codicil.experiment.Listening;
import dev.codicil.experiment.MessageSequence;
import dev.codicil.experiment.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagingReaderTest {
  private static final String WHOLE =
      """
      version: 1
      brokers:
        events: { kafka: embedded }
        there: { kafka: "127.0.0.1:9092" }
      subjects:
        billing:
          command: run {broker.events} {topic.licenses} {group.billing} {topic.licenses.DLT}
          listens:
            licenses: { broker: events, group: billing, dead-letter: licenses.DLT, read: GET /bills }
          messages:
            story:
              publish:
                - { to: licenses, key: L-1, headers: { eventId: 7 }, body: { a: 1 } }
                - { to: licenses, key: L-1, body: null }
      """;

  private static Project read(String text) {
    return ProjectReader.read(Path.of("root"), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everythingIsRead() {
    Project project = read(WHOLE);

    assertThat(project.brokers().values())
        .extracting(Broker::name, Broker::address)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("events", null),
            org.assertj.core.groups.Tuple.tuple("there", new Peer("127.0.0.1", 9092)));
    var messaging = java.util.Objects.requireNonNull(project.subjects().get("billing")).messaging();
    Listening listening = messaging.listens().get(0);
    assertThat(listening.partitions()).isEqualTo(1);
    assertThat(listening.within()).isEqualTo(Duration.ofSeconds(5));
    assertThat(listening.deadLetter()).isEqualTo("licenses.DLT");
    assertThat(listening.read().target()).isEqualTo("/bills");
    List<MessageSequence.Message> story = messaging.sequences().get(0).messages();
    assertThat(story.get(0).headers()).containsEntry("eventId", "7");
    assertThat(story.get(0).body()).isNotNull();
    assertThat(story.get(1).body()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "broker: events,|broker: event,|9|no broker is called 'event'",
        "dead-letter: licenses.DLT|dead-letter: licenses|9|cannot go to the topic itself",
        "- { to: licenses, key: L-1, body|- { to: license, key: L-1, body|14|does not listen to",
        "{group.billing}|{group.billed}|7|'{group.billed}' stands for nothing",
        "kafka: embedded|kafka: embeded|3|is not HOST:PORT",
        "kafka: embedded|kafka: '*:9092'|3|is not one address",
        "kafka: embedded|rabbitmq: embedded|3|rabbitmq",
        "group: billing,|group: billing, offset: 1,|9|offset",
        "read: GET /bills|read: bills|9|read",
        ", read: GET /bills||9|read",
        "- { to: licenses, key: L-1, body: null|- { to: licenses, key: L-1|14|body"
      })
  void whatIsWrongIsToldAtItsLine(String good, String bad, int line, String said) {
    String text = WHOLE.replace(good, bad == null ? "" : bad);
    InputException wrong = catchThrowableOfType(InputException.class, () -> read(text));

    assertThat(wrong).as(text).isNotNull();
    assertThat(wrong.location().line()).as(wrong.getMessage()).isEqualTo(line);
    assertThat(wrong.getMessage()).contains(said);
  }

  private static final String PUBLISHES =
      """
      version: 1
      brokers: { events: { kafka: embedded } }
      subjects:
        shop:
          command: run {broker.events} {topic.orders}
          publishes:
            orders: { broker: events, idempotent-by: /id, compacted: true, within: 3s }
      """;

  @Test
  void whatIsPublishedIsRead() {
    var publishing =
        java.util.Objects.requireNonNull(read(PUBLISHES).subjects().get("shop"))
            .messaging()
            .publishes()
            .get(0);
    assertThat(publishing.topic()).isEqualTo("orders");
    assertThat(publishing.idempotentBy()).isEqualTo("/id");
    assertThat(publishing.compacted()).isTrue();
    assertThat(publishing.transactional()).isFalse();
    assertThat(publishing.quiet()).isEqualTo(Duration.ofMillis(250));
    assertThat(publishing.within()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "broker: events | broker: none | no broker is called 'none'",
        "{topic.orders} | {topic.others} | '{topic.others}' stands for nothing",
        "within: 3s | within: 1ms | a topic is quiet after 250ms and waited for within 1ms",
        "within: 3s | quiet: 0s | a topic is quiet after 0s and waited for within 2s",
      })
  void badDeclarationsOfWhatIsPublishedAreLocatedErrors(String good, String bad, String what) {
    InputException error =
        catchThrowableOfType(InputException.class, () -> read(PUBLISHES.replace(good, bad)));
    assertThat(error).hasMessageContaining("codicil.yaml").hasMessageContaining(what);
  }
}
