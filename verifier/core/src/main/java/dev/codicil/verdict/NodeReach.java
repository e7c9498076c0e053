package dev.codicil.verdict;

import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.history.CellRecord.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which contract nodes of a plan a run has struck. A node is reached when its fault struck in some
 * cell of one of its experiments: the other column either met the fault as well, or stands as in
 * calm by the rule of exposure, so the pair could be judged. A node whose experiments were not run
 * because calm did not hold, or a subject was not there, is decided already: that is told by its
 * own finding. Any other node is unreached, whether no calm message had it, a budget cut it, or the
 * fault never fired.
 */
final class NodeReach {
  private static final Set<String> TOLD = Set.of("calm-not-held", "subject-failed");

  private final RunIndex index;
  private final Map<String, Experiment> experiments = new HashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  NodeReach(RunIndex index) {
    this.index = index;
    Plan plan = index.planned().plan();
    plan.experiments().forEach(experiment -> experiments.put(experiment.id(), experiment));
    for (Step step : plan.steps()) {
      columns.add(step.before());
      columns.add(step.after());
    }
  }

  Coverage.Nodes figures() {
    int planned = 0;
    int reached = 0;
    int amended = 0;
    int amendedReached = 0;
    int decided = 0;
    List<String> unreached = new ArrayList<>();
    List<Plan.Node> nodes = index.planned().plan().nodes();
    for (Plan.Node node : nodes) {
      planned += node.planned() ? 1 : 0;
      amended += node.amended() ? 1 : 0;
      if (reached(node)) {
        reached++;
        amendedReached += node.amended() ? 1 : 0;
      } else if (decidedInCalm(node)) {
        decided++;
      } else if (node.amended()) {
        unreached.add(node.label());
      }
    }
    return new Coverage.Nodes(
        nodes.size(), planned, reached, decided, amended, amendedReached, unreached);
  }

  /** Amended nodes about which nothing can be said, though somebody should be able to. */
  List<Plan.Node> amendedUnreached() {
    return index.planned().plan().nodes().stream()
        .filter(Plan.Node::amended)
        .filter(node -> !reached(node) && !decidedInCalm(node))
        .toList();
  }

  private boolean reached(Plan.Node node) {
    return cells(node).stream()
        .flatMap(cell -> index.records(cell).stream())
        .anyMatch(record -> !record.injections().isEmpty());
  }

  private boolean decidedInCalm(Plan.Node node) {
    return cells(node).stream()
        .map(index::skip)
        .anyMatch(skip -> skip != null && TOLD.contains(skip.reason()));
  }

  private List<Cell> cells(Plan.Node node) {
    List<Cell> cells = new ArrayList<>();
    for (String id : node.experiments()) {
      Experiment experiment = experiments.get(id);
      if (experiment != null) {
        columns.forEach(column -> cells.add(new Cell(column, experiment.stimulus(), id)));
      }
    }
    return cells;
  }
}
