package dev.codicil.storm.run;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.fault.VersionSkewFault;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Topology;
import dev.codicil.storm.run.Launch.NodeLaunch;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which subjects of a column need a node that still runs the version before: those that the step to
 * this column amends, and that some fault of the plan sends calls to. A fleet that is not amended
 * is its own old version.
 */
final class OldNodes {
  /** Name of such a node, for faults and for files. */
  static final String NAME = VersionSkewFault.BEFORE;

  private OldNodes() {}

  /** What such a node runs, by subject. */
  static Map<String, NodeLaunch> of(String column, RunRequest request) {
    Set<String> edges = skewed(request);
    Topology topology = request.topology();
    Map<String, NodeLaunch> nodes = new TreeMap<>();
    for (Step step : request.plan().steps()) {
      if (!step.after().equals(column)) {
        continue;
      }
      Map<String, Launch> before = request.launches().getOrDefault(step.before(), Map.of());
      for (String subject : step.amended()) {
        if (before.get(subject) instanceof NodeLaunch launch
            && topology.edgesTo(subject).stream().anyMatch(edges::contains)) {
          nodes.put(subject, launch);
        }
      }
    }
    return nodes;
  }

  private static Set<String> skewed(RunRequest request) {
    Set<String> edges = new TreeSet<>();
    for (Experiment experiment : request.plan().experiments()) {
      for (PlannedFault fault : experiment.faults().faults()) {
        FaultCard card = request.faults().apply(fault.fault()).card();
        if (card.aim() == FaultCard.Aim.AMENDED_PROVIDER) {
          edges.add(fault.edge());
        }
      }
    }
    return edges;
  }

  /**
   * What a subject ran in the column before this one; what it runs here where nothing comes before.
   */
  static NodeLaunch before(String column, String subject, NodeLaunch own, RunRequest request) {
    for (Step step : request.plan().steps()) {
      Map<String, Launch> before = request.launches().getOrDefault(step.before(), Map.of());
      if (step.after().equals(column)
          && step.amended().contains(subject)
          && before.get(subject) instanceof NodeLaunch launch) {
        return launch;
      }
    }
    return own;
  }
}
