package dev.codicil.storm.run;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Shrinker;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest causes of a run's failures by running variations of them. One search for
 * each kind of fault on each edge behind each subject: what fails for the same reason at a second
 * interaction is not searched again.
 */
final class CauseSearch {
  /** Most variations of one experiment that are run. */
  static final int MOST_TRIALS = 16;

  /** Most experiments of one run whose cause is looked for. */
  static final int MOST_SEARCHES = 20;

  private final RunRequest request;
  private final RunLog log;
  private final BooleanSupplier timeIsUp;
  private final Set<String> searched = ConcurrentHashMap.newKeySet();

  CauseSearch(RunRequest request, RunLog log, BooleanSupplier timeIsUp) {
    this.request = request;
    this.log = log;
    this.timeIsUp = timeIsUp;
  }

  /** Whether the cause of this experiment is to be looked for; true once for each kind. */
  boolean wants(Experiment experiment) {
    boolean mayShrink =
        experiment.faults().faults().size() > 1
            || experiment.faults().faults().stream().anyMatch(this::measured);
    if (!request.causes()
        || !mayShrink
        || log.hasCause(experiment.id())
        || timeIsUp.getAsBoolean()) {
      return false;
    }
    String kind = SmallestCause.kind(provider(experiment).name(), experiment.faults());
    if (searched.size() < MOST_SEARCHES) {
      return searched.add(kind);
    }
    if (!searched.contains(kind)) {
      log.noteOnce(
          "the smallest cause was looked for in " + MOST_SEARCHES + " experiments only", null);
    }
    return false;
  }

  private boolean measured(PlannedFault fault) {
    return request.faults().apply(fault.fault()).measure().isPresent();
  }

  private Subject provider(Experiment experiment) {
    String name = request.scenario(experiment.stimulus()).stimulus().provider();
    Subject subject = request.subjects().get(name);
    if (subject == null) {
      throw new IllegalArgumentException("no subject '" + name + "'");
    }
    return subject;
  }

  /**
   * Searches. A trial fails when the column comes off worse than what it is measured by. The caller
   * has the turn.
   *
   * @param column the side that fails
   * @param held outcome of the other side under the same faults
   * @param own calm cell of this column
   * @param base calm cell a reply is measured by; null when there is none
   */
  void search(
      ColumnRun column,
      Experiment experiment,
      Outcome held,
      CellRecord own,
      @Nullable CellRecord base)
      throws InterruptedException {
    Duration patience = CellReplay.patience(provider(experiment));
    SmallestCause cause =
        Shrinker.shrink(
            experiment.faults(),
            id -> request.faults().apply(id).measure(),
            patience,
            MOST_TRIALS,
            faults -> fails(column, experiment, faults, held, own, base));
    if (cause.threshold() != null || !cause.faults().equals(experiment.faults())) {
      log.event(new Event.CauseFound(experiment.id(), cause));
    }
  }

  private static boolean fails(
      ColumnRun column,
      Experiment experiment,
      FaultSet faults,
      Outcome held,
      CellRecord own,
      @Nullable CellRecord base)
      throws InterruptedException {
    Experiment variation =
        new Experiment(experiment.id(), experiment.stimulus(), faults, experiment.request());
    CellRecord record = column.trial(variation, own);
    if (record == null || record.injections().isEmpty()) {
      return false;
    }
    Outcome outcome = CellOutcomes.of(record, experiment.request(), base);
    return outcome != Outcome.UNKNOWN && outcome.worseThan(held);
  }
}
