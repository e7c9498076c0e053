package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Credential;
import java.util.List;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * Credentials an operation asks for. Which ones a consumer holds is not in its contract, so what it
 * means for a consumer that holds some is told and left to the replay, which uses real ones. Only
 * who needed none, and needs some now, is at risk for certain.
 */
final class AccessRules {
  private static final String ONE_SIDED = "Credentials stand in requests only.";

  static final ChangeRule CLOSED =
      Rule.at(
          Place.Access.class,
          RuleCard.of(
                  "credentials-demanded",
                  "An operation that was open asks for credentials",
                  "Consumers that send none are refused. A risk and no certain break, since many"
                      + " documents say only later what providers did all along.",
                  "security: [{bearer: []}] was set",
                  "Let every consumer send credentials before they are demanded.",
                  "credentials-waived")
              .asymmetric(ONE_SIDED),
          place ->
              open(place.before()) && !open(place.after())
                  ? Difference.of(
                          Effect.NARROWED,
                          null,
                          shown(place.after()),
                          "must carry credentials now: " + shown(place.after()))
                      .guarded(true)
                  : null);

  static final ChangeRule OPENED =
      Rule.at(
          Place.Access.class,
          RuleCard.of(
                  "credentials-waived",
                  "An operation asks for credentials no more",
                  "More requests are accepted than before; breaks nobody.",
                  "security: [{bearer: []}] was taken off",
                  "Make sure it was meant.",
                  "credentials-demanded")
              .asymmetric(ONE_SIDED),
          place ->
              !open(place.before()) && open(place.after())
                  ? Difference.of(
                      Effect.WIDENED,
                      shown(place.before()),
                      null,
                      "need not carry credentials any more")
                  : null);

  static final ChangeRule CHANGED =
      Rule.at(
          Place.Access.class,
          RuleCard.of(
                  "credentials-changed",
                  "An operation asks for other credentials",
                  "Whether a consumer holds what is asked for now is not in its contract; the"
                      + " replay with configured credentials shows it.",
                  "scopes: [read] becomes [read, write]",
                  "Grant the new scopes, or accept the old scheme, before the change is live.",
                  "credentials-changed")
              .asymmetric(ONE_SIDED),
          place ->
              !open(place.before())
                      && !open(place.after())
                      && !Set.copyOf(place.before()).equals(Set.copyOf(place.after()))
                  ? Difference.of(
                      Effect.NEUTRAL,
                      shown(place.before()),
                      shown(place.after()),
                      "must carry other credentials now: "
                          + shown(place.after())
                          + " instead of "
                          + shown(place.before()))
                  : null);

  private AccessRules() {}

  /** Whether a request without credentials is accepted. */
  private static boolean open(List<Set<Credential>> ways) {
    return ways.isEmpty() || ways.stream().anyMatch(Set::isEmpty);
  }

  private static String shown(List<Set<Credential>> ways) {
    return Excerpt.of(
        ways.stream()
            .map(way -> way.stream().map(Credential::toString).sorted().collect(joined(" and ")))
            .sorted()
            .collect(joined(" or ")));
  }

  private static Collector<CharSequence, ?, String> joined(String word) {
    return Collectors.joining(word);
  }
}
