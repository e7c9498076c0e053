package dev.codicil.experiment;

import java.util.Set;

/**
 * Who plays: what is amended, and which subjects have a running implementation on each side.
 *
 * @param amended names of subjects, stub providers and consumers whose build, configuration or
 *     contract changes
 * @param runsBase subjects whose base can be started
 * @param runsHead subjects whose head can be started
 * @param rollout {@value Steps#PROVIDER_FIRST} or {@value Steps#CONSUMER_FIRST}
 */
public record Cast(
    Set<String> amended, Set<String> runsBase, Set<String> runsHead, String rollout) {
  public Cast {
    amended = Set.copyOf(amended);
    runsBase = Set.copyOf(runsBase);
    runsHead = Set.copyOf(runsHead);
  }

  /** Whether a subject runs on both sides; else a stub plays it on both alike. */
  public boolean runs(String subject) {
    return runsBase.contains(subject) && runsHead.contains(subject);
  }

  /**
   * Whether the base version of what a consumer relies on still counts. Consumers that are not
   * amended always bring it; amended ones do while they wait for the provider to be rolled out.
   */
  boolean baseCounts(String consumer, String provider) {
    return !amended.contains(consumer)
        || amended.contains(provider) && !rollout.equals(Steps.CONSUMER_FIRST);
  }
}
