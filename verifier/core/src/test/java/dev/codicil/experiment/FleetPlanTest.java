package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.chaos.profile.BuiltInProfiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the loss of a node says something. */
class FleetPlanTest {
  private static final String CLIENT = "client->" + World.AUTHORITY;
  private static final String AUTHORITY_EDGE = "checkout->" + World.AUTHORITY;
  private static final String PARTNER_EDGE = World.AUTHORITY + "->partner";

  private static FaultCard card(String id) {
    return Faults.byId(id).map(Fault::card).orElseThrow();
  }

  private static Plan plan(int nodes, ChaosProfile profile) {
    return Planner.plan(request(nodes, profile, Map.of()), FleetPlanTest::card);
  }

  private static PlanRequest request(int nodes, ChaosProfile profile, Map<String, String> unable) {
    PlanRequest base =
        World.planRequest(
            World.amendment(World.contracts(), World.contracts(), World.validityChange()),
            Town.cast(World.AUTHORITY),
            Integer.MAX_VALUE);
    return new PlanRequest(
        base.columns(),
        base.steps(),
        base.subjects().stream()
            .map(one -> one.withNodes(one.name().equals(World.AUTHORITY) ? nodes : 1))
            .toList(),
        base.scenarios(),
        base.notReplayed(),
        List.of(profile),
        World.edges(),
        base.changes(),
        1,
        base.budget(),
        unable);
  }

  private static Plan plan(int nodes, String fault, String... parameters) {
    return plan(
        nodes,
        Weather.profile(
            "p", Weather.entry(fault, ChaosProfile.Edges.ANY, Stream.UPSTREAM, parameters)));
  }

  private static List<String> labels(Plan plan) {
    return plan.experiments().stream().map(e -> e.faults().label()).distinct().toList();
  }

  private static List<String> operations(Plan plan) {
    return plan.experiments().stream()
        .map(
            experiment ->
                plan.stimuli().stream()
                        .filter(stimulus -> stimulus.id().equals(experiment.stimulus()))
                        .findFirst()
                        .orElseThrow()
                        .operation()
                    + " on "
                    + experiment.faults().faults().get(0).edge())
        .toList();
  }

  @Test
  void whatWasAcceptedIsAskedOfEachOperationThatChangesSomethingAndOnlyOnce() {
    Plan plan = plan(2, "kill");

    assertThat(operations(plan))
        .doesNotHaveDuplicates()
        .contains("POST /orders on " + AUTHORITY_EDGE)
        .noneMatch(operation -> operation.startsWith("GET ") && operation.endsWith(CLIENT));
    assertThat(labels(plan))
        .containsExactlyInAnyOrder(
            "kill on " + AUTHORITY_EDGE + "; exchange 1", "kill on " + CLIENT + "; exchange 1");
    assertThat(plan.notApplicable())
        .containsKey("a safe request leaves nothing in a node that could be lost with it")
        .containsKey("another replay of the same operation strikes the service itself");
    assertThat(plan.nodes()).as("no node of a contract").isEmpty();
    assertThat(plan.experiments())
        .allMatch(experiment -> experiment.request() == Experiment.RequestFit.UNTOUCHED)
        .allMatch(experiment -> experiment.reply() == Experiment.ReplyFit.UNTOUCHED);
  }

  @Test
  void theOnlyNodeIsTakenAwayFromACallerButNotFromTheReplay() {
    assertThat(labels(plan(1, "kill", "at", "before")))
        .containsExactly("kill(at=before) on " + AUTHORITY_EDGE + "; exchange 1");
    assertThat(plan(1, "kill", "at", "before").notApplicable())
        .containsKey("kill: nobody is left to answer, the subject has one node")
        .containsKey("kill: a stub has no nodes");
    assertThat(labels(plan(2, "kill", "at", "before"))).hasSize(2);
  }

  @Test
  void aRequestThatIsCutOffWithItsNodeIsNoFaultOfTheProvider() {
    for (String fault : List.of("kill", "pause")) {
      assertThat(labels(plan(2, fault, "at", "during")))
          .as(fault)
          .allMatch(label -> label.contains(AUTHORITY_EDGE));
    }
    assertThat(labels(plan(2, "stop"))).anyMatch(label -> label.contains(CLIENT));
  }

  @Test
  void aNodeThatIsNotThereIsCountedAndTheEntryIsIdle() {
    Plan plan = plan(2, "kill", "node", "2");

    assertThat(plan.experiments()).isEmpty();
    assertThat(plan.notApplicable())
        .containsKey("kill: " + World.AUTHORITY + " has no node 2, its nodes are 0 to 1");
    assertThat(plan.idle()).hasSize(1);
  }

  @Test
  void whatThisMachineCannotDoIsCounted() {
    ChaosProfile pause =
        Weather.profile("p", Weather.entry("pause", ChaosProfile.Edges.ANY, Stream.UPSTREAM));
    Plan plan =
        Planner.plan(request(2, pause, Map.of("pause", "needs a signal")), FleetPlanTest::card);

    assertThat(plan.experiments()).isEmpty();
    assertThat(plan.notApplicable()).containsEntry("pause needs a signal", plan.stimuli().size());
  }

  @Test
  void aNodeIsCutOffWhereItsCallerHasSiblings() {
    assertThat(labels(plan(2, "partition")))
        .containsExactly("partition on " + PARTNER_EDGE + ", request");
    assertThat(plan(1, "partition").experiments()).isEmpty();
    assertThat(plan(1, "partition").notApplicable())
        .containsKey("partition needs a caller of several nodes; for one there is timeout");
  }

  @Test
  void aZoneGoesDownAroundWhatMayReachSeveralNodes() {
    Plan plan = plan(2, "zone-down");

    assertThat(operations(plan)).doesNotHaveDuplicates().isNotEmpty();
    assertThat(labels(plan)).allMatch(label -> label.startsWith("zone-down around client->"));
    assertThat(plan(1, "zone-down").notApplicable())
        .containsKey("zone-down needs a subject of several nodes");
  }

  @Test
  void theBuiltInProfilesStrikeFewTimes() {
    assertThat(plan(2, BuiltInProfiles.read("node-loss")).experiments()).hasSizeBetween(1, 3);
    Plan plan = plan(2, BuiltInProfiles.read("nodes"));
    assertThat(plan.idle()).isEmpty();
    assertThat(plan.experiments().stream().map(e -> e.faults().ids().get(0)).distinct())
        .containsExactlyInAnyOrder(
            "kill", "stop", "pause", "restart", "rolling-restart", "partition", "zone-down");
  }
}
