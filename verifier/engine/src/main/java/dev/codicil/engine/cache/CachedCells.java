package dev.codicil.engine.cache;

import dev.codicil.contract.InputException;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.Event;
import dev.codicil.storm.run.RunRequest;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one run that need not be run: those whose inputs are what they were when they were
 * run before. Their records come back as they were written.
 */
public final class CachedCells {
  /** How close to its time budget a cell may end and still be believed again, in percent. */
  private static final int NEAR_PERCENT = 20;

  /** Some hundred amendments, at a few kilobytes an entry. */
  private static final int MOST_ENTRIES = 20_000;

  private final CellCache cache;
  private final RunRequest request;
  private final Map<Cell, String> keys = new LinkedHashMap<>();
  private final CellKeys naming;
  private final Set<String> known = new HashSet<>();

  private CachedCells(CellCache cache, RunRequest request, CellKeys naming) {
    this.cache = cache;
    this.request = request;
    this.naming = naming;
    Plan plan = request.plan();
    Map<String, Stimulus> stimuli = new HashMap<>();
    plan.stimuli().forEach(stimulus -> stimuli.put(stimulus.id(), stimulus));
    for (Column column : plan.columns()) {
      for (Stimulus stimulus : plan.stimuli()) {
        put(new Cell(column.id(), stimulus.id(), ""), naming.calm(column, stimulus));
      }
      for (Experiment experiment : plan.experiments()) {
        Stimulus stimulus = stimuli.get(experiment.stimulus());
        if (stimulus != null) {
          put(
              new Cell(column.id(), experiment.stimulus(), experiment.id()),
              naming.storm(column, stimulus, experiment));
        }
      }
    }
  }

  private void put(Cell cell, Optional<String> key) {
    key.ifPresent(k -> keys.put(cell, k));
  }

  /**
   * Names the cells of a run.
   *
   * @throws InputException when the folder cannot be used
   */
  public static CachedCells of(Path folder, RunRequest request, Inputs inputs) {
    CellCache cache = CellCache.open(folder);
    return new CachedCells(cache, request, new CellKeys(request, inputs, cache.secret()));
  }

  /** What is kept of this run's cells: their attempts, and the causes of experiments. */
  public List<Event> events() {
    List<Event> events = new ArrayList<>();
    keys.forEach(
        (cell, key) ->
            cache
                .find(key)
                .filter(entry -> !entry.records().isEmpty())
                .filter(entry -> entry.records().stream().allMatch(r -> r.cell().equals(cell)))
                .ifPresent(
                    entry -> {
                      known.add(key);
                      entry.records().forEach(r -> events.add(new Event.CellRun(r, true)));
                    }));
    for (Experiment experiment : request.plan().experiments()) {
      causeKey(experiment)
          .flatMap(cache::find)
          .map(CellCache.Entry::cause)
          .ifPresent(cause -> events.add(new Event.CauseFound(experiment.id(), cause)));
    }
    return events;
  }

  /** What a reader of the report should know of the cache; each is one sentence. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    naming
        .refused()
        .forEach(
            (subject, reason) ->
                notes.add("cells of " + subject + " are run each time, not cached: " + reason));
    if (cache.damaged() > 0) {
      notes.add(cache.damaged() + " entries of the cache are damaged; their cells are run again");
    }
    return notes;
  }

  /**
   * Keeps what a run that came to its end has observed, as far as it may be believed again.
   *
   * @throws IOException when the folder cannot be written
   */
  public void keep(List<Event> events) throws IOException {
    Set<String> doubtful = new HashSet<>();
    Map<Cell, List<CellRecord>> records = new LinkedHashMap<>();
    for (Event event : events) {
      if (event instanceof Event.SubjectFailed failed) {
        doubtful.add(failed.column());
      } else if (event instanceof Event.Bypassed bypassed) {
        doubtful.add(bypassed.column());
      } else if (event instanceof Event.Surfaced surfaced) {
        doubtful.add(surfaced.column()); // told by the log alone, which no cell keeps
      } else if (event instanceof Event.CellRun run) {
        records.computeIfAbsent(run.record().cell(), cell -> new ArrayList<>()).add(run.record());
      }
    }
    Map<String, Experiment> experiments = new HashMap<>();
    request.plan().experiments().forEach(one -> experiments.put(one.id(), one));
    for (Map.Entry<Cell, List<CellRecord>> one : records.entrySet()) {
      Cell cell = one.getKey();
      String key = keys.get(cell);
      if (key != null
          && !known.contains(key)
          && !doubtful.contains(cell.column())
          && certain(one.getValue(), records, experiments.get(cell.experiment()))) {
        cache.keep(CellCache.Entry.of(key, one.getValue(), null));
        known.add(key);
      }
    }
    for (Event event : events) {
      if (event instanceof Event.CauseFound found) {
        Experiment experiment = experiments.get(found.experiment());
        Optional<String> key = experiment == null ? Optional.empty() : causeKey(experiment);
        if (key.isPresent()) {
          cache.keep(CellCache.Entry.of(key.get(), List.of(), found.cause()));
        }
      }
    }
    cache.prune(MOST_ENTRIES);
  }

  /** It follows from the inputs of the experiment's cells, whether they all were run or not. */
  private Optional<String> causeKey(Experiment experiment) {
    List<String> cells = new ArrayList<>();
    for (Column column : request.plan().columns()) {
      String key = keys.get(new Cell(column.id(), experiment.stimulus(), experiment.id()));
      if (key == null) {
        return Optional.empty();
      }
      cells.add(key);
    }
    return Optional.of(naming.cause(cells));
  }

  /** Nothing that is unknown, flaky, or close to its time budget comes back. */
  private boolean certain(
      List<CellRecord> attempts, Map<Cell, List<CellRecord>> all, @Nullable Experiment experiment) {
    boolean mustStrike = experiment != null && !experiment.faults().conditional();
    for (CellRecord record : attempts) {
      if (near(record) || mustStrike && record.injections().isEmpty()) {
        return false;
      }
    }
    for (@Nullable CellRecord measure : measures(attempts.get(0).cell(), all)) {
      Set<Outcome> outcomes = new HashSet<>();
      attempts.forEach(record -> outcomes.add(CellOutcomes.of(record, experiment, measure)));
      if (outcomes.size() > 1 || outcomes.contains(Outcome.UNKNOWN)) {
        return false;
      }
    }
    return true;
  }

  private List<@Nullable CellRecord> measures(Cell cell, Map<Cell, List<CellRecord>> all) {
    List<@Nullable CellRecord> measures = new ArrayList<>();
    for (Step step : request.plan().steps()) {
      if (step.before().equals(cell.column()) || step.after().equals(cell.column())) {
        List<CellRecord> base =
            all.getOrDefault(new Cell(step.before(), cell.stimulus(), ""), List.of());
        if (!base.isEmpty()) {
          measures.add(CellOutcomes.measure(base));
        }
      }
    }
    if (measures.isEmpty()) {
      measures.add(null);
    }
    return measures;
  }

  private static boolean near(CellRecord record) {
    boolean timed = record.ended() == Ended.REPLIED || record.ended() == Ended.TIMED_OUT;
    long distance = Math.abs(record.elapsedMillis() - record.budgetMillis());
    return timed && distance * 100 <= record.budgetMillis() * NEAR_PERCENT;
  }
}
