package dev.codicil.verdict;

import dev.codicil.chaos.Load;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.verdict.LoadComparison.Standing;
import dev.codicil.verdict.RunIndex.Judged;
import java.util.List;
import java.util.Optional;

/** Judges what was held under a load: calm by itself, and the latencies of its storms. */
final class LoadJudge {
  private final RunIndex index;
  private final FindingMaker maker;

  LoadJudge(RunIndex index, FindingMaker maker) {
    this.index = index;
    this.maker = maker;
  }

  /**
   * The one finding of calm weather under a load. What is worse there is worse already in calm, by
   * the rules of calm; then the storms under that load are not judged.
   */
  Finding calm(int stepIndex, Step step, Stimulus stimulus, Experiment experiment) {
    Judged before = index.storm(step, step.before(), experiment);
    Judged after = index.storm(step, step.after(), experiment);
    LoadComparison load =
        LoadComparison.of(
            load(experiment),
            index.records(cell(step.before(), experiment)),
            index.records(cell(step.after(), experiment)));
    FindingKind kind;
    String why;
    if (before.outcome() == Outcome.UNKNOWN) {
      kind = FindingKind.INCONCLUSIVE;
      why = "before, in calm under load: " + before.why();
    } else if (before.outcome() != Outcome.HELD) {
      kind = after.outcome() == Outcome.HELD ? FindingKind.FIXED : FindingKind.INCONCLUSIVE;
      why = "the base itself does not hold in calm under this load";
    } else if (after.outcome() == Outcome.UNKNOWN) {
      kind = FindingKind.INCONCLUSIVE;
      why = "after, in calm under load: " + after.why();
    } else if (load.standing() == Standing.UNKNOWN || load.standing() == Standing.FLAKY) {
      kind = FindingKind.INCONCLUSIVE;
      why = "in calm under load, " + load.why();
    } else if (after.outcome().worseThan(before.outcome())) {
      kind = FindingKind.BROKEN;
      why = "worse after than before under load, already in calm; its storms are not judged";
    } else if (load.standing() == Standing.EXCEEDED) {
      kind = FindingKind.BROKEN;
      why = "slower under load, already in calm, so that its storms are not judged: " + load.why();
    } else {
      kind = FindingKind.COMPATIBLE;
      why = "";
    }
    Finding finding =
        maker.storm(
            kind,
            stepIndex,
            stimulus,
            experiment,
            new Finding.Outcomes(before.outcome(), null, true),
            new Finding.Outcomes(after.outcome(), null, true),
            why);
    return maker.loaded(finding, load);
  }

  /** A column that the faults cannot reach stands as in calm, under the same load. */
  Judged unexposed(Step step, String column, Experiment storm, Outcome calm) {
    return storm.load() == null
        ? new Judged(calm, "")
        : calmOf(storm)
            .map(twin -> index.storm(step, column, twin))
            .orElse(new Judged(Outcome.UNKNOWN, "calm under the same load was not planned"));
  }

  /** Latencies of a storm; empty for what is replayed once. */
  Optional<LoadComparison> storm(
      Step step, Experiment storm, boolean exposedBefore, boolean exposedAfter) {
    return Optional.ofNullable(storm.load())
        .map(
            load ->
                LoadComparison.of(
                    load,
                    runs(step.before(), storm, exposedBefore),
                    runs(step.after(), storm, exposedAfter)));
  }

  private List<CellRecord> runs(String column, Experiment storm, boolean exposed) {
    return exposed
        ? index.records(cell(column, storm))
        : calmOf(storm).map(twin -> index.records(cell(column, twin))).orElse(List.of());
  }

  private Optional<Experiment> calmOf(Experiment storm) {
    return index.planned().plan().experiments().stream()
        .filter(other -> other.isCalmOf(storm))
        .findFirst();
  }

  private static Cell cell(String column, Experiment experiment) {
    return new Cell(column, experiment.stimulus(), experiment.id());
  }

  private static Load load(Experiment experiment) {
    Load load = experiment.load();
    if (load == null) {
      throw new IllegalArgumentException("no load in " + experiment);
    }
    return load;
  }
}
