package dev.codicil.experiment;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.Parameters;
import java.util.List;
import java.util.Set;

/**
 * All ways in which a fault of a profile strikes the messages of one edge.
 *
 * @param list in the order in which they are planned
 * @param notApplicable reasons, one for each way that could not be found
 */
record Targets(List<Target> list, List<String> notApplicable) {
  Targets {
    list = List.copyOf(list);
    notApplicable = List.copyOf(notApplicable);
  }

  /**
   * One way to strike.
   *
   * @param parameters aimed, without defaults
   * @param derived names of the parameters that follow from shapes and seed
   * @param fit whether the message keeps its contract; never {@code BY_TARGET}
   * @param only the exchanges that it is about
   */
  record Target(Parameters parameters, Set<String> derived, FaultCard.Fit fit, Match only) {
    Target {
      derived = Set.copyOf(derived);
    }

    /** About every exchange. */
    Target(Parameters parameters, Set<String> derived, FaultCard.Fit fit) {
      this(parameters, derived, fit, Match.ANY);
    }
  }

  static Targets none(String reason) {
    return new Targets(List.of(), List.of(reason));
  }

  static Targets one(Parameters parameters, Set<String> derived, FaultCard.Fit fit) {
    return new Targets(List.of(new Target(parameters, derived, fit)), List.of());
  }
}
