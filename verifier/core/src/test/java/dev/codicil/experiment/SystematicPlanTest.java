package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Witness;
import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.ChaosProfile.Combination;
import dev.codicil.chaos.ChaosProfile.Edges;
import dev.codicil.chaos.ChaosProfile.Entry;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.When;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Headers;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conditions, combinations, blast radius and nodes of a plan. */
class SystematicPlanTest {
  private static final String TO_AUTHORITY = "checkout->license-authority";
  private static final String TO_PARTNER = "license-authority->partner";

  private static PlanRequest request(List<Change> changes, int budget, ChaosProfile... profiles) {
    PlanRequest world =
        World.planRequest(
            World.amendment(World.contracts(), World.contracts(), World.validityChange()),
            Town.cast(World.AUTHORITY),
            budget);
    return new PlanRequest(
        world.columns(),
        world.steps(),
        world.subjects(),
        world.scenarios(),
        world.notReplayed(),
        List.of(profiles),
        world.edges(),
        changes,
        world.seed(),
        budget);
  }

  private static Plan plan(ChaosProfile... profiles) {
    return Planner.plan(
        request(List.of(World.validityChange()), Integer.MAX_VALUE, profiles), Weather::cardOf);
  }

  private static Entry entry(
      int line, String fault, Edges edges, @Nullable Stream stream, Conditions conditions) {
    return new Entry(fault, edges, stream, Parameters.NONE, conditions, World.line("p.yaml", line));
  }

  private static Entry upstream(int line, String fault) {
    return entry(line, fault, Edges.UPSTREAM, null, Conditions.NONE);
  }

  private static Conditions match(@Nullable String method, @Nullable String path) {
    return new Conditions(
        new Match(method, path, null, null, null), When.ALWAYS, 1, Conditions.UNBOUNDED);
  }

  private static ChaosProfile profile(
      BlastRadius radius, List<Entry> entries, Combination... combinations) {
    return new ChaosProfile(
        "p", "p", entries, List.of(combinations), radius, AbortRule.NEVER, Location.of("p.yaml"));
  }

  @Test
  void whatOnlyTheAmendedDocumentAllowsIsPutIntoTheRepliesThatConsumersGet() {
    Change optional = World.validityChange().witnessed(reply("{\"seats\":3}"));

    List<Experiment> planned = newReplies(optional);

    assertThat(planned)
        .extracting(experiment -> experiment.faults().label())
        .containsOnly(
            "amended-reply(pointer=/validUntil, rule=response-field-removed) on"
                + " checkout->license-authority, reply; GET /licenses/{licenseId}");
    assertThat(planned)
        .extracting(Experiment::reply)
        .containsOnly(Experiment.ReplyFit.NEWLY_ALLOWED);
    assertThat(planned.get(0).faults().faults().get(0).parameters().text("value")).isEmpty();
    assertThat(planned).noneMatch(one -> one.faults().label().contains("client->"));
  }

  @Test
  void aDrawnValueOfANewReplyIsNoPartOfItsId() {
    Change one = World.validityChange().witnessed(reply("{\"validUntil\":\"soon\"}"));
    Change other = World.validityChange().witnessed(reply("{\"validUntil\":\"later\"}"));

    assertThat(newReplies(one))
        .extracting(Experiment::id)
        .isEqualTo(newReplies(other).stream().map(Experiment::id).toList());
    assertThat(newReplies(one).get(0).faults().faults().get(0).parameters().text("value"))
        .hasValue("\"soon\"");
  }

  @Test
  void aReplyThatTheBaseAllowsAsWellIsNothingNew() {
    Witness newlyRefused =
        new Witness(
            Witness.Kind.REPLY,
            "body/validUntil",
            "200",
            Headers.NONE,
            "{}",
            Witness.Side.BASE,
            Witness.Side.HEAD,
            new Mismatch("body/validUntil", "a value (required)", "missing"),
            Witness.CheckedBy.VALIDATOR);

    assertThat(newReplies(World.validityChange().witnessed(newlyRefused))).isEmpty();
    assertThat(newReplies(World.validityChange())).isEmpty();
  }

  private static List<Experiment> newReplies(Change change) {
    Plan plan =
        Planner.plan(
            request(List.of(change), Integer.MAX_VALUE),
            id -> Faults.byId(id).map(Fault::card).orElse(null));
    return plan.experiments().stream()
        .filter(one -> one.faults().ids().contains("amended-reply"))
        .toList();
  }

  private static Witness reply(String body) {
    return new Witness(
        Witness.Kind.REPLY,
        "body/validUntil",
        "200",
        Headers.of("content-type", "application/json"),
        body,
        Witness.Side.HEAD,
        Witness.Side.BASE,
        new Mismatch("body/validUntil", "a value (required)", "missing"),
        Witness.CheckedBy.VALIDATOR);
  }

  private static List<String> labels(Plan plan) {
    return plan.experiments().stream().map(e -> e.faults().label()).distinct().toList();
  }

  @Test
  void eachNodeIsCountedOnceWhateverReachesIt() {
    Plan plan = plan(profile(BlastRadius.ALL, List.of(upstream(1, "drop-field"))));
    assertThat(plan.nodes())
        .extracting(Plan.Node::label)
        .containsExactlyInAnyOrder(
            "drop-field of /validUntil in replies on " + TO_AUTHORITY,
            "drop-field of /id in replies on " + TO_AUTHORITY,
            "drop-field of /vouched in replies on " + TO_PARTNER);
    assertThat(plan.nodes())
        .filteredOn(Plan.Node::amended)
        .extracting(Plan.Node::pointer)
        .containsExactly("/validUntil");
    assertThat(plan.nodes()).allMatch(Plan.Node::planned);
    assertThat(plan.nodes().stream().mapToInt(node -> node.experiments().size()).sum())
        .isEqualTo(plan.experiments().size());
  }

  @Test
  void amendedNodesComeFirstAndABudgetThatCutsThemLeavesThemUnplanned() {
    ChaosProfile weather =
        profile(BlastRadius.ALL, List.of(upstream(1, "latency"), upstream(2, "drop-field")));
    Plan whole = plan(weather);
    int calm = whole.stimuli().size() * whole.columns().size();
    Plan one =
        Planner.plan(request(List.of(World.validityChange()), calm + 2, weather), Weather::cardOf);
    assertThat(one.experiments()).hasSize(1);
    Set<String> amended =
        whole.nodes().stream()
            .filter(Plan.Node::amended)
            .flatMap(node -> node.experiments().stream())
            .collect(java.util.stream.Collectors.toSet());
    assertThat(amended).contains(one.experiments().get(0).id());
    assertThat(one.nodes()).hasSameSizeAs(whole.nodes());
    assertThat(one.nodes()).filteredOn(Plan.Node::planned).hasSize(1);
  }

  @Test
  void matchLeavesOutOperationsThatNoContractOrRequestHas() {
    Plan plan =
        plan(
            profile(
                BlastRadius.ALL,
                List.of(
                    entry(1, "latency", Edges.UPSTREAM, null, match("GET", "/licenses/{id}")),
                    entry(2, "duplicate", Edges.CONSUMER, null, match("DELETE", null)))));
    assertThat(labels(plan))
        .containsExactlyInAnyOrder(
            "latency on " + TO_AUTHORITY + ", reply; GET /licenses/{id}",
            "duplicate on client->license-authority, request; DELETE");
    assertThat(plan.notApplicable())
        .containsKey("no contract describes such an operation on " + TO_PARTNER)
        .containsKey("the profile asks for another operation");
  }

  @Test
  void entryThatStrikesNothingAnywhereIsNamed() {
    Plan plan =
        plan(
            profile(
                BlastRadius.ALL,
                List.of(
                    entry(4, "latency", Edges.UPSTREAM, null, match("GET", "/licences/{id}")),
                    upstream(7, "latency"))));
    assertThat(plan.idle()).containsExactly("p.yaml:4:1: latency");
  }

  @Test
  void blastRadiusHoldsConsumersEdgesAndExchanges() {
    Plan plan =
        plan(
            profile(
                new BlastRadius(List.of("check*"), List.of("*->partner"), 2),
                List.of(entry(1, "latency", Edges.ANY, null, Conditions.NONE))));
    assertThat(labels(plan))
        .containsExactly("latency on " + TO_PARTNER + ", reply; at most 2 exchanges");
    Map<String, String> consumers =
        plan.stimuli().stream()
            .collect(java.util.stream.Collectors.toMap(Stimulus::id, Stimulus::consumer));
    assertThat(plan.experiments())
        .extracting(experiment -> consumers.get(experiment.stimulus()))
        .containsOnly("checkout");
    assertThat(plan.notApplicable()).containsKey("outside the profile's blast radius");
  }

  @Test
  void faultsThatStrikeTogetherAreOneFaultSetForEachChoiceOfFieldsAndEdges() {
    Entry drop = entry(2, "drop-field", Edges.UPSTREAM, null, match("GET", "/licenses/{id}"));
    Plan plan =
        plan(
            profile(
                BlastRadius.ALL,
                List.of(upstream(9, "latency")),
                new Combination(
                    Combination.Kind.TOGETHER,
                    List.of(upstream(1, "latency"), drop),
                    World.line("p.yaml", 1))));
    List<Experiment> combined =
        plan.experiments().stream().filter(e -> e.faults().faults().size() == 2).toList();
    assertThat(combined)
        .extracting(e -> e.faults().label())
        .containsExactly(
            "latency on checkout->license-authority, reply + "
                + "drop-field(pointer=/validUntil) on checkout->license-authority, reply; GET"
                + " /licenses/{id}",
            "latency on license-authority->partner, reply + "
                + "drop-field(pointer=/validUntil) on checkout->license-authority, reply; GET"
                + " /licenses/{id}");
    assertThat(
            plan.experiments()
                .subList(plan.experiments().size() - combined.size(), plan.experiments().size()))
        .as("combinations come last")
        .isEqualTo(combined);
    assertThat(plan.nodes())
        .as("combinations do not count")
        .extracting(Plan.Node::fault)
        .containsOnly("latency");
    assertThat(plan.notApplicable())
        .containsKey("one of the faults that strike together strikes nothing");
    assertThat(plan.idle()).isEmpty();
  }

  @Test
  void phasesFollowEachOtherOnOneEdge() {
    Entry first =
        entry(
            1,
            "reset",
            Edges.UPSTREAM,
            null,
            new Conditions(Match.ANY, new When(1, 2, 1), 1, Conditions.UNBOUNDED));
    Entry then =
        entry(
            2,
            "latency",
            Edges.UPSTREAM,
            null,
            new Conditions(Match.ANY, new When(3, When.OPEN, 1), 1, Conditions.UNBOUNDED));
    Plan plan =
        plan(
            profile(
                BlastRadius.ALL,
                List.of(),
                new Combination(
                    Combination.Kind.PHASES, List.of(first, then), World.line("p.yaml", 1))));
    assertThat(labels(plan))
        .containsExactlyInAnyOrder(
            "reset on checkout->license-authority, reply; exchanges 1 to 2 + latency on"
                + " checkout->license-authority, reply; exchanges from 3",
            "reset on license-authority->partner, reply; exchanges 1 to 2 + latency on"
                + " license-authority->partner, reply; exchanges from 3");
  }

  @Test
  void combinationsAreBounded() {
    Entry[] many = new Entry[16];
    for (int i = 0; i < many.length; i++) {
      many[i] =
          entry(
              i + 1,
              "drop-field",
              Edges.UPSTREAM,
              null,
              new Conditions(Match.ANY, new When(i + 1, i + 1, 1), 1, Conditions.UNBOUNDED));
    }
    Plan plan =
        plan(
            profile(
                BlastRadius.ALL,
                List.of(),
                new Combination(
                    Combination.Kind.TOGETHER, List.of(many), World.line("p.yaml", 1))));
    Map<String, Long> each =
        plan.experiments().stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    Experiment::stimulus, java.util.stream.Collectors.counting()));
    assertThat(each.values()).allMatch(count -> count <= Combinations.MOST).contains(64L);
    assertThat(plan.notApplicable())
        .containsKey("more combinations of fields and edges than are struck one by one");
  }

  @Test
  void conditionsMakeAnotherExperiment() {
    Plan always = plan(profile(BlastRadius.ALL, List.of(upstream(1, "latency"))));
    Plan second =
        plan(
            profile(
                BlastRadius.ALL,
                List.of(
                    entry(
                        1,
                        "latency",
                        Edges.UPSTREAM,
                        null,
                        new Conditions(Match.ANY, new When(2, 2, 1), 1, Conditions.UNBOUNDED)))));
    assertThat(second.experiments()).hasSameSizeAs(always.experiments());
    assertThat(second.experiments().stream().map(Experiment::id))
        .doesNotContainAnyElementsOf(always.experiments().stream().map(Experiment::id).toList());
  }

  @Test
  void planTellsTheRunnerWhenToGiveUp() {
    ChaosProfile careful =
        new ChaosProfile(
            "careful",
            "careful",
            List.of(upstream(1, "latency")),
            List.of(),
            BlastRadius.ALL,
            new AbortRule(2, 0),
            Location.of("p.yaml"));
    assertThat(plan(careful, Weather.profile("bold", upstream(1, "reset"))).aborts())
        .isEqualTo(Map.of("careful", new AbortRule(2, 0)));
  }

  @Test
  void oneExperimentAloneKeepsItsNodesOnly() {
    Plan plan = plan(profile(BlastRadius.ALL, List.of(upstream(1, "drop-field"))));
    Experiment one = plan.experiments().get(0);
    Plan only =
        plan.only(
            plan.stimuli().stream().filter(s -> s.id().equals(one.stimulus())).toList(),
            List.of(one));
    assertThat(only.nodes())
        .singleElement()
        .extracting(Plan.Node::experiments)
        .isEqualTo(List.of(one.id()));
  }
}
