package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.HttpRequest;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.experiment.Invariant;
import dev.codicil.experiment.Invariant.ReadBack;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CheckRecord.Reading;
import dev.codicil.history.CheckRecord.Result;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvariantStormTest {
  private static final String COUNT = "/count/body/count";
  private static final String BEFORE = "/before/count/body/count";
  private static final Statement ONCE =
      new Statement(
          "count.body.count - before.count.body.count <= 1",
          List.of(COUNT, BEFORE),
          values ->
              Statement.at(values, COUNT).asInt() - Statement.at(values, BEFORE).asInt() <= 1);

  @TempDir Path dir;

  private static Invariant invariant(Statement check, HttpRequest read, Duration within) {
    return new Invariant(
        "added-once",
        List.of(),
        Map.of("count", new ReadBack("svc", read)),
        check,
        within,
        false,
        Storm.HERE);
  }

  private static Storm with(Storm storm, Invariant invariant) {
    storm.checks = new Checks(List.of(invariant), List.of(), List.of());
    return storm;
  }

  private static Reading only(CellRecord record) {
    assertThat(record.found().invariants()).hasSize(1);
    return record.found().invariants().get(0);
  }

  @Test
  void anInvariantIsAskedInEveryCellAndItsViolationIsCorrupted() throws Exception {
    Storm storm =
        with(
            new Storm(dir)
                .side("base", "idempotent")
                .side("head")
                .replay("add", "POST /items")
                .storm("twice", "add", "duplicate", Storm.CLIENT, Map.of()),
            invariant(ONCE, Storm.get("/count"), Duration.ZERO));
    storm.run();

    assertThat(only(storm.record("add@base")).result()).isEqualTo(Result.HELD);
    assertThat(only(storm.record("add@head")).result()).isEqualTo(Result.HELD);
    assertThat(only(storm.record("twice@base")).result()).isEqualTo(Result.HELD);
    Reading violated = only(storm.record("twice@head"));
    assertThat(violated.result()).isEqualTo(Result.VIOLATED);
    assertThat(violated.values()).containsOnlyKeys("before.count.body.count", "count.body.count");
    assertThat(outcome(storm, "twice@base")).isEqualTo(Outcome.HELD);
    assertThat(outcome(storm, "twice@head")).isEqualTo(Outcome.CORRUPTED);
  }

  private static Outcome outcome(Storm storm, String label) {
    return CellOutcomes.of(storm.record(label), RequestFit.UNTOUCHED, null);
  }

  @Test
  void anInvariantIsAskedAgainAfterTheRecovery() throws Exception {
    Statement positive =
        new Statement(
            "count.body.count >= 0",
            List.of(COUNT),
            values -> Statement.at(values, COUNT).asInt() >= 0);
    Storm storm =
        with(
            new Storm(dir)
                .side("base", "ignores-upstream")
                .side(
                    "head",
                    Map.of("UPSTREAM", "{upstream.partner}", "UPSTREAM_TIMEOUT", "200"),
                    "sulks",
                    "falls-back")
                .replay("get", "GET /items/1")
                .slowPartner("slow", "get"),
            invariant(positive, Storm.get("/count"), Duration.ZERO));
    storm.recovery = Duration.ofMillis(600);
    storm.run();

    CellRecord slow = storm.record("slow@head");
    assertThat(slow.recoveryMillis()).isNegative();
    assertThat(slow.found().invariants())
        .extracting(Reading::result, Reading::recovered)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Result.VIOLATED, false),
            org.assertj.core.groups.Tuple.tuple(Result.VIOLATED, true));
  }

  @Test
  void whatCannotBeReadIsUndecidedAndNeverTrue() throws Exception {
    Storm storm =
        with(
            new Storm(dir).side("base").side("head").replay("add", "POST /items"),
            invariant(ONCE, Storm.get("/nowhere"), Duration.ZERO));
    storm.run();

    Reading reading = only(storm.record("add@head"));
    assertThat(reading.result()).isEqualTo(Result.UNDECIDED);
    assertThat(reading.problem()).contains("no such key").contains("status 404");
    assertThat(outcome(storm, "add@head")).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void whatIsNeverTrueIsWaitedForAsLongAsItSaysAndNoLonger() throws Exception {
    Statement never = new Statement("count.body.count > 9", List.of(COUNT), values -> false);
    Storm storm =
        with(
            new Storm(dir).side("base").side("head").replay("add", "POST /items"),
            invariant(never, Storm.get("/count"), Duration.ofMillis(300)));
    long start = System.nanoTime();
    storm.run();

    assertThat(only(storm.record("add@head")).result()).isEqualTo(Result.VIOLATED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void secretsAreTakenOutOfWhatAnInvariantRead() throws Exception {
    Statement telling = new Statement("reply.body == 'x'", List.of("/reply/body"), values -> false);
    Storm storm =
        with(
            new Storm(dir).side("base").side("head").replay("secret", "GET /secret"),
            new Invariant("told", List.of(), Map.of(), telling, Duration.ZERO, true, Storm.HERE));
    storm.run();

    assertThat(only(storm.record("secret@head")).values().get("reply.body"))
        .contains(Redactor.MARK);
    assertThat(outcome(storm, "secret@head")).isEqualTo(Outcome.LOST);
    assertThat(storm.json()).doesNotContain("tok-5f3a");
  }

  @Test
  void anInvariantOfAReplyIsNotAskedWhereNoneCame() throws Exception {
    Statement named =
        new Statement(
            "reply.body.name == 'one'",
            List.of("/reply/body/name"),
            values -> Statement.at(values, "/reply/body/name").asText().equals("one"));
    Storm storm =
        with(
            new Storm(dir)
                .side("base")
                .side("head")
                .replay("get", "GET /items/1")
                .slowPartner("slow", "get"),
            new Invariant("named", List.of(), Map.of(), named, Duration.ZERO, false, Storm.HERE));
    storm.run();

    assertThat(only(storm.record("get@head")).result()).isEqualTo(Result.HELD);
    assertThat(only(storm.record("slow@head")).result()).isEqualTo(Result.NOT_ASKED);
    assertThat(outcome(storm, "slow@head")).isEqualTo(Outcome.HUNG);
  }
}
