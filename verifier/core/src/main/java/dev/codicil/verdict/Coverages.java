package dev.codicil.verdict;

import dev.codicil.contract.Ledger;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts how much a run looked at. */
final class Coverages {
  private Coverages() {}

  static Coverage of(
      RunIndex index, Map<String, Integer> notApplicable, List<WitnessResult> witnesses) {
    Event.Planned planned = index.planned();
    Plan plan = planned.plan();
    Set<Cell> cells = new HashSet<>();
    int replayed = 0;
    int declared = 0;
    for (Stimulus stimulus : plan.stimuli()) {
      boolean whole = !plan.steps().isEmpty();
      for (Step step : plan.steps()) {
        for (String column : List.of(step.before(), step.after())) {
          Cell cell = new Cell(column, stimulus.id(), "");
          cells.add(cell);
          whole &= !index.records(cell).isEmpty();
        }
      }
      declared += stimulus.witness() ? 0 : 1;
      replayed += whole && !stimulus.witness() ? 1 : 0;
    }
    for (Experiment experiment : plan.experiments()) {
      for (Step step : plan.steps()) {
        for (String column : List.of(step.before(), step.after())) {
          cells.add(new Cell(column, experiment.stimulus(), experiment.id()));
        }
      }
    }
    Map<String, Integer> skipped = new TreeMap<>();
    index.skips().values().forEach(skip -> skipped.merge(skip.reason(), 1, Integer::sum));
    List<Ledger.Entry> files =
        planned.ledger().entries().stream()
            .filter(entry -> entry.fate() != Ledger.Fate.NOT_A_CONTRACT)
            .toList();
    List<String> unreached =
        planned.edges().stream().filter(edge -> !index.reachedEdges().contains(edge)).toList();
    return new Coverage(
        files.size(),
        (int) files.stream().filter(entry -> entry.fate() == Ledger.Fate.LOADED).count(),
        declared + plan.notReplayed().size(),
        replayed,
        plan.experiments().size(),
        cells.size(),
        index.cellsRun(),
        skipped,
        plan.cut().stream().mapToInt(Plan.Cut::cells).sum(),
        notApplicable,
        planned.edges().size(),
        planned.edges().size() - unreached.size(),
        unreached,
        plan.notReplayed().stream()
            .map(
                item ->
                    item.consumer()
                        + " -> "
                        + item.provider()
                        + ": "
                        + item.interaction()
                        + " ("
                        + item.reason()
                        + ")")
            .toList(),
        notes(index),
        new NodeReach(index).figures(),
        index.bypasses(),
        index.cellsCached(),
        new Coverage.Witnesses(
            count(witnesses, WitnessResult.Kind.BROKEN),
            count(witnesses, WitnessResult.Kind.HELD),
            count(witnesses, WitnessResult.Kind.UNDECIDED),
            count(witnesses, WitnessResult.Kind.NOT_EXERCISED),
            count(witnesses, WitnessResult.Kind.NOT_EXECUTED)),
        InvariantCounts.of(index));
  }

  private static int count(List<WitnessResult> witnesses, WitnessResult.Kind kind) {
    return (int) witnesses.stream().filter(result -> result.kind() == kind).count();
  }

  /** What was noted in the run, and what the profiles ask for in vain. */
  private static List<String> notes(RunIndex index) {
    List<String> notes = new ArrayList<>(index.notes());
    notes.addAll(IdleEntries.told(index.planned().plan().idle()));
    return notes;
  }
}
