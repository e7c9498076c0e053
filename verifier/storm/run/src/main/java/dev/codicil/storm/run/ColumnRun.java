package dev.codicil.storm.run;

import dev.codicil.chaos.Load;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.experiment.MessageScript;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Upstream;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.CheckRecord.Reading;
import dev.codicil.history.CheckRecord.Result;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one column, one after the other in its lane. Used by one thread at a time. The lane
 * starts when the first cell needs it, so a resumed run starts nothing it has no use for.
 */
final class ColumnRun implements AutoCloseable {
  private static final Duration RECOVERY_POLL = Duration.ofMillis(200);

  /** In place of the number of an attempt: not of the plan, and not kept. */
  private static final int TRIAL = -1;

  private static final Duration INTERRUPT_SETTLES = Duration.ofMillis(250);

  private final Column column;
  private final int group;
  private final RunRequest request;
  private final Lane.Tools tools;
  private final RunLog log;
  private final Turns turns;
  private final AbortWatch aborts;
  private final BooleanSupplier timeIsUp;
  private final Runnable started;
  private final Set<String> warm = new HashSet<>();
  private boolean died;
  private @Nullable Lane lane;
  private @Nullable CellReplay replay;
  private @Nullable UnaidedReturn unaided;
  private volatile @Nullable String failure;

  /**
   * @param started called once, when all subjects of the column are up
   */
  ColumnRun(
      Column column,
      int group,
      RunRequest request,
      Lane.Tools tools,
      RunLog log,
      Turns turns,
      AbortWatch aborts,
      BooleanSupplier timeIsUp,
      Runnable started) {
    this.column = column;
    this.group = group;
    this.request = request;
    this.tools = tools;
    this.log = log;
    this.turns = turns;
    this.aborts = aborts;
    this.timeIsUp = timeIsUp;
    this.started = started;
  }

  String id() {
    return column.id();
  }

  /** Why nothing more can run in this column; null when something can. */
  @Nullable String failure() {
    return failure;
  }

  /** Starts what is not running yet; false when that is not to be had, see {@link #failure}. */
  boolean start() throws InterruptedException {
    return ready() != null;
  }

  /** What it runs in, once it has been started. */
  Lane lane() {
    return Objects.requireNonNull(lane, "not started");
  }

  Cell calmCell(Stimulus stimulus) {
    return new Cell(column.id(), stimulus.id(), "");
  }

  Cell stormCell(Experiment experiment) {
    return new Cell(column.id(), experiment.stimulus(), experiment.id());
  }

  /** The calm cell of a stimulus; null when it was skipped, which is in the journal. */
  @Nullable CellRecord calm(Stimulus stimulus) throws InterruptedException {
    return first(calmCell(stimulus), null, null);
  }

  /**
   * A storm cell; null when it was skipped, which is in the journal.
   *
   * @param calm this column's calm cell of the same stimulus
   */
  @Nullable CellRecord storm(Experiment experiment, CellRecord calm) throws InterruptedException {
    Cell cell = stormCell(experiment);
    String missing = Exposure.neverSaid(experiment, column);
    missing =
        missing == null ? Exposure.missing(experiment.faults(), calm, request.faults()) : missing;
    missing = missing == null ? spared(experiment) : missing;
    if (missing != null && log.earlier(cell, 0) == null) {
      log.skip(cell, RunLog.NOT_EXPOSED, missing);
      return null;
    }
    String givenUp = aborts.givenUp(experiment);
    if (givenUp != null && log.earlier(cell, 0) == null) {
      log.skip(cell, RunLog.ABORTED, givenUp);
      return null;
    }
    died = false;
    CellRecord record = first(cell, experiment, calm);
    if (record != null) {
      aborts.after(experiment, record, died);
    }
    return record;
  }

  /** Why the faults on messages find nothing to strike here; null when they do. */
  private @Nullable String spared(Experiment experiment) {
    Scenario scenario = request.scenario(experiment.stimulus());
    MessageScript script = scenario.messages();
    boolean topics =
        experiment.faults().faults().stream()
            .allMatch(fault -> fault.edge().startsWith(PlannedFault.TOPIC));
    return script != null
            && topics
            && MessageReplay.passed(request, column, scenario, script, experiment)
                .strikes()
                .isEmpty()
        ? "the faults find nothing to strike among its messages"
        : null;
  }

  private @Nullable CellRecord first(
      Cell cell, @Nullable Experiment experiment, @Nullable CellRecord calm)
      throws InterruptedException {
    CellRecord earlier = log.earlier(cell, 0);
    if (earlier != null || log.settled(cell)) {
      return earlier;
    }
    if (failure == null && timeIsUp.getAsBoolean()) {
      log.skip(cell, RunLog.TIME_BUDGET, "the time budget of the run was used up");
      return null;
    }
    CellRecord record = null;
    if (start()) { // on nobody's turn: it takes long, and is no cell
      try (Turns.Turn turn = turn(experiment)) {
        record = observe(cell, 0, experiment, calm);
      }
    }
    if (record == null) {
      log.skip(cell, RunLog.SUBJECT_FAILED, String.valueOf(failure));
    }
    return record;
  }

  /**
   * What acts on the world may act on every column, and a load is measured: nothing else runs
   * meanwhile.
   */
  private Turns.Turn turn(@Nullable Experiment experiment) throws InterruptedException {
    return experiment != null && wantsAlone(request, experiment) ? turns.alone() : turns.beside();
  }

  /** Whether an experiment needs the machine for itself. */
  static boolean wantsAlone(RunRequest request, Experiment experiment) {
    return experiment.load() != null || Around.any(request, experiment.faults().faults());
  }

  /** Runs a cell once more; null when that is not possible any more. The caller has the turn. */
  @Nullable CellRecord again(
      Cell cell, int attempt, @Nullable Experiment experiment, CellRecord calm)
      throws InterruptedException {
    CellRecord earlier = log.earlier(cell, attempt);
    return earlier != null ? earlier : observe(cell, attempt, experiment, calm);
  }

  /**
   * The calm cell once more, to see by how much this side differs from itself; null when that is
   * not possible.
   */
  @Nullable CellRecord noise(Stimulus stimulus, CellRecord calm) throws InterruptedException {
    try (Turns.Turn turn = turns.beside()) {
      return again(calmCell(stimulus), 1, null, calm);
    }
  }

  /**
   * Runs a variation of an experiment, which is no cell of the plan and not journaled; null when
   * that is not possible. No cell of the plan runs any more.
   */
  @Nullable CellRecord trial(Experiment variation, CellRecord calm) throws InterruptedException {
    try (Turns.Turn turn = turn(variation)) {
      return perform(stormCell(variation), TRIAL, variation, calm);
    }
  }

  private @Nullable CellRecord observe(
      Cell cell, int attempt, @Nullable Experiment experiment, @Nullable CellRecord calm)
      throws InterruptedException {
    CellRecord record = perform(cell, attempt, experiment, calm);
    if (record != null) {
      log.ran(record);
    }
    return record;
  }

  private @Nullable CellRecord perform(
      Cell cell, int attempt, @Nullable Experiment experiment, @Nullable CellRecord calm)
      throws InterruptedException {
    try {
      return replayed(cell, attempt, experiment, calm);
    } catch (RevertFailure stuck) {
      turns.stop(stuck);
      throw stuck;
    }
  }

  private @Nullable CellRecord replayed(
      Cell cell, int attempt, @Nullable Experiment experiment, @Nullable CellRecord calm)
      throws InterruptedException {
    CellReplay replay = ready();
    if (replay != null && warm.add(cell.stimulus())) {
      // A cold start is no property of the contract: what a fresh process does first is not judged.
      replay.warm(new Cell(cell.column(), cell.stimulus(), ""));
      replay = ready();
    }
    Load load = experiment == null ? null : experiment.load();
    if (replay != null
        && experiment != null
        && load != null
        && warm.add(cell.stimulus() + " " + load.pace())) {
      replay.warmUp(experiment, load);
      replay = ready();
    }
    if (replay == null) {
      return null;
    }
    UnaidedReturn unaided = attempt == TRIAL ? null : this.unaided;
    if (experiment != null && unaided != null) {
      unaided.prepare(experiment);
    }
    CellRecord record = replay.run(cell, Math.max(0, attempt), experiment, calm);
    tellRemarks();
    if (record.ended() == Ended.NOT_SENT && revive()) {
      // It was the death in an earlier cell that was in the way, not this cell.
      replay = ready();
      if (replay == null) {
        return null;
      }
      record = replay.run(cell, Math.max(0, attempt), experiment, calm);
    }
    if (experiment != null && unaided != null) {
      record = record.withChecks(record.found().withUnaided(unaided.after(experiment, record)));
    }
    if (record.fleet() != null && !record.fleet().back().isEmpty()) {
      warm.clear(); // what came back is cold
    }
    if (experiment != null && calm != null && converged(record, experiment, calm)) {
      revive();
      record = record.withRecovery(0);
    } else if (experiment != null && calm != null) {
      Recovery recovery = recover(replay, calm);
      String broken =
          RightErrors.brokenPromise(request.checks().errors(), record, recovery.millis());
      record =
          record
              .withRecovery(recovery.millis())
              .withChecks(record.found().withReadings(recovery.unheld()).withWrongError(broken));
    } else {
      revive();
      tellUnanswered();
    }
    return record;
  }

  /**
   * Whether a sequence of messages has ended as in calm, all of it read: then the subject is in its
   * steady state, and another sequence would show nothing more.
   */
  private static boolean converged(CellRecord record, Experiment experiment, CellRecord calm) {
    return record.messages() != null && CellOutcomes.of(record, experiment, calm) == Outcome.HELD;
  }

  /** What an edge could not strike, or had to end, stands in the ledger. */
  private void tellRemarks() {
    if (lane != null) {
      for (String remark : lane.remarks()) {
        log.noteOnce(tools.redactor().text(remark), column.id());
      }
    }
  }

  /** A stub that lacks what it is asked for spoils replies; that must be seen by whoever reads. */
  private void tellUnanswered() {
    if (lane != null) {
      for (String call : lane.unanswered()) {
        log.noteOnce(tools.redactor().text(call), column.id());
      }
    }
  }

  /** The lane, started and with all its subjects alive; null when that is not to be had. */
  private @Nullable CellReplay ready() throws InterruptedException {
    if (failure != null) {
      return null;
    }
    if (lane == null) {
      log.phase(
          "starting column "
              + column.id()
              + (group == 0 ? "" : ", group " + (group + 1))
              + " with "
              + column.sides());
      try {
        lane = Lane.start(column, group, request, tools);
      } catch (Lane.Failure e) {
        failure = e.text();
        return null;
      }
      replay = new CellReplay(request, lane, tools.calls(), lane.redactor(), tools.clock());
      unaided = new UnaidedReturn(request, lane, tools.calls(), lane.redactor(), tools.clock());
      started.run();
    }
    revive();
    return failure == null ? replay : null;
  }

  /** Starts again what has died; whether anything had. */
  private boolean revive() throws InterruptedException {
    if (lane == null || failure != null) {
      return false;
    }
    Map<String, String> dead = lane.dead();
    if (!dead.isEmpty()) {
      // Ctrl-C reaches subjects as well: should that be it, nothing more gets into the journal.
      tools.clock().pause(INTERRUPT_SETTLES);
    }
    for (Map.Entry<String, String> one : dead.entrySet()) {
      log.event(new Event.SubjectFailed(column.id(), one.getKey(), "died", one.getValue()));
      died = true;
      restart(one.getKey());
    }
    return !dead.isEmpty();
  }

  private void restart(String subject) throws InterruptedException {
    if (lane == null || failure != null) {
      return;
    }
    warm.clear();
    try {
      lane.restart(subject);
    } catch (Lane.Failure e) {
      failure = e.text();
    }
  }

  /**
   * Brings the lane back to its steady state, by waiting or else by starting anew.
   *
   * @return how long it took
   */
  private Recovery recover(CellReplay replay, CellRecord calmRun) throws InterruptedException {
    CellRecord calm = CellOutcomes.recovered(calmRun);
    Stimulus stimulus = request.scenario(calm.cell().stimulus()).stimulus();
    long limit = lane == null ? 0 : lane.subject(stimulus.provider()).recovery().toMillis();
    Outcome wanted = CellOutcomes.of(calm, RequestFit.UNTOUCHED, calm);
    long start = tools.clock().nanos();
    int nodes = lane == null ? 1 : lane.mostNodes();
    int node = 0;
    while (true) {
      if (revive()) {
        return Recovery.NONE;
      }
      String gone = lane == null ? null : lane.messages().gone();
      if (gone != null && (calm.messages() != null || calm.published() != null)) {
        // No calm cell can tell anything any more, and starting it anew would not help.
        log.noteOnce("whether it recovers is not known: " + tools.redactor().text(gone), id());
        return new Recovery(0, List.of());
      }
      CellRecord trial = calmOn(node, replay, calm);
      Outcome got = CellOutcomes.of(trial, RequestFit.UNTOUCHED, calm);
      long millis = tools.clock().millisSince(start);
      if (got != Outcome.UNKNOWN && !got.worseThan(wanted) && millis <= limit) {
        node++;
        if (node == nodes) {
          return new Recovery(millis, List.of());
        }
        continue;
      }
      if (millis > limit) {
        if (!revive()) {
          log.note(
              stimulus.provider()
                  + " did not return to its steady state within "
                  + limit
                  + " ms and was started again",
              column.id());
          for (String subject : behind(stimulus.provider())) {
            restart(subject);
          }
        }
        return Recovery.of(trial);
      }
      tools.clock().pause(RECOVERY_POLL);
    }
  }

  /**
   * What came of a recovery.
   *
   * @param millis how long it took; -1 when it did not come back by itself in time
   * @param unheld invariants that did not hold at the end of that time
   */
  private record Recovery(long millis, List<Reading> unheld) {
    static final Recovery NONE = new Recovery(-1, List.of());

    static Recovery of(CellRecord last) {
      return new Recovery(
          -1,
          last.found().invariants().stream()
              .filter(one -> one.result() == Result.VIOLATED)
              .map(Reading::afterRecovery)
              .toList());
    }
  }

  /** The calm cell once more, and its first call to this node. */
  private CellRecord calmOn(int node, CellReplay replay, CellRecord calm)
      throws InterruptedException {
    Lane here = lane;
    if (here == null || node == 0) {
      return replay.run(calm.cell(), 0, null, calm);
    }
    here.firstNode(node);
    try {
      return replay.run(calm.cell(), 0, null, calm);
    } finally {
      here.firstNode(0);
    }
  }

  /** A subject and the subjects it calls, directly or not: any of them may hold on to the storm. */
  private Set<String> behind(String subject) {
    Set<String> all = new LinkedHashSet<>();
    collect(subject, all);
    return all;
  }

  private void collect(String subject, Set<String> into) {
    if (lane != null && lane.subjects().contains(subject) && into.add(subject)) {
      for (Upstream upstream : lane.subject(subject).upstreams().values()) {
        if (upstream.isSubject()) {
          collect(upstream.name(), into);
        }
      }
    }
  }

  /** Looks once more for connections that no proxy is on. */
  void lookAround() {
    if (lane != null) {
      lane.lookAround(true);
    }
  }

  @Override
  public void close() {
    if (lane != null) {
      lane.close();
    }
  }
}
