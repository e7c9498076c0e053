package dev.codicil.storm.run;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Shrinker;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest causes of a run's failures by running variations of them, once all cells
 * have run. One search for each kind of fault on each edge behind each subject: what fails for the
 * same reason at a second interaction is not searched again.
 */
final class CauseSearch {
  /** Most variations of one experiment that are run. */
  static final int MOST_TRIALS = 16;

  /** Most experiments of one run whose cause is looked for. */
  static final int MOST_SEARCHES = 20;

  private final RunRequest request;
  private final RunLog log;
  private final BooleanSupplier timeIsUp;
  private final Map<String, Suspect> suspects = new ConcurrentHashMap<>();
  private @Nullable Queue<Suspect> chosen;

  /**
   * An experiment that surely failed on the amended side.
   *
   * @param column the column that fails
   * @param held outcome of the other side under the same faults
   * @param failed one of the cells that failed
   * @param own calm cell of this column
   * @param base calm cell a reply is measured by; null when there is none
   */
  record Suspect(
      Experiment experiment,
      String column,
      Outcome held,
      CellRecord failed,
      CellRecord own,
      @Nullable CellRecord base) {}

  CauseSearch(RunRequest request, RunLog log, BooleanSupplier timeIsUp) {
    this.request = request;
    this.log = log;
    this.timeIsUp = timeIsUp;
  }

  /** Keeps an experiment for later, when there can be something smaller than it. */
  void suspect(Suspect suspect) {
    Experiment experiment = suspect.experiment();
    boolean mayShrink =
        experiment.faults().faults().size() > 1
            || experiment.faults().faults().stream().anyMatch(this::measured);
    if (request.causes() && mayShrink && !log.hasCause(experiment.id())) {
      suspects.putIfAbsent(experiment.id(), suspect);
    }
  }

  /** The next one to search; null when there is none left, or no time. */
  synchronized @Nullable Suspect next() {
    if (chosen == null) {
      chosen = choose();
    }
    return timeIsUp.getAsBoolean() ? null : chosen.poll();
  }

  /** The first experiment of each kind in the order of the plan, whatever ran first. */
  private Queue<Suspect> choose() {
    Queue<Suspect> first = new ArrayDeque<>();
    Set<String> kinds = new HashSet<>();
    for (Experiment experiment : request.plan().experiments()) {
      Suspect suspect = suspects.get(experiment.id());
      if (suspect == null
          || !kinds.add(SmallestCause.kind(provider(experiment).name(), experiment.faults()))) {
        continue;
      }
      if (first.size() == MOST_SEARCHES) {
        log.noteOnce(
            "the smallest cause was looked for in " + MOST_SEARCHES + " experiments only", null);
        break;
      }
      first.add(suspect);
    }
    return first;
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

  /** Searches. A trial fails when the column comes off worse than what it is measured by. */
  void search(Suspect suspect, ColumnRun column) throws InterruptedException {
    Experiment experiment = suspect.experiment();
    log.phase(
        "smallest cause: "
            + request.scenario(experiment.stimulus()).stimulus().name()
            + " under "
            + experiment.faults().label());
    Subject provider = provider(experiment);
    SmallestCause cause =
        Shrinker.shrink(
            experiment.faults(),
            id -> request.faults().apply(id).measure(),
            CellReplay.patience(provider),
            guess(suspect, provider),
            MOST_TRIALS,
            faults -> fails(column, suspect, faults));
    if (cause.threshold() != null || !cause.faults().equals(experiment.faults())) {
      log.event(new Event.CauseFound(experiment.id(), cause));
    }
  }

  /**
   * Where the border of a delay may lie: who never answered would have had to within its budget;
   * who answered all the same gave up after a while, once for each call it made.
   */
  static Duration guess(Suspect suspect, Subject provider) {
    CellRecord failed = suspect.failed();
    if (failed.ended() == Ended.TIMED_OUT) {
      return provider.timeBudget();
    }
    int calls = failed.reached().values().stream().mapToInt(Integer::intValue).max().orElse(1);
    // What calm takes is left in: a guess a little too high is found out by one more trial.
    return Duration.ofMillis(failed.elapsedMillis() / Math.max(1, calls));
  }

  private static boolean fails(ColumnRun column, Suspect suspect, FaultSet faults)
      throws InterruptedException {
    Experiment experiment = suspect.experiment();
    Experiment variation =
        new Experiment(
            experiment.id(),
            experiment.stimulus(),
            faults,
            experiment.request(),
            experiment.reply());
    CellRecord record = column.trial(variation, suspect.own());
    if (record == null || record.injections().isEmpty()) {
      return false;
    }
    Outcome outcome = CellOutcomes.of(record, experiment, suspect.base());
    return outcome != Outcome.UNKNOWN && outcome.worseThan(suspect.held());
  }
}
