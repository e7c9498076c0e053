package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static Subject calling(String name, String... upstreams) {
    return Town.subject(name, Map.of(), List.of(), Town.calls(upstreams), List.of());
  }

  private static List<String> order(Steps steps) {
    return steps.steps().stream().flatMap(step -> step.amended().stream()).toList();
  }

  @Test
  void providersAreAmendedBeforeTheirCallers() {
    Steps steps =
        Steps.of(Town.subjects(), Set.of(World.CHECKOUT, World.AUTHORITY), Steps.PROVIDER_FIRST);
    assertThat(steps.steps())
        .containsExactly(
            new Step(List.of(World.AUTHORITY), "base", "step-1"),
            new Step(List.of(World.CHECKOUT), "step-1", "head"));
    assertThat(steps.columns())
        .containsExactly(
            new Column("base", Map.of()),
            new Column("step-1", Map.of(World.AUTHORITY, "head")),
            new Column("head", Map.of(World.AUTHORITY, "head", World.CHECKOUT, "head")));
  }

  @Test
  void consumersAreAmendedFirstWhenTheRolloutSaysSo() {
    Set<String> amended = Set.of(World.CHECKOUT, World.AUTHORITY, World.PARTNER);
    assertThat(order(Steps.of(Town.subjects(), amended, Steps.CONSUMER_FIRST)))
        .containsExactly(World.CHECKOUT, World.AUTHORITY, World.PARTNER);
    assertThat(order(Steps.of(Town.subjects(), amended, Steps.PROVIDER_FIRST)))
        .containsExactly(World.PARTNER, World.AUTHORITY, World.CHECKOUT);
  }

  @Test
  void nothingAmendedStillComparesHeadWithBase() {
    Steps steps = Steps.of(Town.subjects(), Set.of(), Steps.PROVIDER_FIRST);
    assertThat(steps.steps()).containsExactly(new Step(List.of(), "base", "head"));
    assertThat(steps.columns())
        .containsExactly(new Column("base", Map.of()), new Column("head", Map.of()));
  }

  @Test
  void callsInACircleStartWithTheFirstDeclared() {
    List<Subject> circle = List.of(calling("a", "b"), calling("b", "c"), calling("c", "a", "c"));
    assertThat(order(Steps.of(circle, Set.of("a", "b", "c"), Steps.PROVIDER_FIRST)))
        .containsExactly("a", "c", "b");
    assertThat(new Topology(circle).edgesFrom("b")).containsExactly("b->c", "c->a", "c->c", "a->b");
  }

  @Test
  void amendedNamesThatNothingDeclaresComeLast() {
    assertThat(
            order(
                Steps.of(Town.subjects(), Set.of("z", "m", World.CHECKOUT), Steps.PROVIDER_FIRST)))
        .containsExactly(World.CHECKOUT, "m", "z");
  }

  @Test
  void unknownRolloutIsRefused() {
    assertThatThrownBy(() -> Steps.of(List.of(), Set.of(), "big-bang"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown rollout 'big-bang'; expected provider-first or consumer-first");
  }
}
