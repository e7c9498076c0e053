package dev.codicil.verdict;

import dev.codicil.contract.Location;
import dev.codicil.contract.Nearest;
import dev.codicil.experiment.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which selectors of a policy find anything at all: one that names a consumer nobody is, or a tag
 * no interaction carries, decides nothing and looks as if it did.
 */
final class PolicyReach {
  private PolicyReach() {}

  /** Names of what the selectors of a policy found among the interactions of one amendment. */
  static Set<String> met(Policy policy, String amendment, List<Stimulus> stimuli) {
    Set<String> met = new TreeSet<>();
    policy
        .tags()
        .forEach(
            (name, tag) ->
                tag.patterns().stream()
                    .filter(
                        pattern ->
                            stimuli.stream()
                                .anyMatch(one -> pattern.matches(one.name(), one.operation())))
                    .forEach(pattern -> met.add(key(name, pattern))));
    for (PolicyRule rule : policy.rules()) {
      boolean here = rule.amendment() == null || rule.amendment().matches(amendment);
      if (here) {
        met.add(key(rule, "amendment"));
      }
      for (Stimulus one : stimuli) {
        boolean consumer = rule.consumer() == null || rule.consumer().matches(one.consumer());
        boolean provider = rule.provider() == null || rule.provider().matches(one.provider());
        boolean interaction =
            rule.interaction() == null || rule.interaction().matches(one.name(), one.operation());
        Policy.Tag tag = rule.tag() == null ? null : policy.tags().get(rule.tag());
        boolean tagged = tag == null || tag.on(one.name(), one.operation());
        add(met, rule, "consumer", consumer);
        add(met, rule, "provider", provider);
        add(met, rule, "interaction", interaction);
        add(met, rule, "", here && consumer && provider && interaction && tagged);
      }
    }
    return met;
  }

  private static void add(Set<String> met, PolicyRule rule, String part, boolean found) {
    if (found) {
      met.add(key(rule, part));
    }
  }

  private static String key(PolicyRule rule, String part) {
    return "rule " + rule.number() + " " + part;
  }

  private static String key(String tag, InteractionPattern pattern) {
    return "tag " + tag + " " + pattern.text();
  }

  /**
   * What to tell of a policy, one line each.
   *
   * @param uses of all amendments that were judged
   * @param whole whether these are all amendments
   */
  static List<String> warnings(Policy policy, List<GateUse> uses, boolean whole) {
    if (uses.stream().allMatch(use -> use.names().isEmpty())) {
      return List.of(); // nothing was there to be found
    }
    Set<String> met = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (GateUse use : uses) {
      met.addAll(use.met());
      names.addAll(use.names());
    }
    List<String> warnings = new ArrayList<>();
    for (Map.Entry<String, Policy.Tag> tag : policy.tags().entrySet()) {
      for (InteractionPattern pattern : tag.getValue().patterns()) {
        if (!met.contains(key(tag.getKey(), pattern))) {
          warnings.add(
              at(tag.getValue().location())
                  + "tag "
                  + tag.getKey()
                  + ": no interaction of this run is '"
                  + pattern.text()
                  + "'");
        }
      }
    }
    for (PolicyRule rule : policy.rules()) {
      boolean elsewhere =
          rule.environment() != null && !rule.environment().equals(policy.environment())
              || !whole && !met.contains(key(rule, "amendment"));
      if (!elsewhere && !met.contains(key(rule, ""))) {
        warnings.add(at(rule.location()) + "rule " + rule.number() + ": " + why(rule, met, names));
      }
    }
    return warnings;
  }

  private static String at(Location location) {
    return location + ": ";
  }

  private static String why(PolicyRule rule, Set<String> met, Set<String> names) {
    InteractionPattern consumer = rule.consumer();
    InteractionPattern provider = rule.provider();
    InteractionPattern interaction = rule.interaction();
    InteractionPattern amendment = rule.amendment();
    if (amendment != null && !met.contains(key(rule, "amendment"))) {
      return "no amendment is '" + amendment.text() + "'";
    }
    if (consumer != null && !met.contains(key(rule, "consumer"))) {
      return "no interaction of this run has the consumer '"
          + consumer.text()
          + "'"
          + near(consumer, names);
    }
    if (provider != null && !met.contains(key(rule, "provider"))) {
      return "no interaction of this run has the provider '"
          + provider.text()
          + "'"
          + near(provider, names);
    }
    if (interaction != null && !met.contains(key(rule, "interaction"))) {
      return "no interaction of this run is '" + interaction.text() + "'";
    }
    return "no interaction of this run is all that it selects (" + rule.selects() + ")";
  }

  private static String near(InteractionPattern written, Set<String> names) {
    return Nearest.to(written.text(), names)
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("");
  }
}
