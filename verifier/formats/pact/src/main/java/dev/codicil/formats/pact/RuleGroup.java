package dev.codicil.formats.pact;

import java.util.List;
import java.util.Optional;

/**
 * The matchers at one path.
 *
 * @param rules in document order
 * @param anyOf whether one of them suffices
 * @param path the path expression, as written
 */
record RuleGroup(List<Rule> rules, boolean anyOf, String path) {
  RuleGroup {
    rules = List.copyOf(rules);
  }

  boolean has(Rule.Kind kind) {
    return rules.stream().anyMatch(rule -> rule.kind() == kind);
  }

  Optional<Rule> first(Rule.Kind kind) {
    return rules.stream().filter(rule -> rule.kind() == kind).findFirst();
  }

  boolean ofMembers() {
    return rules.stream().anyMatch(rule -> rule.kind().ofMembers());
  }

  /** Whether null is one of the ways to match. */
  boolean allowsNull() {
    return anyOf && has(Rule.Kind.NULL);
  }
}
