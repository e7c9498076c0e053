package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.CellRecord.MessageSketch;
import dev.codicil.history.PublishedRecord;
import dev.codicil.history.PublishedRecord.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedOutcomesTest {
  private static final String EDGE = "shop->topic orders";
  private static final CellRecord CALM = measured(message("5"), message("6"));

  private static Message message(String price) {
    return new Message("Ordered", false, "O", null, Map.of("/price", price), List.of(), List.of());
  }

  private static Message of(String kind, boolean added, @Nullable String id) {
    return new Message(kind, added, "O", id, Map.of("/price", "5"), List.of(), List.of());
  }

  private static CellRecord cell(int status, Message... messages) {
    return cell(status, new PublishedRecord(Map.of(EDGE, List.of(messages)), null));
  }

  private static CellRecord cell(int status, PublishedRecord published) {
    boolean answered = status > 0;
    return new CellRecord(
            new Cell("head", "s", "e"),
            0,
            answered ? Ended.REPLIED : Ended.DISCONNECTED,
            status,
            12,
            2000,
            List.of(),
            status >= 400,
            null,
            null,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            new MessageSketch("POST /orders", List.of(), ""),
            null,
            0,
            null)
        .withPublished(published);
  }

  /** The base's calm, whose second message says another price each time. */
  private static CellRecord measured(Message first, Message second) {
    return CellOutcomes.measure(List.of(cell(201, first, second), cell(201, first, message("7"))));
  }

  private static Outcome outcome(CellRecord record) {
    return CellOutcomes.of(record, RequestFit.UNTOUCHED, CALM);
  }

  @Test
  void theMessagesOfTheBaseInCalmAreHeld() {
    assertThat(outcome(cell(201, message("5"), message("6")))).isEqualTo(Outcome.HELD);
  }

  @ParameterizedTest
  @CsvSource({"0, LOST", "1, LOST", "2, HELD", "3, LOST"})
  void asManyAsTheBaseInCalmWhenTheAnswerIsAsGood(int count, Outcome outcome) {
    Message[] messages = new Message[count];
    java.util.Arrays.fill(messages, message("5"));
    assertThat(outcome(cell(201, messages))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"0, REFUSED", "1, LOST", "2, LOST"})
  void whoRefusesPublishesNothing(int count, Outcome outcome) {
    Message[] messages = new Message[count];
    java.util.Arrays.fill(messages, message("5"));
    CellRecord refused = cell(503, messages);
    CellRecord record =
        new CellRecord(
                refused.cell(),
                0,
                Ended.REPLIED,
                503,
                12,
                2000,
                List.of(new Mismatch("status", "201", "503")),
                true,
                null,
                null,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                refused.request(),
                null,
                0,
                null)
            .withPublished(refused.published());
    assertThat(outcome(record)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"0, FAILED", "2, FAILED", "3, LOST"})
  void whoseAnswerIsLostMayHavePublishedOnceAndNotTwice(int count, Outcome outcome) {
    Message[] messages = new Message[count];
    java.util.Arrays.fill(messages, message("5"));
    assertThat(outcome(cell(0, messages))).isEqualTo(outcome);
  }

  @Test
  void whatBreaksItsContractIsCorruptedInCalmAlready() {
    Message broken =
        new Message(
            "Ordered",
            false,
            "O",
            null,
            Map.of(),
            List.of(new Mismatch("body/price", "a required field", "absent")),
            List.of());
    CellRecord record = cell(201, broken, message("6"));
    assertThat(CellOutcomes.of(record, RequestFit.UNTOUCHED, null)).isEqualTo(Outcome.CORRUPTED);
    assertThat(PublishedOutcomes.difference(record, CALM))
        .hasValue(
            "message 1 on shop->topic orders (Ordered): body/price: expected a required field,"
                + " was absent");
  }

  @Test
  void aValueThatIsAnotherThanInItsOwnCalmIsCorruptedUnlessItIsNoise() {
    PublishedRecord calm =
        new PublishedRecord(Map.of(EDGE, List.of(message("5"), message("6"))), null);
    PublishedRecord first =
        new PublishedRecord(Map.of(EDGE, List.of(message("0"), message("6"))), null);
    PublishedRecord second =
        new PublishedRecord(Map.of(EDGE, List.of(message("5"), message("9"))), null);
    assertThat(outcome(cell(201, first))).isEqualTo(Outcome.HELD); // so says its own calm
    assertThat(outcome(cell(201, first.against(calm)))).isEqualTo(Outcome.CORRUPTED);
    assertThat(outcome(cell(201, second.against(calm)))).isEqualTo(Outcome.HELD);
  }

  @Test
  void aPromisedFieldThatIsGoneIsCorrupted() {
    Message bare = new Message("Ordered", false, "O", null, Map.of(), List.of(), List.of());
    assertThat(outcome(cell(201, bare, message("6")))).isEqualTo(Outcome.CORRUPTED);
  }

  @Test
  void oneIdIsOneMessageAndKindsThatOnlyTheHeadKnowsAreNotCounted() {
    CellRecord calm =
        CellOutcomes.measure(
            List.of(cell(201, of("Ordered", false, "a")), cell(201, of("Ordered", false, "b"))));
    CellRecord twice =
        cell(201, of("Ordered", false, "a"), of("Paid", true, null), of("Ordered", false, "a"));
    CellRecord two = cell(201, of("Ordered", false, "a"), of("Ordered", false, "b"));
    assertThat(CellOutcomes.of(twice, RequestFit.UNTOUCHED, calm)).isEqualTo(Outcome.HELD);
    assertThat(CellOutcomes.of(two, RequestFit.UNTOUCHED, calm)).isEqualTo(Outcome.LOST);
  }

  @Test
  void whatCouldNotBeCapturedIsUnknownAndSoIsABaseThatDisagreesWithItself() {
    assertThat(outcome(cell(201, PublishedRecord.unknown("the broker is gone"))))
        .isEqualTo(Outcome.UNKNOWN);
    CellRecord unsteady = CellOutcomes.measure(List.of(cell(201, message("5")), cell(201)));
    assertThat(CellOutcomes.of(cell(201, message("5")), RequestFit.UNTOUCHED, unsteady))
        .isEqualTo(Outcome.UNKNOWN);
  }
}
