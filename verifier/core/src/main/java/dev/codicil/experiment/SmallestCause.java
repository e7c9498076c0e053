package dev.codicil.experiment;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least that makes an experiment fail.
 *
 * @param faults a subset of the experiment's faults that still fails, none of which can be left out
 * @param threshold from which value of a parameter on it fails; null when no parameter has a
 *     measure, or the search was stopped before one was found
 * @param tried every trial, in order, one readable line each
 * @param complete whether the search came to its end within its bounds
 */
public record SmallestCause(
    FaultSet faults, @Nullable Threshold threshold, List<String> tried, boolean complete) {
  public SmallestCause {
    tried = List.copyOf(tried);
  }

  /**
   * What fails for one reason: the same faults behind the same subject. One cause is looked for, at
   * whichever of its interactions comes first.
   */
  public static String kind(String provider, FaultSet faults) {
    return provider + " under " + faults.label();
  }

  /** One line for people: {@code latency on a->b, reply: fails from latency=1190ms on}. */
  public String label() {
    Threshold found = threshold;
    return found == null
        ? faults.label()
        : found.struck().fault()
            + " on "
            + found.struck().edge()
            + (found.struck().stream() == Stream.UPSTREAM ? ", request" : ", reply")
            + ": fails from "
            + found.parameter()
            + "="
            + found.failsFrom()
            + " on, holds up to "
            + found.holdsUpTo();
  }

  /**
   * A border found by bisection; on its one side a trial failed, on its other side one held.
   *
   * @param struck the fault, at the value from which it fails
   * @param parameter name of the parameter
   * @param failsFrom smallest value tried that fails, as a profile writes it
   * @param holdsUpTo largest value tried below it that holds; {@code 0ms} is not tried, but calm
   */
  public record Threshold(
      PlannedFault struck, String parameter, String failsFrom, String holdsUpTo) {}
}
