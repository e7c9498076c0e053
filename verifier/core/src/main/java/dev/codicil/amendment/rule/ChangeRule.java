package dev.codicil.amendment.rule;

import java.util.Optional;

/**
 * Recognizes one kind of change at one kind of place. Pure. A rule says what happens to the set of
 * allowed messages; the severity is derived from that, never stated.
 */
public interface ChangeRule {

  /** What the rule is, for people. */
  RuleCard card();

  /**
   * Compares the two sides of a place.
   *
   * @param place any place; a rule ignores the kinds it does not look at
   * @return what changed, or empty
   */
  Optional<Difference> check(Place place);
}
