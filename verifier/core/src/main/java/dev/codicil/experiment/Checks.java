package dev.codicil.experiment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a project asks of its services beyond their contracts.
 *
 * @param invariants what must be true after every replay, in order of declaration
 * @param canaries secrets that are planted and must not come to light; when there is one, secrets
 *     of the configuration must not either
 * @param errors what errors must say
 */
public record Checks(List<Invariant> invariants, List<Canary> canaries, List<ErrorRule> errors) {
  /** Nothing is asked. */
  public static final Checks NONE = new Checks(List.of(), List.of(), List.of());

  public Checks {
    invariants = List.copyOf(invariants);
    canaries = List.copyOf(canaries);
    errors = List.copyOf(errors);
  }

  /** The invariants that are asked after a replay of this scenario. */
  public List<Invariant> invariants(Scenario scenario) {
    return invariants.stream().filter(one -> one.concerns(scenario)).toList();
  }

  /** Names of the subjects that the checks of this scenario read from. */
  public Set<String> readBy(Scenario scenario) {
    Set<String> names = new TreeSet<>();
    invariants(scenario)
        .forEach(one -> one.read().values().forEach(read -> names.add(read.subject())));
    return names;
  }
}
