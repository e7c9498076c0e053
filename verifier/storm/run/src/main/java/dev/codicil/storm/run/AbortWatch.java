package dev.codicil.storm.run;

import dev.codicil.chaos.AbortRule;
import dev.codicil.experiment.Experiment;
import dev.codicil.history.CellRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what storms do to the subjects, and gives up the storms of a profile that does too much.
 */
final class AbortWatch {
  private final Map<String, AbortRule> rules;
  private final Map<String, Integer> deaths = new HashMap<>();
  private final Map<String, Integer> unrecovered = new HashMap<>();
  private final Map<String, String> givenUp = new HashMap<>();

  AbortWatch(Map<String, AbortRule> rules) {
    this.rules = rules;
  }

  /** Why the storms of the profile of an experiment are given up; null while they are not. */
  synchronized @Nullable String givenUp(Experiment experiment) {
    return givenUp.get(experiment.faults().profile());
  }

  /**
   * Takes a storm cell into account.
   *
   * @param died whether a subject died in it
   */
  synchronized void after(Experiment experiment, CellRecord record, boolean died) {
    String profile = experiment.faults().profile();
    AbortRule rule = rules.getOrDefault(profile, AbortRule.NEVER);
    if (rule.never()) {
      return;
    }
    int inARow = died ? deaths.merge(profile, 1, Integer::sum) : 0;
    deaths.put(profile, inARow);
    int lost =
        record.recoveryMillis() < 0
            ? unrecovered.merge(profile, 1, Integer::sum)
            : unrecovered.getOrDefault(profile, 0);
    if (rule.failures() > 0 && inARow >= rule.failures()) {
      givenUp.putIfAbsent(
          profile,
          "profile " + profile + " gives up once a subject died in " + inARow + " cells in a row");
    } else if (rule.unrecovered() > 0 && lost >= rule.unrecovered()) {
      givenUp.putIfAbsent(
          profile,
          "profile "
              + profile
              + " gives up once a subject did not recover after "
              + lost
              + " cells");
    }
  }
}
