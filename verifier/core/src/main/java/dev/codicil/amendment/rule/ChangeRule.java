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

  /**
   * Whether the rule may have something to say about places of this kind. Saves asking it at every
   * other place of a large document.
   */
  default boolean looksAt(Class<? extends Place> places) {
    return true;
  }
}
