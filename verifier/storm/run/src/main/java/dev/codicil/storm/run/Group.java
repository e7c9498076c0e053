package dev.codicil.storm.run;

import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Stimulus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One set of instances of every column, which replays one stimulus after the other. Groups share
 * nothing but the queue, the journal and the machine, so what one does disturbs no other's state.
 */
final class Group implements AutoCloseable {
  /** About what a cell takes, its way back to the steady state included. */
  private static final long TYPICAL_CELL_MILLIS = 250;

  private final int number;
  private final RunRequest request;
  private final Work work;
  private final RunClock clock;
  private final ExecutorService lanes;
  private final Map<String, ColumnRun> columns = new LinkedHashMap<>();
  private final CountDownLatch up = new CountDownLatch(1);
  private final AtomicInteger starting;
  private volatile long begun;
  private volatile long startMillis;

  /** What all groups of a run work on. */
  static final class Work {
    private final Queue<Stimulus> stimuli;
    private final Map<String, List<Experiment>> storms = new HashMap<>();
    private final RunLog log;
    private final BooleanSupplier timeIsUp;
    private final Turns turns = new Turns();
    private final CauseSearch causes;
    private final AbortWatch aborts;
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch replaying;
    private final int size;

    Work(RunRequest request, RunLog log, BooleanSupplier timeIsUp) {
      Plan plan = request.plan();
      this.replaying = new CountDownLatch(request.concurrency());
      this.aborts = new AbortWatch(plan.aborts());
      this.causes = new CauseSearch(request, log, timeIsUp);
      this.stimuli = new ConcurrentLinkedQueue<>(plan.stimuli());
      this.size = plan.stimuli().size();
      this.log = log;
      this.timeIsUp = timeIsUp;
      for (Experiment experiment : plan.experiments()) {
        storms.computeIfAbsent(experiment.stimulus(), id -> new ArrayList<>()).add(experiment);
      }
    }
  }

  /**
   * @param number 0 for the first, whose failures are the columns'; a further one only helps
   */
  Group(int number, RunRequest request, Lane.Tools tools, Work work) {
    this.number = number;
    this.request = request;
    this.work = work;
    this.clock = tools.clock();
    List<Column> all = request.plan().columns();
    this.starting = new AtomicInteger(all.size());
    this.lanes = Executors.newFixedThreadPool(Math.max(1, all.size()), RunThreads.named("lane"));
    for (Column column : all) {
      columns.put(
          column.id(),
          new ColumnRun(
              column,
              number,
              request,
              tools,
              work.log,
              work.turns,
              work.aborts,
              work.timeIsUp,
              this::columnStarted));
    }
  }

  /**
   * Replays until the queue is empty.
   *
   * @param before the group that has to be up first, since two starting at once would only make
   *     both late; null for none
   */
  void run(@Nullable Group before) throws InterruptedException {
    boolean running = false;
    try {
      running = before == null || startAfter(before);
      if (running) {
        replay();
      }
    } finally {
      up.countDown();
      work.replaying.countDown();
    }
    if (running) {
      // What is narrowed down to the millisecond must not share the machine with ordinary cells.
      work.replaying.await();
      searchCauses();
      columns.values().forEach(ColumnRun::lookAround);
    }
  }

  private boolean startAfter(Group before) throws InterruptedException {
    before.up.await();
    startMillis = before.startMillis;
    if (!pays() || work.timeIsUp.getAsBoolean() || !start()) {
      return false;
    }
    up.countDown();
    return true;
  }

  /**
   * Whether a further group shortens the run: its share of what is left takes clearly longer than
   * its start, during which it slows the others down.
   */
  private boolean pays() {
    long left = 0;
    for (Stimulus stimulus : work.stimuli) {
      left += columns.size() * (1L + work.storms.getOrDefault(stimulus.id(), List.of()).size());
    }
    return left * TYPICAL_CELL_MILLIS / (number + 1) > 2 * startMillis && left > 0;
  }

  private void searchCauses() throws InterruptedException {
    CauseSearch.Suspect suspect = work.causes.next();
    while (suspect != null) {
      ColumnRun column = columns.get(suspect.column());
      if (column != null) {
        work.causes.search(suspect, column);
      }
      suspect = work.causes.next();
    }
  }

  /** Whether every column came up; when not, the others go on without this group. */
  private boolean start() throws InterruptedException {
    Map<String, Callable<Boolean>> starts = new LinkedHashMap<>();
    columns.forEach((id, column) -> starts.put(id, column::start));
    if (SideBySide.run(lanes, starts).values().stream().allMatch(started -> started)) {
      return true;
    }
    columns.forEach(
        (id, column) -> {
          String failure = column.failure();
          if (failure != null) {
            work.log.note(
                "group " + (number + 1) + " of instances could not be started: " + failure, id);
          }
        });
    close();
    return false;
  }

  /** The next group may start: two starting at once would only make both late. */
  private void columnStarted() {
    if (starting.decrementAndGet() == 0 && number == 0) {
      startMillis = clock.millisSince(begun);
      up.countDown();
    }
  }

  private void replay() throws InterruptedException {
    begun = clock.nanos();
    Stimulus stimulus = work.stimuli.poll();
    while (stimulus != null) {
      work.log.phase(
          "replaying " + work.begun.incrementAndGet() + "/" + work.size + ": " + stimulus.name());
      StimulusRun run =
          new StimulusRun(
              request, columns, lanes, work.log, work.turns, work.causes, work.timeIsUp, stimulus);
      run.calm();
      run.storms(work.storms.getOrDefault(stimulus.id(), List.of()));
      stimulus = work.stimuli.poll();
    }
  }

  /** Stops what runs. Idempotent. */
  @Override
  public void close() {
    RunThreads.end(lanes);
    List<Thread> closers = new ArrayList<>();
    for (ColumnRun column : columns.values()) {
      Thread closer = new Thread(column::close, "codicil-close");
      closer.start();
      closers.add(closer);
    }
    RunThreads.join(closers);
  }
}
