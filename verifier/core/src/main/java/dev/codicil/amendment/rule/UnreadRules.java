package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keywords that were seen and not understood. A reader that wants a changed value of such a keyword
 * noticed appends a digest: {@code not#1f3a}; only the part before the {@code #} is shown.
 */
final class UnreadRules {
  static final ChangeRule NOT_UNDERSTOOD =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "not-understood",
              "A keyword that is not understood changed",
              "What it does to the allowed messages is not known, so it is a risk in both"
                  + " directions and never silently safe.",
              "if/then/else was set",
              "Say the same with keywords that are understood, or rely on the replay.",
              "not-understood"),
          place -> {
            Set<String> before = UnreadKeywords.of(place.before());
            Set<String> after = UnreadKeywords.of(place.after());
            if (before.equals(after)) {
              return null;
            }
            Set<String> changed = new TreeSet<>(before);
            changed.addAll(after);
            changed.removeIf(keyword -> before.contains(keyword) && after.contains(keyword));
            return Difference.of(
                    Effect.REPLACED,
                    names(before),
                    names(after),
                    "changed in what is not understood: " + names(changed))
                .guarded(true);
          });

  private UnreadRules() {}

  private static @Nullable String names(Set<String> keywords) {
    if (keywords.isEmpty()) {
      return null;
    }
    return Excerpt.of(
        keywords.stream()
            .map(
                keyword ->
                    keyword.contains("#") ? keyword.substring(0, keyword.indexOf('#')) : keyword)
            .distinct()
            .collect(Collectors.joining(", ")));
  }
}
