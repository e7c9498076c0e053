package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Stream;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.EffectReading;
import dev.codicil.history.CellRecord.Ended;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A shop that orders at a warehouse: what the warehouse says it has done, against what calm does.
 */
class EffectsBehindTest {
  @ParameterizedTest
  @CsvSource({
    "held,     201, 1, HELD", // done, as was said
    "held,     201, 0, LOST", // said, and not done
    "held,     201, 2, LOST", // done twice
    "degraded, 202, 0, DEGRADED",
    "degraded, 202, 1, DEGRADED", // the reply was lost; one reservation is what there is in calm
    "degraded, 202, 2, LOST",
    "refused,  503, 1, REFUSED",
    "refused,  503, 2, LOST",
    "none,     500, 0, FAILED",
    "none,     500, -1, LOST",
    "held,     201, , UNKNOWN",
    "degraded, 202, , UNKNOWN",
  })
  void aGoodAnswerHasDoneAsMuchAsInCalmAndAnyOtherNotMore(
      String answer, int status, @Nullable Long change, Outcome expected) {
    CellRecord calm = record("", "held", 201, "reset", behind(1L));

    assertThat(outcome(record("e1", answer, status, "reset", behind(change)), calm))
        .isEqualTo(expected);
  }

  @Test
  void whoIsToldByAFaultThatItIsDoneIsNotToBlame() {
    CellRecord calm = record("", "held", 201, "", behind(1L));

    assertThat(outcome(record("e1", "held", 201, "stale-reply", behind(0L)), calm))
        .isEqualTo(Outcome.HELD);
    assertThat(outcome(record("e1", "held", 201, "stale-reply", behind(2L)), calm))
        .isEqualTo(Outcome.LOST);
  }

  @Test
  void whatTheBaseDoesNotDoAlikeEachTimeIsAskedOfNobody() {
    CellRecord calm =
        CellOutcomes.measure(
            List.of(
                record("", "held", 201, "", behind(1L)), record("", "held", 201, "", behind(2L))));

    assertThat(outcome(record("e1", "held", 201, "reset", behind(7L)), calm))
        .isEqualTo(Outcome.HELD);
  }

  @Test
  void anAmendmentMayAskOthersForMoreInCalmAndIsThenMeasuredByThat() {
    assertThat(
            outcome(
                record("", "held", 201, "", behind(2L)), record("", "held", 201, "", behind(1L))))
        .isEqualTo(Outcome.HELD);
  }

  @Test
  void anAmendmentThatSaysTheSameInCalmAndHasDoneLessHasLostIt() {
    assertThat(
            outcome(
                record("", "held", 201, "", behind(0L)), record("", "held", 201, "", behind(1L))))
        .isEqualTo(Outcome.LOST);
  }

  @Test
  void whatIsReadBehindIsNoReadBackOfTheSubjectItself() {
    CellRecord record = record("e1", "held", 201, "drop-field", behind(1L));

    assertThat(record.ownEffects()).isEmpty();
    assertThat(CellOutcomes.of(record.withEffects(List.of()), RequestFit.OUT_OF_CONTRACT, null))
        .isEqualTo(CellOutcomes.of(record, RequestFit.OUT_OF_CONTRACT, null));
  }

  @Test
  void theDifferenceNamesTheEffectAndWhoDeclaresIt() {
    CellRecord calm = record("", "held", 201, "", behind(1L));

    assertThat(
            EffectsBehind.difference(
                record("e1", "held", 201, "reset", behind(2L)), Outcome.HELD, calm))
        .hasValue("reserved of warehouse: expected a change of 1, as in calm, was 2");
  }

  private static EffectReading behind(@Nullable Long change) {
    return new EffectReading("reserved", change, 1, "warehouse");
  }

  private static Outcome outcome(CellRecord record, CellRecord calm) {
    return CellOutcomes.of(record, RequestFit.UNTOUCHED, calm);
  }

  private static CellRecord record(
      String experiment, String answer, int status, String fault, EffectReading effect) {
    List<Injection> injections =
        fault.isEmpty()
            ? List.of()
            : List.of(new Injection("shop->warehouse", 0, Stream.DOWNSTREAM, fault, ""));
    return new CellRecord(
        new Cell("base", "s1", experiment),
        0,
        Ended.REPLIED,
        status,
        12,
        2000,
        List.of(),
        false,
        answer,
        null,
        List.of(effect),
        Map.of(),
        Map.of(),
        Map.of(),
        injections,
        new CellRecord.MessageSketch("POST /orders", List.of(), ""),
        null,
        5,
        null);
  }
}
