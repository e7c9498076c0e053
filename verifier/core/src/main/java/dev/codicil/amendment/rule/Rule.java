package dev.codicil.amendment.rule;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rule that is no more than a card and a comparison of one kind of place. */
record Rule<P extends Place>(
    RuleCard card, Class<P> kind, Function<P, @Nullable Difference> comparison)
    implements ChangeRule {

  static <P extends Place> ChangeRule at(
      Class<P> kind, RuleCard card, Function<P, @Nullable Difference> comparison) {
    return new Rule<>(card, kind, comparison);
  }

  @Override
  public Optional<Difference> check(Place place) {
    return kind.isInstance(place)
        ? Optional.ofNullable(comparison.apply(kind.cast(place)))
        : Optional.empty();
  }

  @Override
  public boolean looksAt(Class<? extends Place> places) {
    return kind.isAssignableFrom(places);
  }

  @Override
  public String toString() {
    return card.id();
  }
}
