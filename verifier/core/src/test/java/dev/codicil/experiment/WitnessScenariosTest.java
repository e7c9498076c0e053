package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Witness;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Headers;
import dev.codicil.contract.Mismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessScenariosTest {
  private static final Change.Touch ISSUE =
      new Change.Touch(World.CHECKOUT, World.issue().key(), "issue a license");
  private static final String BODY = "{\"holder\":\"Ada\"}";

  private static Change change(String path, Change.Touch... touches) {
    return new Change(
        "request-field-became-required",
        Severity.BREAKING,
        Effect.NARROWED,
        Direction.REQUEST,
        World.AUTHORITY,
        "POST /licenses",
        path,
        null,
        "required",
        "it is required now",
        World.line("openapi/license-authority.yaml", 41),
        null,
        List.of(touches));
  }

  private static Witness witness(Witness.Kind kind, String body, Witness.Side validOn) {
    return new Witness(
        kind,
        "body/email",
        "POST /licenses",
        Headers.of("content-type", "application/json"),
        body,
        validOn,
        validOn == Witness.Side.BASE ? Witness.Side.HEAD : Witness.Side.BASE,
        new Mismatch("body/email", "a value (required)", "missing"),
        Witness.CheckedBy.VALIDATOR);
  }

  private static Change shown(String path, String body, Change.Touch... touches) {
    return change(path, touches).witnessed(witness(Witness.Kind.REQUEST, body, Witness.Side.BASE));
  }

  private static Scenarios of(Cast cast, List<Contract> before, Change... changes) {
    Amendment amendment = World.amendment(before, before, changes);
    return Scenarios.of(amendment, Town.subjects(), cast, World.SEED);
  }

  private static Scenarios of(Change... changes) {
    return of(Town.cast(World.AUTHORITY), World.contracts(), changes);
  }

  private static List<Scenario> made(Scenarios found) {
    return found.scenarios().stream().filter(one -> one.stimulus().witness()).toList();
  }

  private static String reason(Scenarios found) {
    assertThat(made(found)).isEmpty();
    assertThat(found.witnesses()).hasSize(1);
    assertThat(found.witnesses().get(0).stimulus()).isNull();
    return found.witnesses().get(0).reason();
  }

  @Test
  void theRequestThatShowsAChangeIsReplayedLikeItsOperationAndAfterAllOthers() {
    Scenarios found = of(shown("body/email", BODY, ISSUE));

    Scenario last = found.scenarios().get(found.scenarios().size() - 1);
    Scenario operation = World.scenario(found.scenarios(), "POST /licenses");
    assertThat(made(found)).containsExactly(last);
    assertThat(last.request().body().utf8()).isEqualTo(BODY);
    assertThat(last.expectation()).isSameAs(operation.expectation());
    assertThat(last.effects()).isEqualTo(operation.effects()).isNotEmpty();
    assertThat(last.stimulus().name())
        .isEqualTo("POST /licenses (witness: request-field-became-required body/email)");
    assertThat(last.stimulus().consumer()).isEqualTo(Stimulus.ANY_CONSUMER);
    assertThat(last.stimulus().inBase()).isTrue();
    assertThat(found.witnesses()).containsExactly(new Plan.WitnessRun(0, last.stimulus().id(), ""));
  }

  @Test
  void theIdIsOfWhatChangesWhereAndNotOfWhatWasDrawn() {
    String id = made(of(shown("body/email", BODY, ISSUE))).get(0).stimulus().id();

    assertThat(made(of(shown("body/email", "{\"holder\":\"Bo\"}", ISSUE))).get(0).stimulus().id())
        .isEqualTo(id);
    assertThat(made(of(shown("body/phone", BODY, ISSUE))).get(0).stimulus().id()).isNotEqualTo(id);
  }

  @Test
  void changesWithOneRequestShareOneStimulusAndOthersOfThatPlaceGetTheirOwn() {
    Scenarios found =
        of(
            shown("body/email", BODY, ISSUE),
            shown("body/phone", BODY, ISSUE),
            shown("body/email", "{\"holder\":\"Bo\"}", ISSUE));

    assertThat(made(found)).hasSize(2);
    List<String> ids = found.witnesses().stream().map(Plan.WitnessRun::stimulus).toList();
    assertThat(ids.get(1)).isEqualTo(ids.get(0));
    assertThat(ids.get(2)).isNotNull().isNotEqualTo(ids.get(0));
  }

  @Test
  void aRequestThatIsReplayedAnywayIsNotReplayedTwice() {
    Scenario operation = World.scenario(of().scenarios(), "POST /licenses");

    Scenarios found = of(shown("body/email", operation.request().body().utf8(), ISSUE));

    assertThat(made(found)).isEmpty();
    assertThat(found.witnesses())
        .containsExactly(new Plan.WitnessRun(0, operation.stimulus().id(), ""));
  }

  @Test
  void whatIsNotReplayedSaysWhy() {
    Change touched = change("body/email", ISSUE);
    assertThat(reason(of(touched.unwitnessed("no request can be drawn"))))
        .isEqualTo("no request can be drawn");
    assertThat(reason(of(touched.witnessed(witness(Witness.Kind.REPLY, BODY, Witness.Side.BASE)))))
        .contains("a reply cannot be sent");
    assertThat(
            reason(of(touched.witnessed(witness(Witness.Kind.REQUEST, BODY, Witness.Side.HEAD)))))
        .contains("only the amended side allows this request");
    assertThat(reason(of(shown("body/email", BODY))))
        .isEqualTo("no known consumer uses what changes");
    List<Contract> without = List.of(World.pact(World.issue()), World.authorityDocument());
    assertThat(reason(of(Town.cast(World.AUTHORITY), without, shown("body/email", BODY, ISSUE))))
        .isEqualTo("its operation is not replayed");
  }

  @Test
  void consumersThatAreAmendedBeforeTheProviderSendItNoMore() {
    Set<String> runs = Set.of(World.CHECKOUT, World.AUTHORITY);
    Cast consumerFirst =
        new Cast(Set.of(World.CHECKOUT, World.AUTHORITY), runs, runs, Steps.CONSUMER_FIRST);

    assertThat(reason(of(consumerFirst, World.contracts(), shown("body/email", BODY, ISSUE))))
        .contains("amended before the provider");
    Cast providerFirst =
        new Cast(Set.of(World.CHECKOUT, World.AUTHORITY), runs, runs, Steps.PROVIDER_FIRST);
    assertThat(made(of(providerFirst, World.contracts(), shown("body/email", BODY, ISSUE))))
        .hasSize(1);
  }

  @Test
  void whereNoConsumerIsKnownAnybodyMaySendWhatTheDocumentAllows() {
    List<Contract> document = List.of(World.authorityDocument(World.postLicense()));

    assertThat(made(of(Town.cast(World.AUTHORITY), document, shown("body/email", BODY))))
        .hasSize(1);
  }

  @Test
  void theirNumberIsBoundedAndTheRestIsNamed() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i <= WitnessScenarios.MOST; i++) {
      changes.add(shown("body/f" + i, "{\"holder\":\"" + i + "\"}", ISSUE));
    }
    Scenarios found = of(changes.toArray(Change[]::new));

    assertThat(made(found)).hasSize(WitnessScenarios.MOST);
    assertThat(found.witnesses()).hasSize(WitnessScenarios.MOST + 1);
    assertThat(found.witnesses().get(WitnessScenarios.MOST).reason()).startsWith("only the first");
  }

  @ParameterizedTest(name = "{0} cells fewer than all")
  @ValueSource(ints = {0, 1, 2, 3, 4, 9, 1_000})
  void aBudgetCutsThemFirstAndThatDecidesNothing(int fewer) {
    Amendment amendment =
        World.amendment(World.contracts(), World.contracts(), shown("body/email", BODY, ISSUE));
    Cast cast = Town.cast(World.AUTHORITY);
    Plan whole =
        Planner.plan(World.planRequest(amendment, cast, Integer.MAX_VALUE), Weather::cardOf);
    int cells = (int) Planner.cells(whole);
    Plan plan =
        Planner.plan(
            World.planRequest(amendment, cast, Math.max(0, cells - fewer)), Weather::cardOf);

    String witness = whole.stimuli().get(whole.stimuli().size() - 1).id();
    assertThat(whole.stimuli().get(whole.stimuli().size() - 1).witness()).isTrue();
    assertThat(whole.experiments().get(whole.experiments().size() - 1).stimulus())
        .isEqualTo(witness);
    assertThat(plan.cut())
        .filteredOn(cut -> cut.stimulus().equals(witness))
        .noneMatch(Plan.Cut::touched);
    if (plan.cut().stream().anyMatch(cut -> !cut.stimulus().equals(witness))) {
      assertThat(plan.stimuli()).noneMatch(Stimulus::witness);
    }
    assertThat(plan.nodes())
        .describedAs("nodes belong to what is declared")
        .noneMatch(
            node ->
                whole.experiments().stream()
                    .filter(storm -> storm.stimulus().equals(witness))
                    .anyMatch(storm -> node.experiments().contains(storm.id())));
  }

  @Test
  void aPlanCarriesThemThroughItsFile() throws Exception {
    Plan plan =
        new Plan(1, List.of(), List.of(), List.of(), List.of(), Map.of(), List.of(), List.of())
            .showing(List.of(new Plan.WitnessRun(3, null, "why"), new Plan.WitnessRun(4, "s", "")));
    String json = dev.codicil.contract.Json.mapper().writeValueAsString(plan);

    assertThat(dev.codicil.contract.Json.mapper().readValue(json, Plan.class)).isEqualTo(plan);
  }
}
