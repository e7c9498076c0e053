package dev.codicil.verdict;

import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Stimulus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Subjects with undeclared connections that no proxy is on: faults cannot strike there, so that a
 * subject that stood its storms may only have had another way round them.
 */
final class Bypasses {
  private static final int MOST_REMOTES = 5;

  private final RunIndex index;
  private final FindingMaker maker;

  Bypasses(RunIndex index, FindingMaker maker) {
    this.index = index;
    this.maker = maker;
  }

  /**
   * Puts one inconclusive finding for each such subject in the place of what its storms seem to
   * say. What failed there has failed all the same, and stays.
   */
  List<Finding> weigh(List<Finding> findings) {
    Map<String, List<Coverage.Bypass>> undeclared = new TreeMap<>();
    for (Coverage.Bypass bypass : index.bypasses()) {
      if (!bypass.declared()) {
        undeclared.computeIfAbsent(bypass.subject(), name -> new ArrayList<>()).add(bypass);
      }
    }
    if (undeclared.isEmpty()) {
      return findings;
    }
    Map<String, Experiment> experiments = new HashMap<>();
    Map<String, String> providers =
        index.planned().plan().stimuli().stream()
            .collect(Collectors.toMap(Stimulus::id, Stimulus::provider, (one, other) -> one));
    index
        .planned()
        .plan()
        .experiments()
        .forEach(experiment -> experiments.put(experiment.id(), experiment));
    Map<String, Integer> undecided = new HashMap<>();
    List<Finding> kept = new ArrayList<>();
    for (Finding finding : findings) {
      Experiment experiment = experiments.get(finding.id());
      Set<String> around =
          experiment == null
                  || finding.kind() == FindingKind.RESILIENCE_LOST
                  || finding.kind() == FindingKind.BROKEN
              ? Set.of()
              : struck(experiment, providers, undeclared.keySet());
      around.forEach(subject -> undecided.merge(subject, 1, Integer::sum));
      if (around.isEmpty()) {
        kept.add(finding);
      }
    }
    undeclared.forEach(
        (subject, bypasses) ->
            kept.add(maker.bypass(subject, why(bypasses, undecided.getOrDefault(subject, 0)))));
    return kept;
  }

  /** Which of these subjects an experiment is about. */
  private static Set<String> struck(
      Experiment experiment, Map<String, String> providers, Set<String> subjects) {
    String provider = providers.getOrDefault(experiment.stimulus(), "");
    return subjects.stream()
        .filter(
            subject ->
                subject.equals(provider)
                    || experiment.faults().faults().stream()
                        .anyMatch(fault -> fault.edge().startsWith(subject + "->")))
        .collect(Collectors.toSet());
  }

  private static String why(List<Coverage.Bypass> bypasses, int undecided) {
    List<String> shown = new ArrayList<>();
    for (Coverage.Bypass bypass : bypasses.subList(0, Math.min(MOST_REMOTES, bypasses.size()))) {
      shown.add(bypass.remote() + " (column " + String.join(", ", bypass.columns()) + ")");
    }
    if (bypasses.size() > MOST_REMOTES) {
      shown.add((bypasses.size() - MOST_REMOTES) + " more");
    }
    return "it connects to "
        + String.join(", ", shown)
        + " without a proxy on the way, where no fault can strike"
        + (undecided == 0
            ? ""
            : ", so that "
                + (undecided == 1 ? "one storm of it says" : undecided + " storms of it say")
                + " nothing")
        + ": give it that address as {upstream.NAME}, or declare it under 'direct' of the subject";
  }
}
