package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Injection;
import dev.codicil.chaos.MessageFault.Kind;
import dev.codicil.chaos.Stream;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.CellRecord.MessageSketch;
import dev.codicil.history.MessageRecord;
import dev.codicil.history.MessageRecord.DeadLetter;
import dev.codicil.history.MessageRecord.Strike;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageOutcomesTest {
  private static final Map<String, String> STEADY =
      Map.of("/L-1/state", "canceled", "/L-1/charges", "2", "/L-2/state", "active");
  private static final CellRecord CALM = cell(run(STEADY, List.of(), List.of(), 0), 200, "");

  private static MessageRecord run(
      Map<String, String> state, List<DeadLetter> letters, List<Strike> strikes, long unread) {
    return new MessageRecord(3, 3, unread, unread == 0 ? 12 : -1, letters, state, strikes);
  }

  private static CellRecord cell(MessageRecord run, int status, String fault) {
    return new CellRecord(
            new Cell("head", "s", "e"),
            0,
            Ended.REPLIED,
            status,
            12,
            5000,
            List.of(),
            false,
            null,
            null,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            fault.isEmpty()
                ? List.of()
                : List.of(new Injection("topic t->b", 0, Stream.DOWNSTREAM, fault, "x")),
            new MessageSketch("PUBLISH 3 messages", List.of(), ""),
            null,
            0,
            null)
        .withMessages(run);
  }

  private static Map<String, String> with(String pointer, @Nullable String value) {
    Map<String, String> state = new java.util.TreeMap<>(STEADY);
    if (value == null) {
      state.remove(pointer);
    } else {
      state.put(pointer, value);
    }
    return state;
  }

  private static Outcome outcome(CellRecord record) {
    return CellOutcomes.of(record, RequestFit.UNTOUCHED, CALM);
  }

  private static Outcome struck(Kind kind, Map<String, String> state, DeadLetter... letters) {
    return outcome(
        cell(run(state, List.of(letters), List.of(new Strike("L-1", kind)), 0), 200, "some-fault"));
  }

  @Test
  void theStateOfTheBaseInCalmIsHeld() {
    assertThat(outcome(CALM)).isEqualTo(Outcome.HELD);
    assertThat(CellOutcomes.of(CALM, RequestFit.UNTOUCHED, null)).isEqualTo(Outcome.HELD);
  }

  @Test
  void messagesThatStayUnreadAreHung() {
    assertThat(outcome(cell(run(STEADY, List.of(), List.of(), 2), 200, "")))
        .isEqualTo(Outcome.HUNG);
  }

  @ParameterizedTest
  @CsvSource({"0", "404", "500"})
  void whoDoesNotTellItsStateHasFailed(int status) {
    assertThat(outcome(cell(run(Map.of(), List.of(), List.of(), 0), status, "")))
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void aSubjectThatDoesNotComeBackToItsSteadyStateHasLostIt() {
    assertThat(outcome(CALM.withRecovery(-1))).isEqualTo(Outcome.LOST);
  }

  @Test
  void whatIsMissingIsLostAndWhatIsMoreToo() {
    assertThat(struck(Kind.KEPT, with("/L-2/state", null))).isEqualTo(Outcome.LOST);
    assertThat(struck(Kind.KEPT, with("/L-3/state", "active"))).isEqualTo(Outcome.LOST);
  }

  @Test
  void anotherValueIsCorruptedAndAnotherCountAfterDuplicatesIsLost() {
    assertThat(struck(Kind.KEPT, with("/L-1/state", "active"))).isEqualTo(Outcome.CORRUPTED);
    CellRecord doubled =
        cell(
            run(with("/L-1/charges", "4"), List.of(), List.of(new Strike("L-1", Kind.KEPT)), 0),
            200,
            "duplicate-message");
    assertThat(outcome(doubled)).isEqualTo(Outcome.LOST);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"KEPT", "VARIED", "GONE", "ALTERED"})
  void whatIsKeptUnderOtherKeysIsNeverExcused(Kind kind) {
    DeadLetter letter = new DeadLetter("dlt", "L-1", true, true);
    assertThat(struck(kind, with("/L-2/state", "canceled"), letter)).isEqualTo(Outcome.CORRUPTED);
  }

  @Test
  void aDroppedMessageExcusesItsOwnKey() {
    assertThat(struck(Kind.GONE, with("/L-1/state", "active"))).isEqualTo(Outcome.HELD);
    assertThat(struck(Kind.GONE, Map.of("/L-2/state", "active"))).isEqualTo(Outcome.HELD);
  }

  @Test
  void aDamagedMessageExcusesItsKeyOnlyWhenItWasPutAside() {
    Map<String, String> state = with("/L-1/state", "active");
    assertThat(struck(Kind.ALTERED, state)).isEqualTo(Outcome.CORRUPTED);
    assertThat(struck(Kind.ALTERED, state, new DeadLetter("dlt", "L-1", true, true)))
        .isEqualTo(Outcome.HELD);
    assertThat(struck(Kind.ALTERED, STEADY)).isEqualTo(Outcome.HELD);
  }

  @Test
  void poisonMustBePutAsideWithItsReason() {
    assertThat(struck(Kind.ADDED, STEADY)).isEqualTo(Outcome.LOST);
    assertThat(struck(Kind.ADDED, STEADY, new DeadLetter("dlt", "L-1", true, false)))
        .isEqualTo(Outcome.DEGRADED);
    assertThat(struck(Kind.ADDED, STEADY, new DeadLetter("dlt", "L-1", true, true)))
        .isEqualTo(Outcome.HELD);
  }

  @Test
  void aGoodMessageAmongTheDeadLettersIsLost() {
    assertThat(struck(Kind.KEPT, STEADY, new DeadLetter("dlt", "L-1", false, true)))
        .isEqualTo(Outcome.LOST);
  }

  @Test
  void whatTheBaseDoesNotAlwaysSayIsNotCompared() {
    MessageRecord first = run(with("/L-2/seen", "10:00"), List.of(), List.of(), 0);
    MessageRecord second = run(with("/L-2/seen", "10:01"), List.of(), List.of(), 0);
    CellRecord measure = CellOutcomes.measure(List.of(cell(first, 200, ""), cell(second, 200, "")));
    MessageRecord third = run(with("/L-2/seen", "10:02"), List.of(), List.of(), 0);

    assertThat(CellOutcomes.of(cell(third, 200, ""), RequestFit.UNTOUCHED, measure))
        .isEqualTo(Outcome.HELD);
    assertThat(CellOutcomes.of(CALM, RequestFit.UNTOUCHED, measure)).isEqualTo(Outcome.LOST);
  }

  @Test
  void theDifferenceNamesThePlace() {
    MessageRecord run =
        run(with("/L-1/state", "active"), List.of(), List.of(new Strike("L-1", Kind.KEPT)), 0);
    assertThat(MessageOutcomes.difference(cell(run, 200, "reorder-messages"), run, CALM))
        .contains("/L-1/state: expected canceled, as the base in calm, was active");
  }
}
