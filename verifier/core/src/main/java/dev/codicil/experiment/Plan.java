package dev.codicil.experiment;

import java.util.List;
import java.util.Map;

/**
 * What will be run, in order: touched stimuli first. The planner is pure, so the same inputs give
 * the same plan.
 *
 * @param seed of all draws
 * @param columns the assignments of sides that are started
 * @param steps the rollout
 * @param stimuli what is replayed in calm, in order
 * @param experiments what is replayed in storm, in order
 * @param notApplicable how many combinations of stimulus and fault mean nothing, by reason
 * @param cut ids of experiments and stimuli that the budget cut
 * @param notReplayed interactions that nothing can replay, with the reason
 */
public record Plan(
    long seed,
    List<Column> columns,
    List<Step> steps,
    List<Stimulus> stimuli,
    List<Experiment> experiments,
    Map<String, Integer> notApplicable,
    List<Cut> cut,
    List<NotReplayed> notReplayed) {
  public Plan {
    columns = List.copyOf(columns);
    steps = List.copyOf(steps);
    stimuli = List.copyOf(stimuli);
    experiments = List.copyOf(experiments);
    notApplicable = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(notApplicable));
    cut = List.copyOf(cut);
    notReplayed = List.copyOf(notReplayed);
  }

  /**
   * Something the budget left out.
   *
   * @param id of the experiment or the stimulus
   * @param stimulus id of the stimulus
   * @param label readable
   * @param touched whether a change touches it, which makes the verdict inconclusive
   * @param cells how many cells that saved
   */
  public record Cut(String id, String stimulus, String label, boolean touched, int cells) {}

  /**
   * An interaction that is in the model and not replayed.
   *
   * @param consumer who relies on it
   * @param provider who promises it
   * @param interaction description
   * @param reason why
   */
  public record NotReplayed(String consumer, String provider, String interaction, String reason) {}
}
