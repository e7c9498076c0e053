package dev.codicil.experiment;

import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.Location;
import java.util.List;

/**
 * What an error must say where a certain thing is wrong: <em>expired</em> is not <em>unknown</em>,
 * and a partner that is down makes no license invalid.
 *
 * @param name unique in the project
 * @param of of which stimuli, as in {@link Invariant#of()}; empty for all requests
 * @param under ids of faults; empty for calm and every fault alike
 * @param pointer JSON pointer of the field that says what is wrong, such as {@code /type} (RFC
 *     9457)
 * @param values what it may say
 * @param location where it was declared
 */
public record ErrorRule(
    String name,
    List<String> of,
    List<String> under,
    String pointer,
    List<String> values,
    Location location) {
  public ErrorRule {
    of = List.copyOf(of);
    under = List.copyOf(under);
    values = List.copyOf(values);
  }

  /** Whether it is about errors that come of this scenario under these faults. */
  public boolean concerns(Scenario scenario, List<PlannedFault> faults) {
    boolean struck =
        under.isEmpty() || faults.stream().anyMatch(fault -> under.contains(fault.fault()));
    return struck
        && scenario.messages() == null
        && (of.isEmpty()
            || of.stream()
                .anyMatch(one -> Invariant.names(one, scenario.stimulus(), scenario.request())));
  }
}
