package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
  @TempDir Path dir;

  @Test
  void everyStimulusIsReplayedInCalmOnBothSides() throws Exception {
    Storm storm =
        new Storm(dir).side("base").side("head").replay("get", "GET /items/1", "some item").run();

    assertThat(storm.cells()).containsExactly("get@base#0 REPLIED 200", "get@head#0 REPLIED 200");
    CellRecord record = storm.record("get@head");
    assertThat(record.mismatches()).isEmpty();
    assertThat(record.reached())
        .containsExactly(Map.entry(Storm.CLIENT, 1), Map.entry(Storm.PARTNER, 1));
    assertThat(record.seen().get(Storm.CLIENT + " downstream")).containsExactly("/id", "/name");
    assertThat(record.fields())
        .containsExactly(Map.entry("/id", "integer"), Map.entry("/name", "string"));
    assertThat(storm.all(Event.SubjectStarted.class)).hasSize(2);
    assertThat(storm.events.get(storm.events.size() - 1)).isInstanceOf(Event.Finished.class);
    assertNothingRuns();
  }

  @Test
  void aNewCallToASlowPartnerHangsTheAmendedSideOnlyAndIsRunAgain() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side("head")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get");
    storm.reruns = 1;
    storm.run();

    assertThat(storm.skips()).containsExactly("slow@base not-exposed");
    CellRecord slow = storm.record("slow@head");
    assertThat(slow.ended()).isEqualTo(CellRecord.Ended.TIMED_OUT);
    assertThat(slow.injections()).hasSize(1);
    assertThat(slow.recoveryMillis()).isNotNegative();
    assertThat(storm.cells())
        .contains("slow@head#0 TIMED_OUT 0", "slow@head#1 TIMED_OUT 0")
        .doesNotContain("get@head#1 REPLIED 200");
    assertNothingRuns();
  }

  @Test
  void aSideWithTimeoutAndFallbackHoldsUnderTheSameFault() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side(
                "head",
                Map.of("UPSTREAM", "{upstream.partner}", "UPSTREAM_TIMEOUT", "200"),
                "falls-back")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get")
            .run();

    assertThat(storm.cells()).contains("slow@head#0 REPLIED 200");
  }

  @Test
  void stormsOfABrokenStimulusAreNotRun() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .side("head", "broken")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get");
    storm.reruns = 1;
    storm.run();

    assertThat(storm.skips()).containsExactly("slow@base calm-not-held", "slow@head calm-not-held");
    assertThat(storm.cells()).contains("get@base#1 REPLIED 200", "get@head#1 REPLIED 200");
    assertThat(storm.record("get@head").mismatches().get(0).path()).isEqualTo("body/name");
  }

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
    assertNothingRuns();
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
    assertNothingRuns();
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
    assertNothingRuns();
  }

  @Test
  void aSubjectThatDoesNotRecoverIsStartedAgain() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side(
                "head",
                Map.of("UPSTREAM", "{upstream.partner}", "UPSTREAM_TIMEOUT", "200"),
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

  @Test
  void secretsAreSentAndNeverRecordedNorLogged() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .side("head", "angry")
            .replay("secret", "GET /secret")
            .replay("post", "POST /items")
            .run();

    assertThat(storm.cells()).contains("secret@base#0 REPLIED 200", "secret@head#0 REPLIED 500");
    assertThat(storm.record("secret@head").leak()).isEqualTo("a secret");
    assertThat(storm.record("secret@base").request().headers()).contains("x-shop-key: [redacted]");
    assertThat(Objects.requireNonNull(storm.record("secret@base").reply()).headers())
        .contains("set-cookie: [redacted]");
    assertThat(storm.json()).doesNotContain("5f3a").doesNotContain("session=");
    try (Stream<Path> logs = Files.list(dir.resolve("logs"))) {
      for (Path log : logs.toList()) {
        assertThat(Files.readString(log)).doesNotContain("5f3a");
      }
    }
  }

  @Test
  void aDuplicatedRequestTellsTheIdempotentSideFromTheOther() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "idempotent")
            .side("head")
            .replay("post", "POST /items")
            .storm("twice", "post", "duplicate", Storm.CLIENT, Map.of())
            .run();

    assertThat(storm.record("post@head").effects().get(0).change()).isEqualTo(1);
    assertThat(storm.record("twice@base").effects().get(0).change()).isEqualTo(1);
    assertThat(storm.record("twice@head").effects().get(0).change()).isEqualTo(2);
    assertThat(outcome(storm, "twice@base")).isEqualTo(Outcome.HELD);
    assertThat(outcome(storm, "twice@head")).isEqualTo(Outcome.LOST);
  }

  @Test
  void twoReorderedExchangesAreOneRecord() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .replay("post", "POST /items")
            .replay("secret", "GET /secret")
            .storm(
                "swap",
                "post",
                "reorder",
                Storm.CLIENT,
                Map.of("first", "post", "second", "secret"));
    storm.side("head").run();

    CellRecord swapped = storm.record("swap@base");
    assertThat(swapped.status()).isEqualTo(201);
    assertThat(swapped.injections()).hasSize(1);
    assertThat(swapped.reached()).containsEntry(Storm.CLIENT, 2);
    assertThat(swapped.mismatches())
        .extracting(mismatch -> mismatch.path())
        .containsExactly("second:body/name");
  }

  @Test
  void aResumedRunRepeatsNothingAndStartsNothing() throws Exception {
    Storm first =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side("head")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get")
            .run();
    Storm again =
        new Storm(dir)
            .side("base", "exit")
            .side("head", "exit")
            .replay("get", "GET /items/1")
            .slowPartner("slow", "get")
            .run(first.events);

    assertThat(again.events).hasSize(1).first().isInstanceOf(Event.Finished.class);
  }

  @Test
  void aResumedRunGoesOnWhereTheFirstWasKilled() throws Exception {
    Storm first = new Storm(dir).side("base").side("head").replay("get", "GET /items/1").run();
    List<Event> killed =
        first.events.stream()
            .filter(
                e -> e instanceof Event.CellRun run && run.record().cell().column().equals("base"))
            .toList();
    Storm again =
        new Storm(dir).side("base", "exit").side("head").replay("get", "GET /items/1").run(killed);

    assertThat(again.cells()).containsExactly("get@head#0 REPLIED 200");
    assertThat(again.all(Event.SubjectFailed.class)).isEmpty();
  }

  @Test
  void aUsedUpTimeBudgetCutsCellsAndCountsThem() throws Exception {
    Storm storm =
        new Storm(dir).side("base").replay("get", "GET /items/1").replay("more", "POST /items");
    storm.timeBudget = Duration.ofMillis(1);
    // Starting takes longer than that, so only the cell that started the lane may still run.
    storm.side("head").run();

    assertThat(storm.all(Event.Finished.class).get(0).timeBudgetCut())
        .isEqualTo((int) storm.skips().stream().filter(s -> s.endsWith("time-budget")).count())
        .isGreaterThanOrEqualTo(2);
    assertThat(storm.skips()).contains("more@base time-budget", "more@head time-budget");
  }

  @Test
  void twoRunsWithOneSeedInjectTheSame() throws Exception {
    List<Object> logs =
        Stream.of(1, 2)
            .map(
                run -> {
                  try {
                    Storm storm =
                        new Storm(dir)
                            .side("base")
                            .replay("get", "GET /items/1")
                            .storm("cut", "get", "truncate", Storm.CLIENT, Map.of());
                    storm.side("head").run();
                    return (Object) storm.record("cut@base").injections();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .toList();

    assertThat(logs.get(0)).isEqualTo(logs.get(1));
    assertThat((List<?>) logs.get(0)).isNotEmpty();
  }

  private static Outcome outcome(Storm storm, String label) {
    CellRecord record = storm.record(label);
    CellRecord calm =
        storm.records().stream()
            .filter(r -> r.cell().equals(new Cell("base", record.cell().stimulus(), "")))
            .findFirst()
            .orElseThrow();
    return CellOutcomes.of(record, RequestFit.UNTOUCHED, calm);
  }

  /** No child of this JVM is left, by the pids that the runner wrote down. */
  private void assertNothingRuns() throws Exception {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    try (Stream<Path> pids = Files.list(dir.resolve("logs"))) {
      assertThat(pids.filter(file -> file.toString().endsWith(".pid"))).isNotEmpty();
    }
  }
}
