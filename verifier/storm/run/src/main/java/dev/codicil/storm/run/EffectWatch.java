package dev.codicil.storm.run;

import dev.codicil.experiment.EffectCheck;
import dev.codicil.experiment.Scenario;
import dev.codicil.history.CellRecord.EffectReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads effects before and after a cell. Services may do their work a moment after they answer, so
 * what is taken is a number that has come to rest, never one that was seen in passing.
 */
final class EffectWatch {
  private static final Duration POLL = Duration.ofMillis(25);
  private static final long RESTED_MILLIS = 300;
  private static final long RESTED_AFTER_REPLY_MILLIS = 100;
  private static final long LIMIT_MILLIS = 3000;

  private final SubjectHooks hooks;
  private final RunClock clock;
  private final List<Watched> watched = new ArrayList<>();
  private final Map<String, Long> before = new HashMap<>();

  private record Watched(EffectCheck check, String provider, long expected, boolean own) {
    String key() {
      return provider + "/" + check.name();
    }
  }

  private EffectWatch(SubjectHooks hooks, RunClock clock) {
    this.hooks = hooks;
    this.clock = clock;
  }

  /**
   * Reads the numbers before; effects that several scenarios share are expected once for each. What
   * an unsafe request changes in the subjects behind is read as well, for one scenario at a time.
   *
   * @param behind whether to read the subjects behind
   */
  static EffectWatch before(
      SubjectHooks hooks, RunClock clock, List<Scenario> scenarios, boolean behind)
      throws InterruptedException {
    EffectWatch watch = new EffectWatch(hooks, clock);
    Map<String, Watched> byName = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      for (EffectCheck check : scenario.effects()) {
        byName.merge(
            check.name(),
            new Watched(check, scenario.stimulus().provider(), check.change(), true),
            (one, other) ->
                new Watched(one.check(), one.provider(), one.expected() + other.expected(), true));
      }
    }
    watch.watched.addAll(byName.values());
    if (behind && scenarios.size() == 1 && !scenarios.get(0).request().isSafe()) {
      hooks
          .behind(scenarios.get(0).stimulus().provider())
          .forEach(
              (subject, checks) ->
                  checks.forEach(
                      check ->
                          watch.watched.add(new Watched(check, subject, check.change(), false))));
    }
    for (Watched one : watch.watched) {
      Long value = hooks.read(one.check(), one.provider());
      if (value != null) {
        watch.before.put(one.key(), value);
      }
    }
    return watch;
  }

  /**
   * Reads the numbers after.
   *
   * @param stopAtExpected whether the expected number is enough, without waiting for it to rest: in
   *     calm, where nothing doubles a request
   * @param replied whether the subject answered, so that most of its work is done
   */
  List<EffectReading> after(boolean stopAtExpected, boolean replied) throws InterruptedException {
    if (watched.isEmpty()) {
      return List.of();
    }
    long rested = replied ? RESTED_AFTER_REPLY_MILLIS : RESTED_MILLIS;
    long start = clock.nanos();
    List<EffectReading> last = read();
    long since = clock.nanos();
    while (true) {
      boolean expected =
          last.stream().allMatch(e -> e.own() && e.change() != null && e.change() == e.expected());
      if (stopAtExpected && expected || clock.millisSince(since) >= rested) {
        return last;
      }
      if (clock.millisSince(start) >= LIMIT_MILLIS) {
        return last.stream()
            .map(e -> new EffectReading(e.name(), null, e.expected(), e.behind()))
            .toList();
      }
      clock.pause(POLL);
      List<EffectReading> now = read();
      if (!now.equals(last)) {
        last = now;
        since = clock.nanos();
      }
    }
  }

  private List<EffectReading> read() throws InterruptedException {
    List<EffectReading> readings = new ArrayList<>();
    for (Watched one : watched) {
      Long first = before.get(one.key());
      @Nullable Long now = first == null ? null : hooks.read(one.check(), one.provider());
      readings.add(
          new EffectReading(
              one.check().name(),
              first == null || now == null ? null : Long.valueOf(now - first),
              one.expected(),
              one.own() ? null : one.provider()));
    }
    return readings;
  }
}
