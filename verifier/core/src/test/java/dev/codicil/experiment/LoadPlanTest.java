package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.ChaosProfile.Edges;
import dev.codicil.chaos.ChaosProfile.Entry;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Load.Percentile;
import dev.codicil.chaos.Load.Tolerance;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.Location;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loads in a plan. */
class LoadPlanTest {
  private static final Load LOAD =
      new Load(50, 4, Map.of(Percentile.P99, Tolerance.DEFAULT), Load.SAFE);

  private static Entry entry(String fault, @Nullable Load load) {
    return new Entry(
        fault,
        Edges.UPSTREAM,
        null,
        Parameters.NONE,
        Conditions.NONE,
        load,
        World.line("p.yaml", fault.length()));
  }

  private static Plan plan(int budget, Entry... entries) {
    PlanRequest world =
        World.planRequest(
            World.amendment(World.contracts(), World.contracts(), World.validityChange()),
            Town.cast(World.AUTHORITY),
            budget);
    return Planner.plan(
        new PlanRequest(
            world.columns(),
            world.steps(),
            world.subjects(),
            world.scenarios(),
            world.notReplayed(),
            List.of(
                new ChaosProfile(
                    "p",
                    "p",
                    List.of(entries),
                    List.of(),
                    BlastRadius.ALL,
                    AbortRule.NEVER,
                    Location.of("p.yaml"))),
            world.edges(),
            world.changes(),
            world.seed(),
            budget),
        Weather::cardOf);
  }

  private static Plan plan(Entry... entries) {
    return plan(Integer.MAX_VALUE, entries);
  }

  private static Set<String> methods(Plan plan) {
    return plan.experiments().stream()
        .map(
            experiment ->
                plan.stimuli().stream()
                    .filter(stimulus -> stimulus.id().equals(experiment.stimulus()))
                    .findFirst()
                    .orElseThrow()
                    .operation()
                    .split(" ", 2)[0])
        .collect(Collectors.toSet());
  }

  @Test
  void calmUnderTheLoadIsPlannedOnceForAllItsStorms() {
    Plan plan = plan(entry("latency", LOAD), entry("reset", LOAD));
    List<Experiment> calm = plan.experiments().stream().filter(Experiment::calm).toList();
    List<Experiment> storms = plan.experiments().stream().filter(e -> !e.calm()).toList();
    assertThat(storms).isNotEmpty();
    assertThat(calm).extracting(Experiment::stimulus).doesNotHaveDuplicates();
    for (Experiment storm : storms) {
      assertThat(calm).filteredOn(one -> one.isCalmOf(storm)).hasSize(1);
    }
    assertThat(Planner.cells(plan))
        .isEqualTo(
            (long) (plan.stimuli().size() + calm.size() + storms.size()) * plan.columns().size());
  }

  @Test
  void aLoadMakesAnExperimentOfItsOwnAndChangesNoOther() {
    Plan without = plan(entry("latency", null));
    Plan both = plan(entry("latency", null), entry("latency", LOAD));
    Set<String> ids =
        without.experiments().stream().map(Experiment::id).collect(Collectors.toSet());
    assertThat(both.experiments())
        .filteredOn(one -> one.load() == null)
        .extracting(Experiment::id)
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(both.experiments())
        .filteredOn(one -> one.load() != null)
        .extracting(Experiment::id)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(ids);
  }

  @Test
  void whatIsNotSafeToRepeatIsNotApplicableUnlessTheProfileSaysOtherwise() {
    Plan safe = plan(entry("latency", LOAD));
    assertThat(methods(safe)).containsExactly("GET");
    assertThat(safe.notApplicable())
        .containsKey("a load repeats requests, and the profile does not say that POST may be");
    Load all = new Load(50, 4, LOAD.tolerance(), List.of("GET", "POST", "DELETE"));
    Plan told = plan(entry("latency", all));
    assertThat(methods(told)).contains("POST");
    assertThat(told.notApplicable().keySet()).noneMatch(reason -> reason.contains("repeats"));
  }

  @Test
  void aBudgetCutsStormsBeforeTheirCalm() {
    Plan whole = plan(entry("latency", LOAD), entry("reset", LOAD));
    int calm = whole.stimuli().size() * whole.columns().size();
    for (int storms = 0; storms <= whole.experiments().size(); storms++) {
      Plan cut =
          plan(
              calm + storms * whole.columns().size(), entry("latency", LOAD), entry("reset", LOAD));
      assertThat(cut.experiments()).hasSize(storms);
      assertThat(cut.experiments())
          .filteredOn(one -> !one.calm())
          .allMatch(storm -> cut.experiments().stream().anyMatch(one -> one.isCalmOf(storm)));
    }
  }
}
