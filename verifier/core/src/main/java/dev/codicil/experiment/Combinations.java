package dev.codicil.experiment;

import dev.codicil.chaos.ChaosProfile.Combination.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Every choice of one strike for each fault of a combination: a fault that is planned once for
 * every field or edge stands in as many of them. Bounded.
 *
 * @param list each with a strike for every fault, in their order; empty when some fault strikes
 *     nothing
 * @param isCut whether there are more than are listed
 */
record Combinations(List<List<Planner.Strike>> list, boolean isCut) {
  /** Most choices of one combination in one scenario. */
  static final int MOST = 64;

  /** Most choices that are looked at: those of phases on several edges are not listed. */
  private static final int MOST_STEPS = 10_000;

  static Combinations of(Kind kind, List<List<Planner.Strike>> each) {
    List<List<Planner.Strike>> list = new ArrayList<>();
    if (each.stream().anyMatch(List::isEmpty)) {
      return new Combinations(list, false);
    }
    int[] chosen = new int[each.size()];
    for (int step = 0; step < MOST_STEPS; step++) {
      List<Planner.Strike> choice = new ArrayList<>();
      for (int i = 0; i < chosen.length; i++) {
        choice.add(each.get(i).get(chosen[i]));
      }
      if (kind != Kind.PHASES || onOneEdge(choice)) {
        if (list.size() == MOST) {
          return new Combinations(list, true);
        }
        list.add(choice);
      }
      if (!next(chosen, each)) {
        return new Combinations(list, false);
      }
    }
    return new Combinations(list, true);
  }

  /** Exchanges are counted by edge, so phases follow each other on one edge only. */
  private static boolean onOneEdge(List<Planner.Strike> choice) {
    return choice.stream().map(strike -> strike.fault().edge()).distinct().count() == 1;
  }

  /** The next choice, the last fault's strikes changing first; false after the last one. */
  private static boolean next(int[] chosen, List<List<Planner.Strike>> each) {
    for (int i = chosen.length - 1; i >= 0; i--) {
      if (++chosen[i] < each.get(i).size()) {
        return true;
      }
      chosen[i] = 0;
    }
    return false;
  }
}
