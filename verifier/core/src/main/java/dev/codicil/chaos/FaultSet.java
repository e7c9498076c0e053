package dev.codicil.chaos;

import java.util.List;
import java.util.Set;

/**
 * The faults of one experiment; they act together.
 *
 * @param profile name of the profile it comes from
 * @param faults none only for calm under load
 */
public record FaultSet(String profile, List<PlannedFault> faults) {
  public FaultSet {
    faults = List.copyOf(faults);
  }

  /** Faults that choose by themselves which exchanges they strike. */
  private static final Set<String> CHOOSING = Set.of("version-skew", "stale-reply");

  /** Whether there is nothing in it. */
  public boolean calm() {
    return faults.isEmpty();
  }

  /** Whether each of its faults may let exchanges pass, so that none need be struck. */
  public boolean conditional() {
    return faults.stream()
        .noneMatch(fault -> fault.conditions().strikesAll() && !CHOOSING.contains(fault.fault()));
  }

  /** Ids of the faults, in order. */
  public List<String> ids() {
    return faults.stream().map(PlannedFault::fault).toList();
  }

  /** One line for people. */
  public String label() {
    return String.join(" + ", faults.stream().map(PlannedFault::label).toList());
  }
}
