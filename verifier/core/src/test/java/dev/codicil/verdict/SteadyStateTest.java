package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Stream;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.ReplyFit;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyStateTest {

  @ParameterizedTest
  @CsvSource({
    "200, a1, string, false, HELD",
    "200, b2, string, false, CORRUPTED",
    "200, a1, integer, false, CORRUPTED",
    "200, , string, false, CORRUPTED",
    "202, a1, string, false, DEGRADED",
    "302, a1, string, false, FAILED",
    "503, a1, string, true, REFUSED",
    "500, a1, string, false, FAILED",
  })
  void anUndeclaredAnswerIsHeldToTheBaseInCalm(
      int status, @Nullable String value, String type, boolean clean, Outcome expected) {
    CellRecord calm = record("base", 0, 200, "a1", "string", false);
    CellRecord storm = record("head", 0, status, value, type, clean);

    assertThat(SteadyState.outcome(storm, calm)).isEqualTo(expected);
    assertThat(SteadyState.difference(storm, calm).isEmpty()).isEqualTo(expected == Outcome.HELD);
  }

  @ParameterizedTest
  @CsvSource({"IN_CONTRACT, HELD", "OUT_OF_CONTRACT, CORRUPTED", "UNTOUCHED, CORRUPTED"})
  void aReplyVariedWithinTheContractMayMakeAnotherValue(ReplyFit fit, Outcome expected) {
    CellRecord calm = record("base", 0, 200, "a1", "string", false);
    Experiment experiment =
        new Experiment("e1", "s1", Runs.SLOW.faults(), RequestFit.UNTOUCHED, fit);

    assertThat(CellOutcomes.of(record("head", 0, 200, "b2", "string", false), experiment, calm))
        .isEqualTo(expected);
    assertThat(CellOutcomes.of(record("head", 0, 200, "b2", "integer", false), experiment, calm))
        .isEqualTo(Outcome.CORRUPTED);
  }

  @Test
  void aDifferenceNamesThePlaceAndNeverTheValue() {
    CellRecord calm = record("base", 0, 200, "a1", "string", false);

    assertThat(SteadyState.difference(record("head", 0, 200, "b2", "string", false), calm))
        .hasValue("body/price: expected the value that the base answers in calm, was another");
    assertThat(SteadyState.difference(record("head", 0, 200, null, "string", false), calm))
        .hasValue("body/price: expected present, as in calm, was absent");
    assertThat(SteadyState.difference(record("head", 0, 202, "a1", "string", false), calm))
        .hasValue("status: expected 200, as the base in calm, was 202");
  }

  @Test
  void withoutASecondRunOfTheBaseNoValueIsAskedFor() {
    CellRecord calm = record("base", 0, 200, "a1", "string", false);

    assertThat(CellOutcomes.measure(List.of(calm)).fields()).containsOnlyKeys("/price");
    assertThat(CellOutcomes.recovered(calm).fields()).containsOnlyKeys("/price");
    assertThat(CellOutcomes.measure(List.of(calm, calm)).fields())
        .containsOnlyKeys("/price", "=/price");
  }

  @Test
  void aValueThatChangesInCalmOnTheAmendedSideIsBroken() {
    Finding finding =
        Runs.planned()
            .add(record("base", 0, 200, "a1", "string", false))
            .add(record("base", 1, 200, "a1", "string", false))
            .add(record("head", 0, 200, "b2", "string", false))
            .only(FindingKind.BROKEN);

    assertThat(finding.after().calm()).isEqualTo(Outcome.CORRUPTED);
    assertThat(finding.nearMiss())
        .isEqualTo("body/price: expected the value that the base answers in calm, was another");
  }

  @Test
  void aValueThatTheBaseDoesNotRepeatIsNoiseAndTold() {
    AmendmentVerdict verdict =
        Runs.planned()
            .add(record("base", 0, 200, "a1", "string", false))
            .add(record("base", 1, 200, "c3", "string", false))
            .add(record("head", 0, 200, "b2", "string", false))
            .notExposed("base")
            .notExposed("head")
            .judge();

    assertThat(verdict.findings()).noneMatch(finding -> finding.kind() == FindingKind.BROKEN);
    assertThat(verdict.coverage().notes().toString()).contains("the value of /price");
  }

  @Test
  void aBaseThatRefusesInCalmExercisesNothing() {
    AmendmentVerdict verdict =
        Runs.planned()
            .add(record("base", 0, 404, null, "string", true))
            .add(record("head", 0, 200, "a1", "string", false))
            .judge();

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.findings().get(0).reason())
        .startsWith("not exercised: the base answers 404")
        .endsWith("or the good answer under held");
  }

  @ParameterizedTest
  @CsvSource({
    "held, reorder-array, b2, CORRUPTED", // the order of items is all that was changed
    "held, reorder-array, a1, HELD",
    "held, latency,       b2, HELD", // what is declared good may have any value
    "degraded, reorder-array, b2, DEGRADED",
  })
  void inWhateverOrderItemsComeADeclaredAnswerSaysTheSame(
      String answer, String fault, String value, Outcome expected) {
    CellRecord calm = answered("held", List.of(), "a1");
    CellRecord storm =
        answered(
            answer,
            List.of(new Injection("shop->stock", 0, Stream.DOWNSTREAM, fault, "/lines")),
            value);
    Experiment experiment =
        new Experiment("e1", "s1", Runs.SLOW.faults(), RequestFit.UNTOUCHED, ReplyFit.IN_CONTRACT);

    assertThat(CellOutcomes.of(storm, experiment, calm)).isEqualTo(expected);
  }

  @Test
  void aDeclaredAnswerWithAnotherValueInCalmIsNoneToBeMeasuredBy() {
    CellRecord base = answered("held", List.of(), "a1");

    assertThat(SteadyState.sharedValues(base, answered("held", List.of(), "b2")).fields())
        .containsOnlyKeys("/price");
    assertThat(SteadyState.sharedValues(base, base).fields()).containsOnlyKeys("/price", "=/price");
  }

  private static CellRecord answered(String answer, List<Injection> injections, String value) {
    return new CellRecord(
        new Cell("base", "s1", injections.isEmpty() ? "" : "e1"),
        0,
        CellRecord.Ended.REPLIED,
        200,
        12,
        2000,
        List.of(),
        false,
        answer,
        null,
        List.of(),
        Map.of("/price", "string", "=/price", value),
        Map.of(),
        Map.of(),
        injections,
        new CellRecord.MessageSketch("POST /orders", List.of(), ""),
        null,
        0,
        null);
  }

  private static CellRecord record(
      String column, int attempt, int status, @Nullable String value, String type, boolean clean) {
    Map<String, String> fields = new HashMap<>(Map.of("/price", type));
    if (value != null) {
      fields.put("=/price", value);
    }
    return new CellRecord(
        new Cell(column, "s1", ""),
        attempt,
        CellRecord.Ended.REPLIED,
        status,
        12,
        2000,
        List.of(),
        clean,
        CellRecord.UNDECLARED,
        null,
        List.of(),
        fields,
        Map.of(),
        Map.of(),
        List.of(),
        new CellRecord.MessageSketch("POST /orders", List.of(), ""),
        null,
        0,
        null);
  }
}
