package dev.codicil.engine.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Location;
import dev.codicil.engine.messages.EventProject.Done;
import dev.codicil.experiment.Broker;
import dev.codicil.history.PublishedRecord;
import dev.codicil.storm.kafka.KafkaBrokers;
import dev.codicil.storm.run.MessageBroker;
import dev.codicil.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real service publishes to a real broker, while its partner is well and while it is down. */
class PublishedMessagesTest {
  @TempDir static Path logs;

  private static MessageBroker broker;

  @TempDir Path dir;

  @BeforeAll
  static void start() throws Exception {
    EventProject.libraries();
    broker =
        new KafkaBrokers()
            .open(new Broker("events", Broker.KAFKA, null, Location.of("codicil.yaml")), logs);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** On one broker for all, which the verifications take for one that stands. */
  private EventProject project() throws IOException {
    return new EventProject(dir).broker(broker.address());
  }

  @Test
  void whoTellsTheSameInTheStormAsInCalmIsCompatible() throws Exception {
    Done done = project().verify("");

    assertThat(done.verdict().reasons()).isEmpty();
    assertThat(done.verdict().verdict()).isEqualTo(Verdict.PASS);
    assertThat(done.records())
        .allSatisfy(
            record -> {
              assertThat(Objects.requireNonNull(record.published()).topics())
                  .containsOnlyKeys("shop->topic shop.orders");
              assertThat(Objects.requireNonNull(record.published()).topics().values())
                  .singleElement()
                  .asInstanceOf(InstanceOfAssertFactories.list(PublishedRecord.Message.class))
                  .singleElement()
                  .satisfies(
                      message -> {
                        assertThat(message.kind()).isNotEmpty();
                        assertThat(message.key()).isEqualTo("O-7");
                        assertThat(message.mismatches()).isEmpty();
                        assertThat(message.fields()).containsEntry("/price", "5");
                      });
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "silent-when-down | expected 1 as the base in calm, came 0",
        "twice-when-down | expected 1 as the base in calm, came 2 (doubled)",
        "free-when-down | /price: expected 5 as in calm, was 0"
      })
  void whatIsLostDoubledOrWrongOnlyInTheStormIsResilienceLost(String vice, String miss)
      throws Exception {
    Done done = project().verify(vice);

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(done.told())
        .anySatisfy(
            finding -> assertThat(finding).startsWith("resilience-lost status").contains(miss));
  }

  @ParameterizedTest
  @Tag("scheduled")
  @CsvSource(
      delimiter = '|',
      value = {
        "forgets-price | body/price: expected a required field, was absent",
        "no-key | key: expected a key, was none"
      })
  void whatBreaksItsContractIsBroken(String vice, String miss) throws Exception {
    Done done = project().verify(vice);

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(done.told())
        .anySatisfy(finding -> assertThat(finding).startsWith("broken").contains(miss));
  }

  @Test
  @Tag("scheduled")
  void whatComesTwiceUnderOneIdIsOnceForIdempotentConsumers() throws Exception {
    Done done =
        project()
            .publishing("{ broker: events, idempotent-by: eventId }")
            .verify("twice-when-down,same-id");

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whereNothingIsEverPublishedNothingIsKnown() throws Exception {
    Done done = project().base("elsewhere").verify("elsewhere");

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(done.why())
        .anySatisfy(
            why -> assertThat(why).startsWith("inconclusive: nothing was published there in calm"));
  }

  @Test
  @Tag("scheduled")
  void whatIsAbortedIsNotSeenAndWhatIsPublishedOutsideOfATransactionIsTold() throws Exception {
    Done done =
        project()
            .base("transactions")
            .publishing("{ broker: events, transactional: true }")
            .verify("");

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(done.told())
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .startsWith("broken")
                    .contains("transaction: expected published in a transaction"));
  }
}
