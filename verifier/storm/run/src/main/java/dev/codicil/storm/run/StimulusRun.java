package dev.codicil.storm.run;

import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.CheckRecord;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.LoadComparison;
import dev.codicil.verdict.LoadComparison.Standing;
import dev.codicil.verdict.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One stimulus in all columns: its calm cells, then its storms, columns side by side; then, with
 * nothing else going on, once more those cells on which something hangs.
 */
final class StimulusRun {
  /** How close to its time budget a cell may end without being run again, in percent. */
  private static final int NEAR_PERCENT = 20;

  private final RunRequest request;
  private final Map<String, ColumnRun> columns;
  private final ExecutorService lanes;
  private final RunLog log;
  private final Turns turns;
  private final CauseSearch causes;
  private final BooleanSupplier timeIsUp;
  private final Stimulus stimulus;
  private final Map<String, List<CellRecord>> calm = new LinkedHashMap<>();
  private final Map<Experiment, Map<String, List<CellRecord>>> loadCells = new LinkedHashMap<>();

  StimulusRun(
      RunRequest request,
      Map<String, ColumnRun> columns,
      ExecutorService lanes,
      RunLog log,
      Turns turns,
      CauseSearch causes,
      BooleanSupplier timeIsUp,
      Stimulus stimulus) {
    this.request = request;
    this.columns = columns;
    this.lanes = lanes;
    this.log = log;
    this.turns = turns;
    this.causes = causes;
    this.timeIsUp = timeIsUp;
    this.stimulus = stimulus;
  }

  /** The calm cells, before any storm. */
  void calm() throws InterruptedException {
    Map<String, Callable<List<CellRecord>>> work = new LinkedHashMap<>();
    Set<String> bases = new HashSet<>();
    request.plan().steps().forEach(step -> bases.add(step.before()));
    columns.forEach((id, column) -> work.put(id, () -> calm(column, bases.contains(id))));
    calm.putAll(SideBySide.run(lanes, work));
    rerunCalm();
  }

  private List<CellRecord> calm(ColumnRun column, boolean base) throws InterruptedException {
    CellRecord first = column.calm(stimulus);
    CellRecord second =
        first != null && base && request.noise() ? column.noise(stimulus, first) : null;
    return Stream.of(first, second).filter(Objects::nonNull).toList();
  }

  private void rerunCalm() throws InterruptedException {
    Set<String> doubtful = new LinkedHashSet<>();
    for (Step step : request.plan().steps()) {
      Outcome before = calmOutcome(step, step.before());
      Outcome after = calmOutcome(step, step.after());
      if (after.worseThan(before) || near(step.before(), calm) || near(step.after(), calm)) {
        doubtful.add(step.before());
        doubtful.add(step.after());
      }
    }
    doubtful.removeIf(column -> calm(column) == null);
    rerun(List.of(new Doubt(null, stimulus.name() + " in calm", doubtful, calm)));
  }

  /**
   * The storm cells of these experiments, none or more: storms under a load last, for they are
   * measured by calm under that load.
   */
  void storms(List<Experiment> experiments) throws InterruptedException {
    List<Experiment> loaded =
        experiments.stream().filter(one -> one.load() != null && !one.calm()).toList();
    List<Experiment> rest = experiments.stream().filter(one -> !loaded.contains(one)).toList();
    Map<Experiment, Map<String, List<CellRecord>>> cells = run(rest);
    List<Experiment> measurable = new ArrayList<>();
    for (Experiment storm : loaded) {
      Experiment twin = rest.stream().filter(one -> one.isCalmOf(storm)).findFirst().orElse(null);
      if (twin != null && cells.containsKey(twin) && spoiled(twin, cells.get(twin))) {
        columns.forEach(
            (id, column) ->
                log.skip(
                    column.stormCell(storm),
                    RunLog.CALM_NOT_HELD,
                    "calm under the same load is not as good after as before"));
      } else {
        measurable.add(storm);
      }
    }
    run(measurable);
  }

  /** Whether calm under a load already decides, so that its storms are not judged. */
  private boolean spoiled(Experiment calm, @Nullable Map<String, List<CellRecord>> cells) {
    List<Step> bearing = request.plan().steps().stream().filter(this::bearsStorms).toList();
    return cells != null
        && !bearing.isEmpty()
        && bearing.stream().allMatch(step -> decided(step, calm, cells));
  }

  private boolean decided(Step step, Experiment calm, Map<String, List<CellRecord>> cells) {
    Outcome before = stormOutcome(step, step.before(), calm, cells);
    Outcome after = stormOutcome(step, step.after(), calm, cells);
    return before != Outcome.HELD
        || after != Outcome.HELD
        || !standing(step, calm, cells).equals(Optional.of(Standing.KEPT));
  }

  private Map<Experiment, Map<String, List<CellRecord>>> run(List<Experiment> experiments)
      throws InterruptedException {
    if (experiments.isEmpty()) {
      return Map.of();
    }
    Set<String> needed = new LinkedHashSet<>();
    for (Step step : request.plan().steps()) {
      if (bearsStorms(step)) {
        needed.add(step.before());
        needed.add(step.after());
      }
    }
    Map<String, Callable<Map<String, List<CellRecord>>>> work = new LinkedHashMap<>();
    columns.forEach(
        (id, column) -> {
          CellRecord own = calm(id);
          if (needed.contains(id) && own != null) {
            work.put(id, () -> storms(column, experiments, own));
          } else {
            skipStorms(id, column, experiments);
          }
        });
    Map<String, Map<String, List<CellRecord>>> results = SideBySide.run(lanes, work);
    Map<Experiment, Map<String, List<CellRecord>>> cells = new LinkedHashMap<>();
    for (Experiment experiment : experiments) {
      Map<String, List<CellRecord>> own = new HashMap<>();
      results.forEach(
          (column, byId) -> own.put(column, byId.getOrDefault(experiment.id(), List.of())));
      cells.put(experiment, own);
    }
    List<Doubt> doubts = new ArrayList<>();
    cells.forEach((experiment, own) -> doubts.add(doubt(experiment, own)));
    rerun(doubts);
    cells.forEach(this::suspect);
    loadCells.putAll(
        cells.entrySet().stream()
            .filter(one -> one.getKey().calm())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    return cells;
  }

  /** How latencies stand; empty for what is replayed once. */
  private Optional<Standing> standing(
      Step step, Experiment experiment, Map<String, List<CellRecord>> cells) {
    return Optional.ofNullable(experiment.load())
        .map(
            load ->
                LoadComparison.of(
                        load,
                        loadRuns(step.before(), experiment, cells),
                        loadRuns(step.after(), experiment, cells))
                    .standing());
  }

  /** A column that the faults cannot reach stands as in calm, under the same load. */
  private List<CellRecord> loadRuns(
      String column, Experiment experiment, Map<String, List<CellRecord>> cells) {
    List<CellRecord> own = cells.getOrDefault(column, List.of());
    return !own.isEmpty()
        ? own
        : loadCells.entrySet().stream()
            .filter(one -> one.getKey().isCalmOf(experiment))
            .flatMap(one -> one.getValue().getOrDefault(column, List.of()).stream())
            .toList();
  }

  /**
   * What is surely worse after than before is to be narrowed down; under a load each trial would
   * take as long as the load, so that is not done.
   */
  private void suspect(Experiment experiment, Map<String, List<CellRecord>> cells) {
    if (experiment.load() != null || stimulus.kind() == Stimulus.Kind.MESSAGES) {
      return; // a sequence of messages is short, and its faults have nothing to be narrowed along
    }
    for (Step step : request.plan().steps()) {
      CellRecord own = calm(step.after());
      List<CellRecord> records = cells.getOrDefault(step.after(), List.of());
      if (!bearsStorms(step) || own == null || records.isEmpty() || unreturned(records.get(0))) {
        continue;
      }
      Outcome before = stormOutcome(step, step.before(), experiment, cells);
      boolean worse = stormOutcome(step, step.after(), experiment, cells).worseThan(before);
      if (worse && before != Outcome.UNKNOWN) {
        causes.suspect(
            new CauseSearch.Suspect(
                experiment, step.after(), before, records.get(0), own, measure(step)));
      }
    }
  }

  /** Each trial would have to wait for as long as the subject may take to come back. */
  private static boolean unreturned(CellRecord record) {
    CheckRecord.Unaided unaided = record.found().unaided();
    return unaided != null && !unaided.back();
  }

  private static Map<String, List<CellRecord>> storms(
      ColumnRun column, List<Experiment> experiments, CellRecord calm) throws InterruptedException {
    Map<String, List<CellRecord>> records = new LinkedHashMap<>();
    for (Experiment experiment : experiments) {
      records.put(experiment.id(), listed(column.storm(experiment, calm)));
    }
    return records;
  }

  private Doubt doubt(Experiment experiment, Map<String, List<CellRecord>> cells) {
    Set<String> doubtful = new LinkedHashSet<>();
    for (Step step : request.plan().steps()) {
      if (!bearsStorms(step)) {
        continue;
      }
      Outcome before = stormOutcome(step, step.before(), experiment, cells);
      Outcome after = stormOutcome(step, step.after(), experiment, cells);
      if (after.worseThan(before)
          || near(step.before(), cells)
          || near(step.after(), cells)
          || standing(step, experiment, cells).equals(Optional.of(Standing.EXCEEDED))) {
        doubtful.add(step.before());
        doubtful.add(step.after());
      }
    }
    doubtful.removeIf(column -> cells.getOrDefault(column, List.of()).isEmpty());
    String what = stimulus.name() + " under " + experiment.label();
    return new Doubt(experiment, what, doubtful, cells);
  }

  /** Cells that a finding may rest on: an experiment's, or without one the calm ones. */
  private record Doubt(
      @Nullable Experiment experiment,
      String what,
      Set<String> columns,
      Map<String, List<CellRecord>> cells) {}

  /**
   * Runs cells again. The last time one after the other, and nothing else runs in any group, so
   * that no finding rests on the load of our own making; all of a stimulus on one turn, since the
   * others wait.
   */
  private void rerun(List<Doubt> all) throws InterruptedException {
    List<Doubt> doubts = all.stream().filter(doubt -> !doubt.columns().isEmpty()).toList();
    if (doubts.isEmpty()) {
      return;
    }
    for (int i = 1; i <= request.reruns(); i++) {
      boolean alone = i == request.reruns() || doubts.stream().anyMatch(this::wantsAlone);
      Map<String, List<@Nullable CellRecord>> again = new LinkedHashMap<>();
      try (Turns.Turn turn = alone ? turns.alone() : turns.beside()) {
        if (alone) {
          for (ColumnRun column : columns.values()) {
            again.put(column.id(), again(column, doubts));
          }
        } else {
          Map<String, Callable<List<@Nullable CellRecord>>> work = new LinkedHashMap<>();
          columns.forEach((id, column) -> work.put(id, () -> again(column, doubts)));
          again.putAll(SideBySide.run(lanes, work));
        }
      }
      again.forEach((id, records) -> add(id, doubts, records));
    }
  }

  private boolean wantsAlone(Doubt doubt) {
    Experiment experiment = doubt.experiment();
    return experiment != null && ColumnRun.wantsAlone(request, experiment);
  }

  /** Each of these cells once more in one column; null for what it does not have or cannot run. */
  private List<@Nullable CellRecord> again(ColumnRun column, List<Doubt> doubts)
      throws InterruptedException {
    List<@Nullable CellRecord> records = new ArrayList<>();
    for (Doubt doubt : doubts) {
      CellRecord own = calm(column.id());
      if (own == null || !doubt.columns().contains(column.id())) {
        records.add(null);
        continue;
      }
      Experiment experiment = doubt.experiment();
      int attempt = doubt.cells().getOrDefault(column.id(), List.of()).size();
      Cell cell = experiment == null ? column.calmCell(stimulus) : column.stormCell(experiment);
      if (log.earlier(cell, attempt) == null && timeIsUp.getAsBoolean()) {
        log.note("the time budget left no time to run again: " + doubt.what(), column.id());
        records.add(null);
        continue;
      }
      log.phase("again, on its own: " + doubt.what());
      records.add(column.again(cell, attempt, experiment, own));
    }
    return records;
  }

  private static void add(String column, List<Doubt> doubts, List<@Nullable CellRecord> records) {
    for (int i = 0; i < doubts.size(); i++) {
      CellRecord record = records.get(i);
      if (record != null) {
        Map<String, List<CellRecord>> cells = doubts.get(i).cells();
        List<CellRecord> longer = new ArrayList<>(cells.getOrDefault(column, List.of()));
        longer.add(record);
        cells.put(column, longer);
      }
    }
  }

  /**
   * Whether storms of a step can be judged: both sides held in calm. A stimulus that is worse
   * after, or was not good before, gets its one finding from calm alone.
   */
  private boolean bearsStorms(Step step) {
    return calmOutcome(step, step.before()) == Outcome.HELD
        && calmOutcome(step, step.after()) == Outcome.HELD;
  }

  private void skipStorms(String id, ColumnRun column, List<Experiment> experiments) {
    String reason = RunLog.CALM_NOT_HELD;
    StringBuilder detail = new StringBuilder("in calm:");
    for (Step step : request.plan().steps()) {
      if (!step.before().equals(id) && !step.after().equals(id)) {
        continue;
      }
      for (String side : List.of(step.before(), step.after())) {
        ColumnRun other = columns.get(side);
        String failure = other == null ? null : other.failure();
        if (failure != null && calm(side) == null) {
          reason = RunLog.SUBJECT_FAILED;
          detail = new StringBuilder("column ").append(side).append(": ").append(failure);
          break;
        }
        if (calm(side) == null) {
          reason = RunLog.TIME_BUDGET;
          detail = new StringBuilder("no time was left for calm in column ").append(side);
          break;
        }
        detail.append(' ').append(side).append(' ').append(calmOutcome(step, side));
      }
    }
    for (Experiment experiment : experiments) {
      log.skip(column.stormCell(experiment), reason, detail.toString());
    }
  }

  private Outcome calmOutcome(Step step, String column) {
    return outcome(
        calm.getOrDefault(column, List.of()),
        null,
        column.equals(step.before()) ? null : measure(step));
  }

  /**
   * A column the faults cannot reach stands as in calm; a fault that never fired, though it should
   * have, tells nothing.
   */
  private Outcome stormOutcome(
      Step step, String column, Experiment experiment, Map<String, List<CellRecord>> cells) {
    List<CellRecord> records = cells.getOrDefault(column, List.of());
    if (records.isEmpty()) {
      return calmOutcome(step, column);
    }
    if (!experiment.faults().conditional()
        && records.stream().anyMatch(record -> record.injections().isEmpty())) {
      return Outcome.UNKNOWN;
    }
    return outcome(records, experiment, measure(step));
  }

  /** The one outcome of all attempts; UNKNOWN when they disagree. */
  static Outcome outcome(
      List<CellRecord> records, @Nullable Experiment experiment, @Nullable CellRecord base) {
    List<Outcome> outcomes =
        records.stream()
            .map(record -> CellOutcomes.of(record, experiment, base))
            .distinct()
            .toList();
    return outcomes.size() == 1 ? outcomes.get(0) : Outcome.UNKNOWN;
  }

  /** What replies are measured by in this step. */
  private @Nullable CellRecord measure(Step step) {
    List<CellRecord> records = calm.getOrDefault(step.before(), List.of());
    return records.isEmpty() ? null : CellOutcomes.measure(records);
  }

  private @Nullable CellRecord calm(String column) {
    List<CellRecord> records = calm.getOrDefault(column, List.of());
    return records.isEmpty() ? null : records.get(0);
  }

  private static boolean near(String column, Map<String, List<CellRecord>> cells) {
    return cells.getOrDefault(column, List.of()).stream().anyMatch(StimulusRun::near);
  }

  /** Whether a cell ended so close to its time budget that luck may have decided. */
  static boolean near(CellRecord record) {
    if (record.load() != null) {
      return false; // of many requests some are always near
    }
    boolean timed = record.ended() == Ended.REPLIED || record.ended() == Ended.TIMED_OUT;
    long distance = Math.abs(record.elapsedMillis() - record.budgetMillis());
    return timed && distance * 100 <= record.budgetMillis() * NEAR_PERCENT;
  }

  private static List<CellRecord> listed(@Nullable CellRecord record) {
    return record == null ? List.of() : List.of(record);
  }
}
