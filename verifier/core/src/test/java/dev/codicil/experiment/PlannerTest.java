package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import dev.codicil.history.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
  private static PlanRequest renamed(int budget) {
    return World.planRequest(
        World.amendment(World.contracts(), World.contracts(), World.validityChange()),
        Town.cast(World.AUTHORITY),
        budget);
  }

  private static Plan plan(PlanRequest request) {
    return Planner.plan(request, Weather::cardOf);
  }

  private static PlanRequest with(PlanRequest request, ChaosProfile... profiles) {
    return new PlanRequest(
        request.columns(),
        request.steps(),
        request.subjects(),
        request.scenarios(),
        request.notReplayed(),
        List.of(profiles),
        request.edges(),
        request.seed(),
        request.budget());
  }

  @Test
  void planOfTheLicensingWorldIsTheGoldenOne() throws IOException {
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.writeString(
          Path.of("src/test/resources/dev/codicil/experiment/plan.golden.txt"),
          PlanText.of(plan(renamed(Integer.MAX_VALUE))));
    }
    assertThat(PlanText.of(plan(renamed(Integer.MAX_VALUE)))).isEqualTo(golden("plan.golden.txt"));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PlannerTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void sameRequestGivesTheSameBytes() throws IOException {
    String first = Json.mapper().writeValueAsString(plan(renamed(100)));
    assertThat(Json.mapper().writeValueAsString(plan(renamed(100)))).isEqualTo(first);
  }

  @Test
  void planSurvivesTheHistory() throws IOException {
    Plan plan = plan(renamed(40));
    Event planned =
        new Event.Planned(
            1,
            "rename",
            plan,
            List.of(World.validityChange()),
            new Ledger(
                List.of(
                    new Ledger.Entry(
                        "base", "a.yaml", Ledger.Fate.LOADED, "openapi", 3, List.of("p")))),
            Map.of("seed", "42"),
            "replayed",
            List.of("checkout->license-authority"));
    String line = Json.mapper().writeValueAsString(planned);
    assertThat(Json.mapper().readValue(line, Event.class)).isEqualTo(planned);
    assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(plan), Plan.class))
        .isEqualTo(plan);
  }

  @Test
  void idsDependOnNeitherSeedNorSidesNorPlaceNorWhatIsTouched() {
    Plan plan = plan(renamed(Integer.MAX_VALUE));
    PlanRequest other =
        World.planRequest(
            World.amendment(World.contracts(), World.contracts()),
            Town.cast(World.CHECKOUT, World.AUTHORITY),
            Integer.MAX_VALUE);
    PlanRequest reseeded =
        new PlanRequest(
            other.columns(),
            other.steps(),
            other.subjects(),
            other.scenarios(),
            other.notReplayed(),
            other.profiles(),
            other.edges(),
            7,
            other.budget());
    assertThat(plan(reseeded).experiments().stream().map(Experiment::id))
        .containsExactlyInAnyOrderElementsOf(
            plan.experiments().stream().map(Experiment::id).toList());
  }

  @Test
  void amendedNodesOfWhatIsTouchedComeFirstThenTheRestOfItThenWhatIsUntouched() {
    Plan plan = plan(amendedDocuments());
    List<Boolean> touched = plan.stimuli().stream().map(Stimulus::touched).toList();
    assertThat(touched).isSortedAccordingTo((a, b) -> Boolean.compare(b, a)).contains(true, false);
    Set<String> amended =
        plan.nodes().stream()
            .filter(Plan.Node::amended)
            .flatMap(node -> node.experiments().stream())
            .collect(Collectors.toSet());
    Map<String, Boolean> touches =
        plan.stimuli().stream().collect(Collectors.toMap(Stimulus::id, Stimulus::touched));
    List<Integer> ranks =
        plan.experiments().stream()
            .map(
                experiment ->
                    !touches.getOrDefault(experiment.stimulus(), false)
                        ? 2
                        : amended.contains(experiment.id()) ? 0 : 1)
            .toList();
    assertThat(ranks).isSorted().contains(0, 1, 2);
  }

  /** The world in which the documents say that validUntil is amended. */
  private static PlanRequest amendedDocuments() {
    PlanRequest request = renamed(Integer.MAX_VALUE);
    return new PlanRequest(
        request.columns(),
        request.steps(),
        request.subjects(),
        request.scenarios(),
        request.notReplayed(),
        request.profiles(),
        request.edges(),
        List.of(World.validityChange()),
        request.seed(),
        request.budget());
  }

  @ParameterizedTest(name = "budget {0}")
  @ValueSource(ints = {0, 1, 2, 5, 11, 12, 13, 20, 37, 1_000_000})
  void budgetIsKeptAndEverythingCutIsNamed(int budget) {
    Plan whole = plan(renamed(Integer.MAX_VALUE));
    Plan plan = plan(renamed(budget));
    assertThat(Planner.cells(plan)).isLessThanOrEqualTo(budget);
    assertThat(plan.stimuli().size() + plan.experiments().size() + plan.cut().size())
        .isEqualTo(whole.stimuli().size() + whole.experiments().size());
    assertThat(Planner.cells(plan) + plan.cut().stream().mapToLong(Plan.Cut::cells).sum())
        .isEqualTo(Planner.cells(whole));
    if (plan.stimuli().size() < whole.stimuli().size()) {
      assertThat(plan.experiments()).isEmpty();
    }
    assertThat(plan.experiments())
        .isEqualTo(whole.experiments().subList(0, plan.experiments().size()));
    assertThat(plan.stimuli()).isEqualTo(whole.stimuli().subList(0, plan.stimuli().size()));
    Map<String, Boolean> touched =
        whole.stimuli().stream().collect(Collectors.toMap(Stimulus::id, Stimulus::touched));
    assertThat(plan.cut())
        .allMatch(cut -> cut.touched() == touched.getOrDefault(cut.stimulus(), false));
  }

  @Test
  void replyContentIsJudgedOnlyWhereARealConsumerReceivesIt() {
    Plan plan =
        plan(
            with(
                renamed(Integer.MAX_VALUE),
                Weather.profile(
                    "p",
                    Weather.entry("corrupt", ChaosProfile.Edges.CONSUMER, null),
                    Weather.entry("latency", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
                    Weather.entry("reset", ChaosProfile.Edges.CONSUMER, null))));
    assertThat(plan.experiments()).isEmpty();
    assertThat(plan.notApplicable())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "reply content needs a real consumer", 5,
                "the provider could not do better", 10,
                "a probe is struck on the edges behind its subject", 3));
  }

  @Test
  void requestFieldIsDroppedWithinTheContractOnlyWhereTheProviderSaysItIsOptional() {
    Plan plan =
        plan(
            with(
                renamed(Integer.MAX_VALUE),
                Weather.profile(
                    "p",
                    Weather.entry("drop-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
                    Weather.entry("null-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
                    Weather.entry("retype-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
                    Weather.entry("corrupt", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM))));
    String issue = World.scenario(renamed(0).scenarios(), "issue a license").stimulus().id();
    assertThat(
            plan.experiments().stream()
                .filter(experiment -> experiment.stimulus().equals(issue))
                .map(experiment -> experiment.faults().label() + " " + experiment.request()))
        .containsExactly(
            "drop-field(pointer=/holder) on client->license-authority, request OUT_OF_CONTRACT",
            "drop-field(pointer=/note) on client->license-authority, request IN_CONTRACT",
            "null-field(pointer=/holder) on client->license-authority, request OUT_OF_CONTRACT",
            "null-field(pointer=/note) on client->license-authority, request IN_CONTRACT",
            "retype-field(pointer=/holder) on client->license-authority, request OUT_OF_CONTRACT",
            "retype-field(pointer=/note) on client->license-authority, request OUT_OF_CONTRACT",
            "corrupt on client->license-authority, request OUT_OF_CONTRACT");
    assertThat(plan.notApplicable())
        .containsEntry("the request has no body with fields", 9)
        .containsEntry("the request has no body", 3);
  }

  @Test
  void profileThatNamesAFieldStrikesOnlyThatField() {
    Plan plan =
        plan(
            with(
                renamed(Integer.MAX_VALUE),
                Weather.profile(
                    "p",
                    Weather.entry(
                        "drop-field", ChaosProfile.Edges.UPSTREAM, null, "pointer", "/vouched"))));
    assertThat(plan.experiments().stream().map(e -> e.faults().label()).distinct())
        .containsExactly("drop-field(pointer=/vouched) on license-authority->partner, reply");
    assertThat(plan.notApplicable())
        .containsEntry("no contract describes such a field on checkout->license-authority", 1);
  }

  @Test
  void reorderPairsAnUnsafeExchangeWithTheNextOfTheSameStates() {
    PlanRequest request = renamed(Integer.MAX_VALUE);
    Plan plan =
        plan(
            with(
                request,
                Weather.profile("p", Weather.entry("reorder", ChaosProfile.Edges.CONSUMER, null))));
    String issue = World.scenario(request.scenarios(), "issue a license").stimulus().id();
    String revoke = World.scenario(request.scenarios(), "revoke a license").stimulus().id();
    assertThat(plan.experiments()).hasSize(1);
    assertThat(plan.experiments().get(0).faults().faults().get(0).parameters().values())
        .isEqualTo(Map.of("first", issue, "second", revoke));
    assertThat(plan.notApplicable())
        .containsEntry("reorder needs an unsafe request as the first", 2)
        .containsEntry(
            "reorder found no second exchange of the same consumer, provider and states", 2);
  }

  @Test
  void reorderTakesTheExchangesAProfileNames() {
    PlanRequest request = renamed(Integer.MAX_VALUE);
    Plan plan =
        plan(
            with(
                request,
                Weather.profile(
                    "p",
                    Weather.entry(
                        "reorder",
                        ChaosProfile.Edges.CONSUMER,
                        null,
                        "first",
                        "revoke a license",
                        "second",
                        "GET /licenses/L-1"))));
    String revoke = World.scenario(request.scenarios(), "revoke a license").stimulus().id();
    String validate = World.scenario(request.scenarios(), "validate a license").stimulus().id();
    assertThat(plan.experiments().get(0).faults().faults().get(0).parameters().values())
        .isEqualTo(Map.of("first", revoke, "second", validate));
    assertThat(plan.notApplicable())
        .containsEntry("reorder names another exchange as the first", 4);
  }

  @Test
  void sameFaultOfTwoProfilesStrikesOnce() {
    ChaosProfile.Entry slow = Weather.entry("latency", ChaosProfile.Edges.UPSTREAM, null);
    ChaosProfile.Entry spelledOut =
        Weather.entry("latency", ChaosProfile.Edges.UPSTREAM, null, "time", "6s");
    PlanRequest request = renamed(Integer.MAX_VALUE);
    Plan once = plan(with(request, Weather.profile("one", slow)));
    Plan twice =
        plan(with(request, Weather.profile("one", slow), Weather.profile("two", spelledOut)));
    assertThat(twice.experiments()).isEqualTo(once.experiments()).isNotEmpty();
  }

  @Test
  void stubsAreNotStruck() {
    Cast cast =
        new Cast(
            Set.of(World.AUTHORITY),
            Set.of(World.CHECKOUT, World.AUTHORITY),
            Set.of(World.CHECKOUT),
            Steps.PROVIDER_FIRST);
    Plan plan =
        plan(
            World.planRequest(
                World.amendment(World.contracts(), World.contracts(), World.validityChange()),
                cast,
                Integer.MAX_VALUE));
    assertThat(plan.stimuli()).filteredOn(Stimulus::stubbed).hasSize(5);
    assertThat(plan.experiments())
        .extracting(Experiment::stimulus)
        .containsOnly(
            plan.stimuli().stream()
                .filter(stimulus -> !stimulus.stubbed())
                .map(Stimulus::id)
                .toArray(String[]::new));
    assertThat(plan.notApplicable())
        .containsEntry("played by a stub, which has no resilience to judge", 35);
  }

  @Test
  void fieldsOfBothSidesAreStruckThoseOfOneSideFirst() {
    PlanRequest request =
        with(
            renamed(Integer.MAX_VALUE),
            Weather.profile(
                "p", Weather.entry("drop-field", ChaosProfile.Edges.UPSTREAM, Stream.DOWNSTREAM)));
    PlanRequest edges =
        new PlanRequest(
            request.columns(),
            request.steps(),
            request.subjects(),
            List.of(World.scenario(request.scenarios(), "buy")),
            List.of(),
            request.profiles(),
            Map.of(
                "checkout->license-authority",
                new PlanRequest.EdgeModel(
                    List.of(World.validate(), World.issue()), List.of(World.getLicense()))),
            1,
            1_000);
    assertThat(
            plan(edges).experiments().stream()
                .map(e -> e.faults().faults().get(0).parameters().require("pointer")))
        .containsExactly("/holder", "/seats", "/seats/*/user", "/validUntil", "/id");
  }

  @Test
  void recursiveAndEndlessShapesGiveFewFields() {
    Shape.Node[] tree = new Shape.Node[1];
    Shape again = new Shape.Reference("Tree", () -> tree[0], Location.of("tree"));
    Shape.Builder wide = World.shape(JsonType.OBJECT).property("children", again, false);
    for (int i = 0; i < 400; i++) {
      wide.property("f" + i, again, false);
    }
    tree[0] = wide.build();
    HttpInteraction endless =
        World.operation("a.yaml", 1, "GET", "/a", List.of(), null, Map.of("200", again), Set.of());
    FieldPointers fields =
        FieldPointers.of(
            new PlanRequest.EdgeModel(List.of(endless), List.of(endless)), Stream.DOWNSTREAM);
    assertThat(fields.list()).hasSize(256).startsWith("/children", "/f0");
    assertThat(fields.isCut()).isTrue();
  }

  @Test
  void unknownFaultIsAnErrorAtItsLine() {
    PlanRequest request =
        with(
            renamed(10),
            Weather.profile("p", Weather.entry("meteor", ChaosProfile.Edges.ANY, null)));
    assertThatThrownBy(() -> plan(request))
        .isInstanceOf(InputException.class)
        .hasMessage("chaos-profiles/test.yaml:7:1: profile 'p' names the unknown fault 'meteor'");
  }

  @Test
  void directionAFaultDoesNotHaveIsAnErrorAtItsLine() {
    PlanRequest request =
        with(
            renamed(10),
            Weather.profile(
                "p", Weather.entry("duplicate", ChaosProfile.Edges.ANY, Stream.DOWNSTREAM)));
    assertThatThrownBy(() -> plan(request))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fault 'duplicate' does not act on replies");
  }

  @Test
  void nothingToReplayIsAPlanOfNothing() {
    Plan plan =
        plan(
            World.planRequest(
                World.amendment(List.of(), List.of()),
                new Cast(Set.of(), Set.of(), Set.of(), "provider-first"),
                100));
    assertThat(plan.stimuli()).isEmpty();
    assertThat(plan.experiments()).isEmpty();
    assertThat(plan.notReplayed()).singleElement().extracting("interaction").isEqualTo("buy");
  }
}
