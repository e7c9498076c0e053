package dev.codicil.verdict;

import dev.codicil.experiment.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which names of flows find any interaction at all: what goes through none of them costs nothing,
 * and looks as if it were safe.
 */
final class ImpactReach {
  private ImpactReach() {}

  /** Names of what the flows found among the interactions of one amendment. */
  static Set<String> met(Impact impact, List<Stimulus> stimuli) {
    Set<String> met = new TreeSet<>();
    for (Impact.Flow flow : impact.flows()) {
      for (Stimulus one : stimuli) {
        Impact.Part part = flow.part(one.name(), one.operation());
        if (part != null) {
          met.add(key(flow, part));
        }
      }
    }
    return met;
  }

  private static String key(Impact.Flow flow, Impact.Part part) {
    return "flow " + flow.name() + " " + part.pattern().text();
  }

  /** What to tell of flows, one line each. */
  static List<String> warnings(Impact impact, List<GateUse> uses) {
    if (uses.stream().allMatch(use -> use.names().isEmpty())) {
      return List.of(); // nothing was there to be found
    }
    List<String> warnings = new ArrayList<>();
    for (Impact.Flow flow : impact.flows()) {
      for (Impact.Part part : flow.of()) {
        if (uses.stream().noneMatch(use -> use.met().contains(key(flow, part)))) {
          warnings.add(
              flow.location()
                  + ": flow "
                  + flow.name()
                  + ": no interaction of this run is '"
                  + part.pattern().text()
                  + "', so what becomes of "
                  + Figures.percent(part.share())
                  + " of it is not known");
        }
      }
    }
    return warnings;
  }
}
