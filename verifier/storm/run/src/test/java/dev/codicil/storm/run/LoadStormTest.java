package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Load;
import dev.codicil.chaos.Load.Percentile;
import dev.codicil.chaos.Load.Tolerance;
import dev.codicil.contract.Ledger;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.history.LoadRecord;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Judge;
import dev.codicil.verdict.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load from end to end, on real processes. */
class LoadStormTest {
  /** A slack that no machine uses up in calm, however busy it is. */
  private static final Load LOAD =
      new Load(50, 2, Map.of(Percentile.P99, new Tolerance(2, 3_000)), Load.SAFE);

  @TempDir Path dir;

  private static AmendmentVerdict judged(Storm storm) {
    List<Event> events = new ArrayList<>();
    events.add(
        new Event.Planned(
            1,
            "test",
            storm.request().plan(),
            List.of(),
            new Ledger(List.of()),
            Map.of(),
            "replayed",
            List.of(Storm.PARTNER)));
    events.addAll(storm.events);
    return new Judge(Policy.DEFAULT).judge(events);
  }

  /**
   * A hundred requests in two seconds, a partner that takes 120 ms: behind a lock the last of them
   * waits for twelve seconds' worth of calls, and one by one nothing is to be seen.
   */
  @Test
  void callsThatQueueBehindALockCostResilienceOnlyUnderLoad() throws Exception {
    Storm storm = new Storm(dir).side("base").side("head", "queues").replay("get", "GET /items/1");
    storm.budget = Duration.ofSeconds(60);
    storm.storm("once", "get", "latency", Storm.PARTNER, Map.of("latency", "120ms"));
    storm.latePartnerUnder(LOAD, "late", "get", "120ms").run();

    LoadRecord before = Objects.requireNonNull(storm.record("late@base").load());
    LoadRecord after = Objects.requireNonNull(storm.record("late@head").load());
    assertThat(before.sent()).isEqualTo(100);
    assertThat(before.latency().samples()).isEqualTo(100);
    assertThat(before.latency().p50()).isGreaterThanOrEqualTo(120);
    assertThat(before.injected()).isEqualTo(100);
    assertThat(before.answers()).extracting(LoadRecord.Answer::count).containsExactly(100);
    assertThat(storm.record("late@base").injections()).hasSize(20);
    // 99 calls of 120 ms one after the other, less the two seconds in which they arrive.
    assertThat(after.latency().p99()).isGreaterThan(5_000);
    assertThat(after.errors()).isZero();

    AmendmentVerdict verdict = judged(storm);
    assertThat(verdict.findings())
        .filteredOn(finding -> finding.id().equals("once"))
        .extracting(Finding::kind)
        .containsExactly(FindingKind.COMPATIBLE);
    Finding lost =
        verdict.findings().stream()
            .filter(finding -> finding.id().equals("late"))
            .findFirst()
            .orElseThrow();
    assertThat(lost.kind()).isEqualTo(FindingKind.RESILIENCE_LOST);
    assertThat(lost.reason()).startsWith("the same faults under the same load: p99 is ");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aServiceThatFailsEverySecondTimeIsToldAsItIs() throws Exception {
    Storm storm = new Storm(dir).side("base").side("head", "falters").replay("get", "GET /items/1");
    storm.budget = Duration.ofSeconds(60); // a busy machine is slow, and that is no error here
    storm.latePartnerUnder(LOAD, "late", "get", "5ms").run();

    CellRecord calm =
        storm.records().stream()
            .filter(record -> record.load() != null && record.cell().column().equals("head"))
            .findFirst()
            .orElseThrow();
    LoadRecord load = Objects.requireNonNull(calm.load());
    assertThat(load.errors()).isEqualTo(50);
    assertThat(storm.skips()).containsExactly("late@base calm-not-held", "late@head calm-not-held");
    assertThat(judged(storm).findings())
        .filteredOn(finding -> finding.load() != null)
        .extracting(Finding::kind)
        .containsExactly(FindingKind.BROKEN);
    Storm.assertNothingRuns(dir);
  }
}
