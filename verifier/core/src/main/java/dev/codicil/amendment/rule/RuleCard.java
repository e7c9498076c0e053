package dev.codicil.amendment.rule;

import java.util.regex.Pattern;

/**
 * The reference entry of a rule.
 *
 * @param id in kebab-case, stable
 * @param title one line
 * @param why what it does to the allowed messages, and whom that breaks
 * @param example a change it finds
 * @param remedy how to make the change safely
 * @param mirror id of the rule that finds the change when before and after are swapped; its own id
 *     when it finds both
 * @param asymmetry why the swapped change in the other direction may weigh differently; empty when
 *     a request and a reply mirror each other exactly
 */
public record RuleCard(
    String id,
    String title,
    String why,
    String example,
    String remedy,
    String mirror,
    String asymmetry) {
  private static final Pattern KEBAB = Pattern.compile("[a-z]+(-[a-z]+)*");

  public RuleCard {
    if (!KEBAB.matcher(id).matches() || !KEBAB.matcher(mirror).matches()) {
      throw new IllegalArgumentException("a rule id is kebab-case: " + id + ", " + mirror);
    }
    if (title.isBlank() || why.isBlank() || example.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("a rule card is complete: " + id);
    }
  }

  /** A card of a rule whose request and reply mirror each other. */
  static RuleCard of(
      String id, String title, String why, String example, String remedy, String mirror) {
    return new RuleCard(id, title, why, example, remedy, mirror, "");
  }

  /** The same card with the reason why its directions weigh differently. */
  RuleCard asymmetric(String reason) {
    return new RuleCard(id, title, why, example, remedy, mirror, reason);
  }
}
