package dev.codicil.verdict;

import java.util.Set;

/**
 * What judging one amendment had of policy and waivers.
 *
 * @param unwaived the verdict as it would be without waivers
 * @param met what the policy's selectors found in this amendment, see {@link PolicyReach}
 * @param names consumers and providers of its interactions
 * @param partial why this amendment does not show which waivers are unused; empty when it does
 */
public record GateUse(Verdict unwaived, Set<String> met, Set<String> names, String partial) {
  public GateUse {
    met = Set.copyOf(met);
    names = Set.copyOf(names);
  }
}
