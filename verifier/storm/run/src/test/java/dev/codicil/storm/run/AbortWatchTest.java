package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.experiment.Experiment;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbortWatchTest {
  private static final Experiment ROUGH = experiment("rough");
  private static final Experiment OTHER = experiment("other");

  @Test
  void deathsInARowGiveTheProfileUpAndNoOther() {
    AbortWatch watch = new AbortWatch(Map.of("rough", new AbortRule(2, 0)));

    watch.after(ROUGH, cell(-1), true);
    watch.after(ROUGH, cell(3), false);
    watch.after(ROUGH, cell(-1), true);
    assertThat(watch.givenUp(ROUGH)).isNull();
    watch.after(OTHER, cell(-1), true);
    assertThat(watch.givenUp(ROUGH)).isNull();
    watch.after(ROUGH, cell(-1), true);

    assertThat(watch.givenUp(ROUGH))
        .isEqualTo("profile rough gives up once a subject died in 2 cells in a row");
    assertThat(watch.givenUp(OTHER)).isNull();
  }

  @Test
  void cellsThatAreNotRecoveredFromAddUp() {
    AbortWatch watch = new AbortWatch(Map.of("rough", new AbortRule(0, 3)));

    for (long recovery : new long[] {-1, 10, -1, 10}) {
      watch.after(ROUGH, cell(recovery), false);
    }
    assertThat(watch.givenUp(ROUGH)).isNull();
    watch.after(ROUGH, cell(-1), false);

    assertThat(watch.givenUp(ROUGH))
        .isEqualTo("profile rough gives up once a subject did not recover after 3 cells");
  }

  @Test
  void withoutARuleNothingIsGivenUp() {
    AbortWatch watch = new AbortWatch(Map.of());
    for (int i = 0; i < 100; i++) {
      watch.after(ROUGH, cell(-1), true);
    }
    assertThat(watch.givenUp(ROUGH)).isNull();
  }

  private static Experiment experiment(String profile) {
    PlannedFault fault = new PlannedFault("reset", "a->b", Stream.DOWNSTREAM, Parameters.NONE);
    return new Experiment(
        profile, "s", new FaultSet(profile, List.of(fault)), Experiment.RequestFit.UNTOUCHED);
  }

  private static CellRecord cell(long recoveryMillis) {
    return new CellRecord(
        new Cell("head", "s", "e"),
        0,
        CellRecord.Ended.REPLIED,
        200,
        1,
        2000,
        List.of(),
        false,
        null,
        null,
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        new CellRecord.MessageSketch("GET /", List.of(), ""),
        null,
        recoveryMillis,
        null);
  }
}
