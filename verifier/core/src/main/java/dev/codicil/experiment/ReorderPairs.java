package dev.codicil.experiment;

import dev.codicil.chaos.Parameters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which two exchanges of a consumer change places when messages are out of order. */
final class ReorderPairs {
  private final List<Scenario> scenarios;

  /**
   * @param scenarios all scenarios, in any order: pairs are formed in document order, so that they
   *     do not depend on what the amendment touches
   */
  ReorderPairs(List<Scenario> scenarios) {
    this.scenarios =
        scenarios.stream()
            .filter(scenario -> scenario.stimulus().kind() == Stimulus.Kind.INTERACTION)
            .sorted(
                Comparator.comparing((Scenario scenario) -> scenario.stimulus().location().file())
                    .thenComparing(scenario -> scenario.stimulus().location().line())
                    .thenComparing(scenario -> scenario.stimulus().location().column())
                    .thenComparing(scenario -> scenario.stimulus().id()))
            .toList();
  }

  /**
   * The partner of a first exchange.
   *
   * @param parameters {@code first} and {@code second} name interactions or operations; without
   *     them the first must be unsafe and the next one of the same consumer, provider and states is
   *     its partner
   * @return the partner, or why there is none
   */
  Partner partner(Scenario first, Parameters parameters) {
    Optional<String> wantedFirst = parameters.text("first");
    Optional<String> wantedSecond = parameters.text("second");
    if (wantedFirst.isPresent() && !named(first, wantedFirst.get())) {
      return Partner.none("reorder names another exchange as the first");
    }
    if (wantedFirst.isEmpty() && first.request().isSafe()) {
      return Partner.none("reorder needs an unsafe request as the first");
    }
    int after = wantedSecond.isPresent() ? 0 : scenarios.indexOf(first) + 1;
    return scenarios.subList(after, scenarios.size()).stream()
        .filter(second -> second != first)
        .filter(second -> together(first, second))
        .filter(
            second ->
                wantedSecond.isPresent()
                    ? named(second, wantedSecond.get())
                    : second.given().equals(first.given()))
        .findFirst()
        .map(second -> new Partner(Optional.of(second.stimulus().id()), ""))
        .orElseGet(
            () ->
                Partner.none(
                    "reorder found no second exchange of the same consumer, provider and states"));
  }

  /**
   * The second exchange.
   *
   * @param id of its stimulus; empty when there is none
   * @param reason why there is none
   */
  record Partner(Optional<String> id, String reason) {
    static Partner none(String reason) {
      return new Partner(Optional.empty(), reason);
    }
  }

  private static boolean together(Scenario first, Scenario second) {
    return first.stimulus().consumer().equals(second.stimulus().consumer())
        && first.stimulus().provider().equals(second.stimulus().provider());
  }

  private static boolean named(Scenario scenario, String name) {
    Stimulus stimulus = scenario.stimulus();
    return name.equals(stimulus.name())
        || name.equals(stimulus.operation())
        || name.equals(stimulus.id());
  }
}
