package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookStormTest {
  @TempDir Path dir;

  private Storm storm(String inject, String revert) {
    Storm storm = new Storm(dir).side("base").side("head").replay("get", "GET /items/1");
    storm.budget = Duration.ofMillis(700);
    return storm.storm(
        "world", "get", "hook", Storm.CLIENT, Map.of("inject", inject, "revert", revert));
  }

  @Test
  void aSubjectThatIsFrozenHangsAndIsWellAgainAfterwards() throws Exception {
    Storm storm = storm("kill -STOP {pid.svc}", "kill -CONT {pid.svc}").run();

    CellRecord frozen = storm.record("world@base");
    assertThat(frozen.ended()).isEqualTo(CellRecord.Ended.TIMED_OUT);
    assertThat(frozen.recoveryMillis()).isNotNegative();
    assertThat(storm.record("world@head").ended()).isEqualTo(CellRecord.Ended.TIMED_OUT);
    assertThat(frozen.injections())
        .extracting(injection -> injection.fault() + " " + injection.detail())
        .containsExactly("hook in force: kill -STOP {pid.svc}");
    assertThat(dir.resolve("pending")).isDirectoryNotContaining("glob:**.json");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void whatCannotBeInjectedIsUndoneAllTheSameAndSaysNothing() throws Exception {
    Storm storm = storm("sh -c 'touch half; echo no; exit 7'", "rm half").run();

    CellRecord unknown = storm.record("world@base");
    assertThat(unknown.problem())
        .isEqualTo("the fault hook could not be injected: it exited with code 7: no");
    assertThat(CellOutcomes.of(unknown, RequestFit.UNTOUCHED, null)).isEqualTo(Outcome.UNKNOWN);
    assertThat(dir.resolve("half")).doesNotExist();
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aSubjectThatIsKilledNeedsNoRevertAndIsStartedAgain() throws Exception {
    Storm storm = storm("kill -9 {pid.svc}", "kill -CONT {pid.svc}").run();

    assertThat(storm.record("world@head").ended()).isEqualTo(CellRecord.Ended.DISCONNECTED);
    assertThat(storm.all(Event.SubjectFailed.class))
        .extracting(Event.SubjectFailed::kind)
        .containsExactly("died", "died");
    assertThat(dir.resolve("pending")).isDirectoryNotContaining("glob:**.json");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aRevertThatFailsEndsTheRunAndIsLeftForTheNextOne() throws Exception {
    Storm storm = storm("touch broken", "sh -c 'echo again >> tries; exit 1'");

    assertThatThrownBy(storm::run)
        .isInstanceOf(RevertFailure.class)
        .hasMessageStartingWith("the fault 'hook(inject=touch broken, ")
        .hasMessageContaining("of this run could not be undone");
    assertThat(Files.readAllLines(dir.resolve("tries"))).hasSize(2);
    assertThat(dir.resolve("pending")).isDirectoryContaining("glob:**.json");
    assertThat(storm.cells()).containsExactly("get@base#0 REPLIED 200", "get@head#0 REPLIED 200");
    Storm.assertNothingRuns(dir);
  }
}
