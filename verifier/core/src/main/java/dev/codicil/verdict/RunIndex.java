package dev.codicil.verdict;

import dev.codicil.chaos.FaultSet;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.Event;
import dev.codicil.history.PublishedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A history, indexed by cell. */
final class RunIndex {
  private final Event.Planned planned;
  private final Map<Cell, List<CellRecord>> records = new LinkedHashMap<>();
  private final Set<Cell> cached = new HashSet<>();
  private final Map<Cell, Event.CellSkipped> skipped = new LinkedHashMap<>();
  private final List<Event.SubjectFailed> failures = new ArrayList<>();
  private final Map<String, SmallestCause> causesFound = new HashMap<>();
  private final Map<String, SmallestCause> causes = new HashMap<>();
  private final List<Event.Surfaced> surfaced = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final SortedMap<String, Coverage.Bypass> bypasses = new TreeMap<>();
  private final Set<String> reachedEdges = new HashSet<>();
  private final Map<String, Set<String>> reachedByColumn = new HashMap<>();
  private Event.@Nullable Finished finished;

  RunIndex(List<Event> events) {
    this.planned = (Event.Planned) events.get(0);
    for (Event event : events) {
      if (event instanceof Event.CellRun run) {
        add(run.record());
        if (run.cached()) {
          cached.add(run.record().cell());
        }
      } else if (event instanceof Event.CellSkipped skip) {
        skipped.put(skip.cell(), skip);
      } else if (event instanceof Event.SubjectFailed failed) {
        failures.add(failed);
      } else if (event instanceof Event.CauseFound found) {
        causesFound.put(found.experiment(), found.cause());
      } else if (event instanceof Event.Bypassed bypassed) {
        add(bypassed);
      } else if (event instanceof Event.Surfaced one) {
        surfaced.add(one);
      } else if (event instanceof Event.Noted noted) {
        String column = noted.column();
        notes.add(noted.message() + (column == null ? "" : " (column " + column + ")"));
      } else if (event instanceof Event.Finished end) {
        finished = end;
      }
    }
    Map<String, Stimulus> stimuli = new HashMap<>();
    planned.plan().stimuli().forEach(stimulus -> stimuli.put(stimulus.id(), stimulus));
    for (Experiment experiment : planned.plan().experiments()) {
      SmallestCause cause = causesFound.get(experiment.id());
      Stimulus stimulus = stimuli.get(experiment.stimulus());
      if (cause != null && stimulus != null) {
        causes.putIfAbsent(SmallestCause.kind(stimulus.provider(), experiment.faults()), cause);
      }
    }
    records.values().forEach(list -> list.sort(Comparator.comparingInt(CellRecord::attempt)));
  }

  private void add(CellRecord record) {
    records.computeIfAbsent(record.cell(), cell -> new ArrayList<>()).add(record);
    if (record.cell().calm()) {
      record
          .reached()
          .forEach(
              (edge, count) -> {
                if (count > 0) {
                  reachedEdges.add(edge);
                  reachedByColumn
                      .computeIfAbsent(record.cell().column(), column -> new HashSet<>())
                      .add(edge);
                }
              });
    }
  }

  private void add(Event.Bypassed seen) {
    bypasses.merge(
        seen.subject() + " " + seen.remote() + " " + seen.declared(),
        new Coverage.Bypass(seen.subject(), seen.remote(), seen.declared(), List.of(seen.column())),
        (one, other) -> {
          Set<String> columns = new TreeSet<>(one.columns());
          columns.addAll(other.columns());
          return new Coverage.Bypass(
              one.subject(), one.remote(), one.declared(), List.copyOf(columns));
        });
  }

  /** Connections that no proxy was on, each once, by subject. */
  List<Coverage.Bypass> bypasses() {
    return List.copyOf(bypasses.values());
  }

  /** What stood in logs and must not, in the order it was seen. */
  List<Event.Surfaced> surfaced() {
    return surfaced;
  }

  Event.Planned planned() {
    return planned;
  }

  Event.@Nullable Finished finished() {
    return finished;
  }

  List<Event.SubjectFailed> failures() {
    return failures;
  }

  List<CellRecord> records(Cell cell) {
    return records.getOrDefault(cell, List.of());
  }

  /** All runs of all cells. */
  Iterable<CellRecord> all() {
    return records.values().stream().flatMap(List::stream).toList();
  }

  @Nullable CellRecord first(Cell cell) {
    List<CellRecord> all = records(cell);
    return all.isEmpty() ? null : all.get(0);
  }

  Event.@Nullable CellSkipped skip(Cell cell) {
    return skipped.get(cell);
  }

  int cellsRun() {
    return records.size();
  }

  /** How many of those that were run were not run now. */
  int cellsCached() {
    return cached.size();
  }

  Map<Cell, Event.CellSkipped> skips() {
    return skipped;
  }

  /** The smallest cause of what fails under these faults; null when none was found. */
  @Nullable SmallestCause cause(Stimulus stimulus, FaultSet faults) {
    return causes.get(SmallestCause.kind(stimulus.provider(), faults));
  }

  /** What was noted, each once, and what differs from run to run of the base itself. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    for (Stimulus stimulus : planned.plan().stimuli()) {
      Set<String> noisy = new TreeSet<>();
      for (Step step : planned.plan().steps()) {
        List<CellRecord> runs = records(new Cell(step.before(), stimulus.id(), ""));
        if (!runs.isEmpty()) {
          Set<String> kept = CellOutcomes.measure(runs).fields().keySet();
          if (runs.size() > 1) {
            runs.forEach(run -> noisy.addAll(SteadyState.told(SteadyState.compared(run))));
            noisy.removeAll(SteadyState.told(kept));
          }
        }
      }
      if (!noisy.isEmpty()) {
        all.add(
            "noise: two runs of the base differ in "
                + String.join(", ", noisy)
                + " of the reply to '"
                + stimulus.name()
                + "', which is not compared");
      }
    }
    return all;
  }

  /** Edges that some calm cell of any column reached. */
  Set<String> reachedEdges() {
    return reachedEdges;
  }

  /**
   * Whether some calm cell of a column reached an edge, which proves that the subject uses the
   * injected address.
   */
  boolean reachedIn(String column, String edge) {
    return reachedByColumn.getOrDefault(column, Set.of()).contains(edge);
  }

  /** The calm cell of the side a step starts from; null when it did not run. */
  @Nullable CellRecord calmBase(Step step, String stimulus) {
    return first(new Cell(step.before(), stimulus, ""));
  }

  /** The same, when it held: only then is it a measure for others. */
  private @Nullable CellRecord measure(Step step, String stimulus) {
    CellRecord base = calmBase(step, stimulus);
    if (base == null || CellOutcomes.of(base, RequestFit.UNTOUCHED, null) != Outcome.HELD) {
      return null;
    }
    return CellOutcomes.measure(records(base.cell()));
  }

  /**
   * The same, with what this very column changes in calm in the subjects behind, and without the
   * values that it answers otherwise in calm.
   */
  private @Nullable CellRecord measure(Step step, String column, String stimulus) {
    CellRecord base = measure(step, stimulus);
    List<CellRecord> own = records(new Cell(column, stimulus, ""));
    return base == null || own.isEmpty()
        ? base
        : SteadyState.sharedValues(base, own.get(0)).withEffects(EffectsBehind.agreed(own));
  }

  /** Outcome of a calm cell over all its attempts. */
  Judged calm(Step step, String column, String stimulus) {
    CellRecord base = column.equals(step.before()) ? null : measure(step, stimulus);
    Cell cell = new Cell(column, stimulus, "");
    return judged(cell, records(cell), null, base);
  }

  /** Outcome of a storm cell over all its attempts, once it is known to have run. */
  Judged storm(Step step, String column, Experiment experiment) {
    Cell cell = new Cell(column, experiment.stimulus(), experiment.id());
    List<CellRecord> both = new ArrayList<>(records(cell));
    String other = column.equals(step.before()) ? step.after() : step.before();
    both.addAll(records(new Cell(other, experiment.stimulus(), experiment.id())));
    boolean unaided = CheckOutcomes.unaidedKnown(both);
    List<CellRecord> runs =
        unaided
            ? records(cell)
            : records(cell).stream().map(CheckOutcomes::withoutUnaided).toList();
    Judged judged = judged(cell, runs, experiment, measure(step, column, experiment.stimulus()));
    if (judged.outcome() == Outcome.UNKNOWN) {
      return judged;
    }
    for (CellRecord record : records(cell)) {
      if (record.injections().isEmpty() && !experiment.faults().conditional()) {
        return new Judged(Outcome.UNKNOWN, "the fault never fired, though calm reached its edge");
      }
    }
    return judged;
  }

  /**
   * Whether a cell ran and every exchange passed the conditions of the faults: their match, number,
   * or draw. Nothing is wrong then, but nothing was struck either.
   */
  boolean spared(String column, Experiment experiment) {
    List<CellRecord> all = records(new Cell(column, experiment.stimulus(), experiment.id()));
    return experiment.faults().conditional()
        && !all.isEmpty()
        && all.stream().allMatch(record -> record.injections().isEmpty());
  }

  private Judged judged(
      Cell cell, List<CellRecord> all, @Nullable Experiment experiment, @Nullable CellRecord base) {
    if (all.isEmpty()) {
      Event.CellSkipped skip = skip(cell);
      return new Judged(
          Outcome.UNKNOWN,
          skip == null ? "the cell was not run" : skip.reason() + ": " + skip.detail());
    }
    Map<Outcome, Integer> counts = new LinkedHashMap<>();
    for (CellRecord record : all) {
      counts.merge(CellOutcomes.of(record, experiment, base), 1, Integer::sum);
    }
    Outcome first = counts.keySet().iterator().next();
    if (counts.size() > 1) {
      String lost =
          all.stream()
              .map(CellRecord::published)
              .filter(Objects::nonNull)
              .map(PublishedRecord::problem)
              .filter(Objects::nonNull)
              .findFirst()
              .map(problem -> "; " + problem)
              .orElse("");
      return new Judged(Outcome.UNKNOWN, "flaky over " + all.size() + " runs: " + counts + lost);
    }
    String problem = all.get(0).problem();
    if (problem == null && first == Outcome.UNKNOWN) {
      problem = PublishedOutcomes.difference(all.get(0), base).orElse(null);
    }
    if (problem == null) {
      problem = CheckOutcomes.undecided(all.get(0)).orElse(null);
    }
    return new Judged(first, problem == null ? "" : problem);
  }

  /** An outcome, and why when it is unknown. */
  record Judged(Outcome outcome, String why) {}
}
