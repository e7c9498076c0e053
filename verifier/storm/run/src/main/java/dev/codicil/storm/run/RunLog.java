package dev.codicil.storm.run;

import dev.codicil.experiment.Plan;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run, what an earlier run of the same plan has left in it, and the count of what
 * is done. Writes on a thread of its own that nobody interrupts: an interrupt in the middle of a
 * write would close the file for the whole run.
 */
final class RunLog implements AutoCloseable {
  static final String NOT_EXPOSED = "not-exposed";
  static final String CALM_NOT_HELD = "calm-not-held";
  static final String TIME_BUDGET = "time-budget";
  static final String SUBJECT_FAILED = "subject-failed";
  static final String ABORTED = "aborted";

  private final Consumer<Event> journal;
  private final RunListener listener;
  private final Map<Cell, Map<Integer, CellRecord>> earlier = new HashMap<>();
  private final Set<Cell> settled = new HashSet<>();
  private final Set<Event.Noted> noted = new HashSet<>();
  private final Set<String> caused = new HashSet<>();
  private final Set<String> cached = new HashSet<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(RunThreads.named("journal"));
  private final int total;
  private int cut;
  private boolean stopped;

  RunLog(Plan plan, Consumer<Event> journal, List<Event> already, RunListener listener) {
    this.journal = journal;
    this.listener = listener;
    this.total = plan.columns().size() * (plan.stimuli().size() + plan.experiments().size());
    for (Event event : already) {
      if (event instanceof Event.CellRun run) {
        CellRecord record = run.record();
        earlier
            .computeIfAbsent(record.cell(), cell -> new HashMap<>())
            .put(record.attempt(), record);
        settled.add(record.cell());
        if (run.cached()) {
          cached.add(record.cell().experiment());
        }
      } else if (event instanceof Event.CellSkipped skip
          && !skip.reason().equals(TIME_BUDGET)
          && !skip.reason().equals(SUBJECT_FAILED)) {
        settled.add(skip.cell());
      } else if (event instanceof Event.CauseFound found) {
        caused.add(found.experiment());
      }
    }
  }

  /** The record of an earlier run, if it ran this cell. */
  @Nullable CellRecord earlier(Cell cell, int attempt) {
    return earlier.getOrDefault(cell, Map.of()).get(attempt);
  }

  /** Whether a cell was run, or skipped for a reason that still holds. */
  synchronized boolean settled(Cell cell) {
    return settled.contains(cell);
  }

  void event(Event event) {
    synchronized (this) {
      if (stopped || LiveProcesses.closing()) {
        return;
      }
    }
    try {
      CompletableFuture.runAsync(() -> journal.accept(event), writer).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  void ran(CellRecord record) {
    event(new Event.CellRun(record));
    int done;
    synchronized (this) {
      settled.add(record.cell());
      cached.remove(record.cell().experiment());
      done = settled.size();
    }
    if (record.attempt() == 0) {
      listener.cellDone(Math.min(done, total), total, record);
    }
  }

  /** Skips a cell, unless an earlier run has settled it. */
  void skip(Cell cell, String reason, String detail) {
    synchronized (this) {
      if (!settled.add(cell)) {
        return;
      }
      if (reason.equals(TIME_BUDGET)) {
        cut++;
      }
    }
    event(new Event.CellSkipped(cell, reason, detail));
  }

  /**
   * Whether an earlier run has found the cause of this experiment, or has looked for it in vain:
   * none of its cells was run now, so there is nothing new to learn.
   */
  synchronized boolean hasCause(String experiment) {
    return caused.contains(experiment) || cached.contains(experiment);
  }

  void note(String message, @Nullable String column) {
    event(new Event.Noted(message, column));
  }

  /** Notes what every cell and every group of instances may meet again. */
  void noteOnce(String message, @Nullable String column) {
    Event.Noted note = new Event.Noted(message, column);
    synchronized (this) {
      if (!noted.add(note)) {
        return;
      }
    }
    event(note);
  }

  void phase(String what) {
    listener.phase(what);
  }

  Event.Finished finish(long millis) {
    Event.Finished finished;
    synchronized (this) {
      finished = new Event.Finished(millis, cut);
    }
    event(finished);
    return finished;
  }

  /** Nothing is written after this: what threads still say while they are stopped is no news. */
  synchronized void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    stop();
    writer.shutdown();
  }
}
