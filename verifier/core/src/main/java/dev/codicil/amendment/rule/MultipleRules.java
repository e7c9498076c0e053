package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a number must be a multiple of. */
final class MultipleRules {
  static final ChangeRule NARROWED =
      rule(
          Effect.NARROWED,
          RuleCard.of(
              "multiple-narrowed",
              "A number must be a multiple of more",
              "Consumers that send numbers between the steps are refused.",
              "multipleOf: 5 becomes 10",
              "Round instead of refusing.",
              "multiple-widened"));

  static final ChangeRule WIDENED =
      rule(
          Effect.WIDENED,
          RuleCard.of(
              "multiple-widened",
              "A number may lie between the old steps",
              "Consumers may get numbers in replies that they round or refuse.",
              "multipleOf: 10 becomes 5",
              "Keep sending multiples of the old step.",
              "multiple-narrowed"));

  static final ChangeRule CHANGED =
      rule(
          Effect.REPLACED,
          RuleCard.of(
              "multiple-changed",
              "A number must be a multiple of something else",
              "Old multiples are refused and new ones come: breaks consumers in both directions.",
              "multipleOf: 4 becomes 6",
              "Accept both steps for a while.",
              "multiple-changed"));

  private MultipleRules() {}

  private static ChangeRule rule(Effect wanted, RuleCard card) {
    return Rule.at(
        Place.Value.class,
        card,
        place -> {
          BigDecimal before = place.before().assertions().multipleOf();
          BigDecimal after = place.after().assertions().multipleOf();
          return effect(before, after) == wanted
              ? Difference.of(
                  wanted,
                  word(before),
                  word(after),
                  "must be a multiple of " + told(after) + " now")
              : null;
        });
  }

  private static Effect effect(@Nullable BigDecimal before, @Nullable BigDecimal after) {
    if (before == null || after == null) {
      if (before == after) {
        return Effect.NEUTRAL;
      }
      return before == null ? Effect.NARROWED : Effect.WIDENED;
    }
    if (before.compareTo(after) == 0) {
      return Effect.NEUTRAL;
    }
    if (multiple(after, before)) {
      return Effect.NARROWED;
    }
    return multiple(before, after) ? Effect.WIDENED : Effect.REPLACED;
  }

  /** A number such as 1e999999999 must never be divided. */
  private static boolean multiple(BigDecimal number, BigDecimal of) {
    return modest(number) && modest(of) && of.signum() != 0 && number.remainder(of).signum() == 0;
  }

  private static boolean modest(BigDecimal value) {
    return Math.abs((long) value.scale()) <= 40 && value.precision() <= 80;
  }

  private static @Nullable String word(@Nullable BigDecimal value) {
    return value == null ? null : Excerpt.of(value.toString());
  }

  private static String told(@Nullable BigDecimal value) {
    return value == null ? "nothing" : Excerpt.of(value.toString());
  }
}
