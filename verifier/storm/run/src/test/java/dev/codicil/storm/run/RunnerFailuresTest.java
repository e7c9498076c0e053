package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subjects that do not start, die, or do not do what they declare. */
class RunnerFailuresTest {
  @TempDir Path dir;

  @Test
  void aSubjectThatExitsAtStartSkipsItsColumnAndTellsTheEndOfItsLog() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .side("head", "exit")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get")
            .run();

    Event.SubjectFailed failed = storm.all(Event.SubjectFailed.class).get(0);
    assertThat(failed.kind()).isEqualTo("exited");
    assertThat(failed.message())
        .contains("exited with code 3", "cannot start without a license")
        .doesNotContain(Storm.TOKEN);
    assertThat(storm.cells()).containsExactly("get@base#0 REPLIED 200");
    assertThat(storm.skips())
        .containsExactly(
            "get@head subject-failed", "slow@base subject-failed", "slow@head subject-failed");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aSubjectThatIsNotReadyInTimeIsStoppedAndSaysWhatItAnswered() throws Exception {
    Storm storm = new Storm(dir).side("base", "never-ready").replay("get", "GET /items/1");
    storm.startup = Duration.ofMillis(2500);
    storm.run();

    Event.SubjectFailed failed = storm.all(Event.SubjectFailed.class).get(0);
    assertThat(failed.kind()).isEqualTo("timed-out");
    assertThat(failed.message()).contains("GET /health", "not ready after 2500 ms");
    assertThat(storm.skips()).containsExactly("get@base subject-failed");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aSubjectThatWasNotBuiltOrDoesNotExistFailsItsColumn() throws Exception {
    Storm storm =
        new Storm(dir)
            .launch("base", new Launch.NotBuilt("the build failed: " + Storm.TOKEN))
            .launch(
                "head", new Launch.ProcessLaunch(dir, List.of("no-such-program-here"), Map.of()))
            .replay("get", "GET /items/1")
            .run();

    assertThat(storm.all(Event.SubjectFailed.class))
        .extracting(Event.SubjectFailed::kind)
        .containsExactlyInAnyOrder("not-built", "exited");
    assertThat(storm.json()).doesNotContain("5f3a");
    assertThat(storm.skips()).hasSize(2);
  }

  @Test
  void aSubjectThatDiesInAStormIsStartedAgainForTheNextCell() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side(
                "head", Map.of("UPSTREAM", "{upstream.partner}", "UPSTREAM_TIMEOUT", "200"), "dies")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get")
            .replay("more", "POST /items")
            .run();

    assertThat(storm.all(Event.SubjectFailed.class))
        .extracting(Event.SubjectFailed::kind)
        .containsExactly("died");
    assertThat(storm.all(Event.SubjectStarted.class)).hasSize(3);
    CellRecord slow = storm.record("slow@head");
    assertThat(slow.ended()).isEqualTo(CellRecord.Ended.DISCONNECTED);
    assertThat(slow.recoveryMillis()).isEqualTo(-1);
    assertThat(storm.cells()).contains("more@head#0 REPLIED 201");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aSubjectThatDoesNotRecoverIsStartedAgain() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side(
                "head",
                Map.of("UPSTREAM", "{upstream.partner}", "UPSTREAM_TIMEOUT", "1000"),
                "sulks",
                "falls-back")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get")
            .replay("again", "GET /items/1");
    storm.recovery = Duration.ofMillis(300);
    storm.run();

    assertThat(storm.record("slow@head").recoveryMillis()).isEqualTo(-1);
    assertThat(storm.all(Event.Noted.class))
        .anyMatch(note -> note.message().contains("did not return to its steady state"));
    assertThat(storm.cells()).contains("again@head#0 REPLIED 200");
  }

  @Test
  void aFailingProviderStateLeavesTheCellUnsent() throws Exception {
    Storm storm =
        new Storm(dir).side("base", "no-states").replay("get", "GET /items/1", "some item").run();

    CellRecord record = storm.record("get@base");
    assertThat(record.ended()).isEqualTo(CellRecord.Ended.NOT_SENT);
    assertThat(record.problem())
        .contains("provider state 'some item' of svc failed", "POST /_states answered 500")
        .doesNotContain("5f3a");
    assertThat(CellOutcomes.of(record, RequestFit.UNTOUCHED, null)).isEqualTo(Outcome.UNKNOWN);
  }
}
