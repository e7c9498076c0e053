package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.codicil.contract.Contract;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import dev.codicil.contract.ProviderState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenariosTest {
  private static final List<ProviderState> VALID =
      List.of(new ProviderState("license L-1 is valid", Map.of()));

  private static Scenarios renamed() {
    return Scenarios.of(
        World.amendment(World.contracts(), World.contracts(), World.validityChange()),
        Town.subjects(),
        Town.cast(World.AUTHORITY),
        World.SEED);
  }

  private static Scenarios of(List<Contract> before, List<Contract> after, Cast cast) {
    return Scenarios.of(World.amendment(before, after), Town.subjects(), cast, World.SEED);
  }

  private static List<String> names(Scenarios found) {
    return found.scenarios().stream().map(scenario -> scenario.stimulus().name()).toList();
  }

  @Test
  void touchedComeFirstThenDocumentOrder() {
    assertThat(renamed().scenarios())
        .extracting(scenario -> scenario.stimulus().name(), s -> s.stimulus().touched())
        .containsExactly(
            tuple("validate a license", true),
            tuple("GET /licenses/{id}", true),
            tuple("buy", true),
            tuple("issue a license", false),
            tuple("revoke a license", false),
            tuple("POST /licenses", false));
  }

  @Test
  void codeOnlyAmendmentTouchesAllThatMayReachIt() {
    Scenarios provider = of(World.contracts(), World.contracts(), Town.cast(World.AUTHORITY));
    assertThat(provider.scenarios()).hasSize(6).allMatch(s -> s.stimulus().touched());

    Scenarios caller = of(World.contracts(), World.contracts(), Town.cast(World.CHECKOUT));
    assertThat(caller.scenarios())
        .filteredOn(scenario -> scenario.stimulus().touched())
        .extracting(scenario -> scenario.stimulus().name())
        .containsExactly("buy");
  }

  @Test
  void whatIsNotReplayedSaysWhy() {
    assertThat(renamed().notReplayed())
        .containsExactly(
            new Plan.NotReplayed(
                World.CHECKOUT,
                World.AUTHORITY,
                "license revoked",
                "no subject listens to it: declare 'listens' for who takes it"),
            new Plan.NotReplayed(
                Stimulus.ANY_CONSUMER,
                World.AUTHORITY,
                "GET /search",
                "no request can be generated: query:q: no text was found for pattern (a)\\1"),
            new Plan.NotReplayed(
                Stimulus.ANY_CONSUMER,
                World.PARTNER,
                "GET /vouch/{user}",
                "played by a stub; not under test"));
  }

  @Test
  void generatedRequestFollowsTheDocument() {
    Scenario get = World.scenario(renamed().scenarios(), "GET /licenses/{id}");
    assertThat(get.request().target()).matches("/licenses/L-[0-9]{4}");
    assertThat(get.request().headers().first("accept")).contains("application/json");
    assertThat(get.stimulus().generated()).isTrue();
    assertThat(get.declaredStatus()).isZero();
    Scenario post = World.scenario(renamed().scenarios(), "POST /licenses");
    assertThat(post.request().headers().mediaType()).isEqualTo("application/json");
    assertThat(post.request().body().json().orElseThrow().properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("holder", "note");
  }

  @Test
  void providerStatesComeFromTheContractElseFromTheSubject() {
    Scenarios found = renamed();
    assertThat(World.scenario(found.scenarios(), "issue a license").given())
        .isEqualTo(Map.of(World.AUTHORITY, VALID));
    assertThat(World.scenario(found.scenarios(), "GET /licenses/{id}").given())
        .isEqualTo(Map.of(World.AUTHORITY, VALID));
    assertThat(World.scenario(found.scenarios(), "POST /licenses").given()).isEmpty();
    assertThat(World.scenario(found.scenarios(), "buy").given())
        .isEqualTo(Map.of(World.AUTHORITY, VALID));
  }

  @Test
  void readBacksBelongToTheirOperation() {
    Scenarios found = renamed();
    assertThat(World.scenario(found.scenarios(), "issue a license").effects())
        .containsExactly(Town.licenseCount());
    assertThat(World.scenario(found.scenarios(), "revoke a license").effects()).isEmpty();
  }

  @Test
  void exampleMayBeRefusedAsTheProvidersDocumentDeclares() {
    Scenario validate = World.scenario(renamed().scenarios(), "validate a license");
    Expectation expectation = Objects.requireNonNull(validate.expectation());
    HttpReply missing = new HttpReply(404, Headers.NONE, Payload.EMPTY);
    HttpReply teapot = new HttpReply(418, Headers.NONE, Payload.EMPTY);
    assertThat(expectation.declaresError(validate.request(), missing)).isTrue();
    assertThat(expectation.declaresError(validate.request(), teapot)).isFalse();
    assertThat(expectation.check(validate.request(), missing))
        .as("the example itself judges the reply")
        .hasSize(1);
  }

  @Test
  void interactionOnlyInTheHeadIsTouchedAndNotInTheBase() {
    Scenarios found =
        of(
            List.of(World.pact(World.validate()), World.authorityDocument()),
            List.of(
                World.pact(World.validate(), World.issue()),
                World.authorityDocument(World.getLicense())),
            Town.cast(World.AUTHORITY));
    assertThat(found.scenarios())
        .filteredOn(scenario -> !scenario.stimulus().inBase())
        .extracting(scenario -> scenario.stimulus().name(), s -> s.stimulus().touched())
        .containsExactly(tuple("issue a license", true), tuple("GET /licenses/{id}", true));
  }

  @Test
  void amendedConsumerBringsItsHeadExpectations() {
    var relaxed =
        World.example(
            "validate a license",
            90,
            List.of("license L-1 is valid"),
            World.request("GET", "/licenses/L-1?full=true", null),
            200,
            null,
            null);
    List<Contract> before = List.of(World.pact(World.validate(), World.revoke()));
    List<Contract> after = List.of(World.pact(relaxed));

    Scenarios notAmended = of(before, after, Town.cast(World.AUTHORITY));
    assertThat(notAmended.scenarios().get(0).request().target()).isEqualTo("/licenses/L-1");
    assertThat(names(notAmended)).contains("revoke a license");

    Scenarios amended = of(before, after, Town.cast(World.CHECKOUT));
    Scenario head = World.scenario(amended.scenarios(), "validate a license");
    assertThat(head.request().target()).isEqualTo("/licenses/L-1?full=true");
    assertThat(head.stimulus().inBase()).isFalse();
    assertThat(amended.notReplayed())
        .extracting(Plan.NotReplayed::interaction, Plan.NotReplayed::reason)
        .containsExactly(tuple("revoke a license", "the amended consumer no longer relies on it"));

    Scenarios both = of(before, after, Town.cast(World.CHECKOUT, World.AUTHORITY));
    assertThat(both.scenarios())
        .extracting(scenario -> scenario.request().target(), s -> s.stimulus().inBase())
        .contains(tuple("/licenses/L-1", true), tuple("/licenses/L-1?full=true", false));
  }

  @Test
  void providerWithoutImplementationIsPlayedByAStubOfItsDocument() {
    Cast nobody = new Cast(Set.of(World.PARTNER), Set.of(), Set.of(), Steps.PROVIDER_FIRST);
    Scenarios found = of(World.contracts(), World.contracts(), nobody);
    assertThat(found.scenarios()).isNotEmpty().allMatch(s -> s.stimulus().stubbed());
    assertThat(names(found)).contains("GET /vouch/{user}");
    assertThat(found.notReplayed()).extracting(Plan.NotReplayed::interaction).contains("buy");
  }

  @Test
  void providerThatNobodyKnowsIsNamed() {
    Scenarios found =
        Scenarios.of(
            World.amendment(List.of(World.pact(World.validate())), List.of()),
            List.of(),
            new Cast(Set.of(), Set.of(), Set.of(), Steps.PROVIDER_FIRST),
            World.SEED);
    assertThat(found.scenarios()).isEmpty();
    assertThat(found.notReplayed().get(0).reason())
        .isEqualTo(
            "the provider is not a declared subject, and no document of its own can be served as a"
                + " stub");
  }

  @Test
  void sameInteractionFromTwoFilesIsReplayedOnceAndADifferentOneTwice() {
    var other =
        World.example(
            "validate a license",
            70,
            List.of("license L-1 is valid"),
            World.request("GET", "/licenses/L-2", null),
            200,
            null,
            null);
    List<Contract> contracts =
        List.of(World.pact(World.validate()), World.pact(World.validate()), World.pact(other));
    Scenarios found = of(contracts, contracts, Town.cast());
    assertThat(names(found)).containsExactly("validate a license", "validate a license", "buy");
    assertThat(found.scenarios()).extracting(s -> s.stimulus().id()).doesNotHaveDuplicates();
    assertThat(found.notReplayed().get(0).reason())
        .isEqualTo("the same interaction was read before from another document");
    assertThat(found.problems().get(0).message()).contains("is described differently at");
  }

  @Test
  void fingerprintChangesWithWhatIsReadAndNotWithItsLine() {
    var moved =
        World.example(
            "validate a license",
            99,
            List.of("license L-1 is valid"),
            World.request("GET", "/licenses/L-1", null),
            200,
            null,
            World.shape(JsonType.OBJECT).property("validUntil", World.text(), true).build());
    String fingerprint = fingerprint(World.validate());
    assertThat(fingerprint(moved)).isEqualTo(fingerprint);
    assertThat(fingerprint(World.revoke())).isNotEqualTo(fingerprint);
  }

  private static String fingerprint(HttpInteraction interaction) {
    return Objects.requireNonNull(
        of(List.of(World.pact(interaction)), List.of(), Town.cast())
            .scenarios()
            .get(0)
            .stimulus()
            .fingerprint());
  }
}
