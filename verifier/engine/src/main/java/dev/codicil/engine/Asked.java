package dev.codicil.engine;

import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Invariant;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out after which stimuli of a plan invariants are asked. */
final class Asked {
  private Asked() {}

  /**
   * @param chosen whether the plan is what somebody chose, who does not ask for the rest
   */
  static List<Invariant.Declared> of(
      Checks checks, Plan plan, Map<String, Scenario> scenarios, boolean chosen) {
    List<Scenario> planned =
        plan.stimuli().stream()
            .map(Stimulus::id)
            .map(scenarios::get)
            .filter(Objects::nonNull)
            .toList();
    List<Invariant.Declared> asked = new ArrayList<>();
    for (Invariant invariant : checks.invariants()) {
      int stimuli = (int) planned.stream().filter(invariant::concerns).count();
      if (stimuli > 0 || !chosen) {
        asked.add(invariant.declared(stimuli, stimuli > 0 ? null : left(invariant, plan)));
      }
    }
    return asked;
  }

  /** Why all that it is asked after by name is rightly not replayed; null when that is not so. */
  private static @Nullable String left(Invariant invariant, Plan plan) {
    List<Plan.NotReplayed> untouched =
        plan.notReplayed().stream()
            .filter(one -> one.reason().equals(dev.codicil.experiment.Scenarios.NO_MESSAGE_AMENDED))
            .filter(
                one ->
                    invariant.of().contains(one.interaction())
                        || invariant.of().isEmpty()
                            && invariant.read().values().stream()
                                .anyMatch(read -> read.subject().equals(one.provider())))
            .toList();
    return untouched.isEmpty() ? null : untouched.get(0).reason();
  }
}
