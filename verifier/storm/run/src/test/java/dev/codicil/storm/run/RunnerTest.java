package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Durations;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.experiment.SmallestCause;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(record.seen().get(Storm.CLIENT + " downstream")).containsExactly("", "/id", "/name");
    assertThat(record.fields())
        .containsExactly(Map.entry("/id", "integer"), Map.entry("/name", "string"));
    assertThat(storm.all(Event.SubjectStarted.class)).hasSize(2);
    assertThat(storm.events.get(storm.events.size() - 1)).isInstanceOf(Event.Finished.class);
    Storm.assertNothingRuns(dir);
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
    Storm.assertNothingRuns(dir);
  }

  @Test
  void theSmallestLatencyThatFailsIsFoundOnceForAllWhoFailAlike() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side("head", Map.of("UPSTREAM", "{upstream.partner}", "UPSTREAM_TIMEOUT", "400"))
            .replay("get", "GET /items/1")
            .replay("again", "GET /items/1")
            .slowPartner("slow", "get")
            .slowPartner("slow-again", "again");
    storm.causes = true;
    storm.run();

    List<Event.CauseFound> found = storm.all(Event.CauseFound.class);
    assertThat(found).extracting(Event.CauseFound::experiment).containsExactly("slow");
    SmallestCause cause = found.get(0).cause();
    assertThat(cause.complete()).isTrue();
    SmallestCause.Threshold threshold = Objects.requireNonNull(cause.threshold());
    // The subject gives up after 400 ms, whatever the machine is doing; never before, and by its
    // own clock, which starts a little later.
    assertThat(Durations.parse(threshold.failsFrom()))
        .isBetween(Duration.ofMillis(250), Duration.ofMillis(420));
    assertThat(Durations.parse(threshold.holdsUpTo()))
        .isLessThan(Durations.parse(threshold.failsFrom()))
        .isLessThan(Duration.ofMillis(410));
    assertThat(storm.cells()).filteredOn(cell -> cell.startsWith("slow@head")).hasSize(1);
    Storm.assertNothingRuns(dir);
  }

  @Test
  void theBaseIsRunAgainstItselfSoThatNoiseIsSeen() throws Exception {
    Storm storm = new Storm(dir).side("base", "moody").side("head").replay("get", "GET /items/1");
    storm.noise = true;
    storm.reruns = 1;
    storm.run();

    assertThat(storm.cells())
        .containsExactly(
            "get@base#0 REPLIED 500", "get@base#1 REPLIED 200", "get@head#0 REPLIED 200");
  }

  @Test
  void aHalfRolledOutFleetAnswersWithANodeOfTheVersionBefore() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "ignores-upstream")
            .side("head")
            .withShop()
            .storm("old", "buy", "version-skew", "shop->svc", Map.of("pattern", "rollback"))
            .run();

    assertThat(storm.record("old@head").answer()).isEqualTo("held");
    assertThat(storm.record("old@head").injections())
        .isEqualTo(storm.record("old@base").injections())
        .hasSize(1);
    assertThat(Files.readString(dir.resolve("logs/head-svc-before.log")))
        .contains("I am head/head\n", "GET /partner\n");
    assertThat(dir.resolve("logs/base-svc-before.log")).doesNotExist();
    assertThat(dir.resolve("logs/head-shop-before.log")).doesNotExist();
    Storm.assertNothingRuns(dir);
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

  @ParameterizedTest
  @CsvSource({
    "'', REFUSED", // 503 and JSON: clean
    "falls-back, HELD",
    "guesses, CORRUPTED",
  })
  void aProbeThatDeclaresNothingIsHeldToWhatItAnswersInCalm(String vice, Outcome late)
      throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .side("head")
            .withUndeclaredShop(vice)
            .storm("late", "buy", "latency", "shop->svc", Map.of("latency", "60s"));
    storm.noise = true;
    storm.run();

    assertThat(storm.record("buy@head").answer()).isEqualTo(CellRecord.UNDECLARED);
    assertThat(measured(storm, "buy@head")).isEqualTo(Outcome.HELD);
    assertThat(measured(storm, "late@base")).isEqualTo(late);
    assertThat(measured(storm, "late@head")).isEqualTo(late);
    assertThat(storm.record("late@head").recoveryMillis()).isNotNegative();
  }

  @Test
  void aValueThatTheBaseItselfChangesFromRunToRunIsAskedOfNobody() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .side("head")
            .withUndeclaredShop("counts")
            .storm("late", "buy", "latency", "shop->svc", Map.of("latency", "10ms"));
    storm.noise = true;
    storm.run();

    assertThat(storm.record("buy@base").fields()).containsKeys("=/served", "=/name");
    assertThat(measured(storm, "buy@head")).isEqualTo(Outcome.HELD);
    assertThat(measured(storm, "late@head")).isEqualTo(Outcome.HELD);
    assertThat(storm.record("late@head").recoveryMillis()).isNotNegative();
  }

  @Test
  void aProbeOfARealConsumerIsJudgedByItsDeclaredAnswers() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .side("head")
            .withShop()
            .storm("late", "buy", "latency", "shop->svc", Map.of("latency", "60s"))
            .storm("else", "buy", "latency", Storm.PARTNER, Map.of("latency", "60s"))
            .run();

    assertThat(storm.record("buy@head").answer()).isEqualTo("held");
    assertThat(storm.record("buy@head").reached())
        .containsExactly(Map.entry("client->shop", 1), Map.entry("shop->svc", 1));
    assertThat(storm.record("late@head").answer()).isEqualTo("refused");
    assertThat(storm.record("late@head").status()).isEqualTo(503);
    assertThat(outcome(storm, "late@head")).isEqualTo(Outcome.REFUSED);
    assertThat(storm.skips()).containsExactly("else@base not-exposed", "else@head not-exposed");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aSideWithoutAnImplementationIsPlayedByAStub() throws Exception {
    HttpReply one =
        new HttpReply(
            200,
            Headers.of("content-type", "application/json"),
            Payload.of("{\"id\":1,\"name\":\"one\"}"));
    Storm storm =
        new Storm(dir)
            .side("base")
            .launch(
                "head",
                new Launch.StubLaunch(List.of(Storm.interaction("get", "GET", "/items/1", one))))
            .replay("get", "GET /items/1", "some item")
            .replay("post", "POST /items")
            .run();

    assertThat(storm.cells()).contains("get@base#0 REPLIED 200", "get@head#0 REPLIED 200");
    assertThat(storm.record("get@head").mismatches()).isEmpty();
    assertThat(storm.record("post@head").effects().get(0).change()).isNull();
    assertThat(storm.all(Event.Noted.class))
        .extracting(Event.Noted::message)
        .containsExactly("the stub of svc has no answer to POST /items");
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
  void whatARetryAddsTwiceBehindTheSubjectIsReadThere() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base", "idempotent")
            .side("head")
            .withOrderingShop()
            .storm("lost", "order", "reset", "shop->svc", Map.of("after", "mid-reply"))
            .run();

    assertThat(storm.record("order@base").ownEffects()).isEmpty();
    assertThat(storm.record("order@base").effects())
        .containsExactly(new CellRecord.EffectReading("added", 1L, 1, "svc"));
    assertThat(storm.record("lost@base").effects().get(0).change()).isEqualTo(1);
    assertThat(storm.record("lost@head").effects().get(0).change()).isEqualTo(2);
    assertThat(outcome(storm, "lost@base")).isEqualTo(Outcome.REFUSED);
    assertThat(outcome(storm, "lost@head")).isEqualTo(Outcome.LOST);
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

  /** As the judge sees it: by what all calm runs of the base have in common. */
  private static Outcome measured(Storm storm, String label) {
    List<CellRecord> base =
        storm.events.stream()
            .filter(Event.CellRun.class::isInstance)
            .map(event -> ((Event.CellRun) event).record())
            .filter(record -> record.cell().label().equals("buy@base"))
            .toList();
    assertThat(base).hasSize(2);
    return CellOutcomes.of(storm.record(label), RequestFit.UNTOUCHED, CellOutcomes.measure(base));
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
}
