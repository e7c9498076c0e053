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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may come of a request of which nobody can tell where it ends. */
class BrokenRequestTest {
  private static final String CLIENT = "client->license-authority";

  @ParameterizedTest
  @CsvSource({
    "malformed-chunk, DISCONNECTED, 0, HELD",
    "wrong-length,    DISCONNECTED, 0, HELD",
    "malformed-chunk, REPLIED, 400, HELD",
    "wrong-length,    REPLIED, 413, HELD",
    "wrong-length,    REPLIED, 500, FAILED",
    "malformed-chunk, REPLIED, 200, UNKNOWN",
    "malformed-chunk, TIMED_OUT, 0, HUNG",
    "wrong-length,    GARBLED, 0, FAILED",
    "drop-field,      DISCONNECTED, 0, FAILED",
    "drop-field,      REPLIED, 400, FAILED"
  })
  void isToBeRefusedOrClosedInTime(String fault, Ended ended, int status, Outcome outcome) {
    assertThat(outcome(fault, CLIENT, ended, status, List.of())).isEqualTo(outcome);
  }

  @Test
  void isNotToBeTakenForAWholeOne() {
    List<EffectReading> done = List.of(effect(1));
    assertThat(outcome("malformed-chunk", CLIENT, Ended.DISCONNECTED, 0, done))
        .isEqualTo(Outcome.CORRUPTED);
    assertThat(outcome("wrong-length", CLIENT, Ended.REPLIED, 400, done)).isEqualTo(Outcome.LOST);
    assertThat(outcome("wrong-length", CLIENT, Ended.REPLIED, 400, List.of(effect(0))))
        .isEqualTo(Outcome.HELD);
  }

  @Test
  void isNoExcuseOnAnotherEdge() {
    assertThat(outcome("malformed-chunk", Runs.EDGE, Ended.DISCONNECTED, 0, List.of()))
        .isEqualTo(Outcome.FAILED);
  }

  private static EffectReading effect(long change) {
    return new EffectReading("added", change, 1);
  }

  private static Outcome outcome(
      String fault, String edge, Ended ended, int status, List<EffectReading> effects) {
    CellRecord record =
        new CellRecord(
            new Cell("head", "s1", "e1"),
            0,
            ended,
            status,
            12,
            2000,
            List.of(),
            false,
            null,
            null,
            effects,
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(new Injection(edge, 0, Stream.UPSTREAM, fault, "a chunk without a size")),
            new CellRecord.MessageSketch("POST /licenses", List.of(), ""),
            null,
            5,
            null);
    return CellOutcomes.of(record, RequestFit.OUT_OF_CONTRACT, null);
  }
}
