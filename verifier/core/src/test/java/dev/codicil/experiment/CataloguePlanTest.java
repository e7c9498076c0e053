package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.chaos.profile.BuiltInProfiles;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Json;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real faults and the built-in profiles in the miniature world. */
class CataloguePlanTest {
  private static final String PARTNER_EDGE = "license-authority->partner";
  private static final String AUTHORITY_EDGE = "checkout->license-authority";

  private static FaultCard card(String id) {
    return Faults.byId(id).map(Fault::card).orElseThrow();
  }

  private static PlanRequest request(
      Map<String, PlanRequest.EdgeModel> edges, long seed, ChaosProfile... profiles) {
    PlanRequest base =
        World.planRequest(
            World.amendment(World.contracts(), World.contracts(), World.validityChange()),
            Town.cast(World.AUTHORITY),
            Integer.MAX_VALUE);
    return new PlanRequest(
        base.columns(),
        base.steps(),
        base.subjects(),
        base.scenarios(),
        base.notReplayed(),
        List.of(profiles),
        edges,
        seed,
        base.budget());
  }

  private static Plan plan(ChaosProfile... profiles) {
    return Planner.plan(request(World.edges(), 1, profiles), CataloguePlanTest::card);
  }

  private static ChaosProfile one(
      String fault, ChaosProfile.Edges on, @Nullable Stream stream, String... parameters) {
    return Weather.profile("p", Weather.entry(fault, on, stream, parameters));
  }

  private static List<String> labels(Plan plan) {
    return plan.experiments().stream().map(e -> e.faults().label()).distinct().toList();
  }

  @Test
  void theOldVersionAnswersOnlyWhereTheProviderIsAmended() {
    Plan plan = plan(BuiltInProfiles.read("version-skew"));
    assertThat(labels(plan).stream().filter(label -> label.startsWith("version-skew")))
        .containsExactly(
            "version-skew on " + AUTHORITY_EDGE + ", request",
            "version-skew(pattern=failover) on " + AUTHORITY_EDGE + ", request",
            "version-skew(pattern=rollback) on " + AUTHORITY_EDGE + ", request",
            "version-skew(pattern=cache) on " + AUTHORITY_EDGE + ", request");
    assertThat(plan.notApplicable())
        .containsKey("version-skew needs an edge whose provider is amended");
    assertThat(plan.experiments()).allMatch(e -> e.reply() == Experiment.ReplyFit.IN_CONTRACT);
  }

  @Test
  void aHookIsPlannedOnceForEveryInteractionAndStrikesNoNode() {
    Plan plan =
        plan(one("hook", ChaosProfile.Edges.ANY, Stream.UPSTREAM, "inject", "sh a", "revert", "b"));
    assertThat(plan.experiments()).hasSameSizeAs(plan.stimuli());
    assertThat(labels(plan))
        .contains("hook(inject=sh a, revert=b) around client->" + World.AUTHORITY);
    assertThat(plan.nodes()).isEmpty();
    assertThat(plan.experiments())
        .allMatch(e -> e.request() == Experiment.RequestFit.UNTOUCHED)
        .allMatch(e -> e.reply() == Experiment.ReplyFit.UNTOUCHED);
  }

  @Test
  void aNameIsLostOnlyWhereTheUpstreamIsCalledByItsName() {
    PlanRequest plain = request(World.edges(), 1, BuiltInProfiles.read("lost-names"));
    Plan none = Planner.plan(plain, CataloguePlanTest::card);
    assertThat(none.experiments()).isEmpty();
    assertThat(none.notApplicable())
        .containsKey("dns needs a subject that calls its upstream as {upstream.NAME.named}");

    Map<String, String> env = Map.of("PARTNER_URL", "{upstream.partner.named}/v1");
    Plan plan = Planner.plan(withEnv(plain, env), CataloguePlanTest::card);
    assertThat(labels(plan))
        .containsExactly(
            "dns on " + PARTNER_EDGE + ", request",
            "dns(answer=stale) on " + PARTNER_EDGE + ", request");
  }

  /** The same request; every subject has this environment. */
  private static PlanRequest withEnv(PlanRequest request, Map<String, String> env) {
    List<Subject> subjects =
        request.subjects().stream()
            .map(
                subject ->
                    new Subject(
                        subject.name(),
                        subject.build(),
                        subject.artifact(),
                        subject.command(),
                        env,
                        subject.ready(),
                        subject.state(),
                        subject.reset(),
                        subject.headers(),
                        subject.given(),
                        subject.effects(),
                        subject.upstreams(),
                        subject.probes(),
                        subject.timeBudget(),
                        subject.recovery(),
                        subject.startup(),
                        subject.direct(),
                        subject.location()))
            .toList();
    return new PlanRequest(
        request.columns(),
        request.steps(),
        subjects,
        request.scenarios(),
        request.notReplayed(),
        request.profiles(),
        request.edges(),
        request.changes(),
        request.seed(),
        request.budget());
  }

  @Test
  void aHandshakeIsBrokenOnlyWhereTlsIsSpoken() {
    ChaosProfile profile = one("tls", ChaosProfile.Edges.ANY, Stream.DOWNSTREAM);
    PlanRequest plain = request(World.edges(), 1, profile);
    Plan none = Planner.plan(plain, CataloguePlanTest::card);
    assertThat(none.experiments()).isEmpty();
    assertThat(none.notApplicable())
        .containsKey("tls needs an edge that speaks TLS: an upstream with 'tls: true'");

    Plan plan = Planner.plan(withTls(plain, World.PARTNER), CataloguePlanTest::card);
    assertThat(labels(plan)).containsExactly("tls on " + PARTNER_EDGE + ", reply");
    assertThat(plan.notApplicable())
        .containsKey("tls needs an edge that speaks TLS: an upstream with 'tls: true'");
    assertThat(plan.experiments()).allMatch(e -> e.reply() == Experiment.ReplyFit.UNTOUCHED);
  }

  @Test
  void onlyFaultsOnBytesStrikeAnUpstreamThatSpeaksNoHttp() {
    ChaosProfile slow = one("latency", ChaosProfile.Edges.UPSTREAM, null, "latency", "30s");
    PlanRequest http = request(World.edges(), 1, slow);
    Upstream tcp = new Upstream(World.PARTNER, null, false, new Peer("127.0.0.1", 5432));
    Plan plan = Planner.plan(with(http, World.PARTNER, tcp), CataloguePlanTest::card);
    assertThat(labels(plan)).contains("latency(latency=30s) on " + PARTNER_EDGE + ", reply");

    for (String fault : List.of("status", "drop-field", "truncate", "duplicate")) {
      ChaosProfile other = one(fault, ChaosProfile.Edges.UPSTREAM, null);
      Plan none =
          Planner.plan(
              with(request(World.edges(), 1, other), World.PARTNER, tcp), CataloguePlanTest::card);
      assertThat(labels(none)).noneMatch(label -> label.contains(PARTNER_EDGE));
      assertThat(none.notApplicable())
          .containsKey(
              "no HTTP is spoken on "
                  + PARTNER_EDGE
                  + ", only bytes and connections can be struck");
    }
  }

  /** The same request; this upstream is called over TLS. */
  private static PlanRequest withTls(PlanRequest request, String upstream) {
    Upstream old =
        request.subjects().stream()
            .map(subject -> subject.upstreams().get(upstream))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return with(request, upstream, new Upstream(upstream, old.stub(), true));
  }

  /** The same request; this upstream is another one. */
  private static PlanRequest with(PlanRequest request, String upstream, Upstream other) {
    List<Subject> subjects =
        request.subjects().stream()
            .map(
                subject -> {
                  Map<String, Upstream> upstreams = new HashMap<>(subject.upstreams());
                  upstreams.computeIfPresent(upstream, (name, old) -> other);
                  return Town.subject(
                      subject.name(), Map.of(), subject.effects(), upstreams, subject.probes());
                })
            .toList();
    return new PlanRequest(
        request.columns(),
        request.steps(),
        subjects,
        request.scenarios(),
        request.notReplayed(),
        request.profiles(),
        request.edges(),
        request.seed(),
        request.budget());
  }

  @Test
  void aReplayedRequestIsNotSentToTheOldVersion() {
    Plan plan = plan(one("version-skew", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM));
    assertThat(plan.experiments()).isEmpty();
    assertThat(plan.notApplicable()).containsEntry("the provider could not do better", 5);
  }

  @Test
  void labelsAndIdsNameOnlyWhatWasChosen() {
    Plan silent =
        plan(one("latency", ChaosProfile.Edges.UPSTREAM, Stream.DOWNSTREAM, "latency", "30s"));
    Plan spelledOut =
        plan(
            one(
                "latency",
                ChaosProfile.Edges.UPSTREAM,
                Stream.DOWNSTREAM,
                "latency",
                "30s",
                "jitter",
                "0s"));
    assertThat(labels(silent))
        .containsExactlyInAnyOrder(
            "latency(latency=30s) on " + PARTNER_EDGE + ", reply",
            "latency(latency=30s) on " + AUTHORITY_EDGE + ", reply");
    assertThat(spelledOut.experiments().stream().map(Experiment::id))
        .isEqualTo(silent.experiments().stream().map(Experiment::id).toList());
    assertThat(silent.experiments().get(0).faults().faults().get(0).parameters().values())
        .containsEntry("jitter", "0ms");
  }

  @Test
  void whatIsDerivedFromTheSeedIsInThePlanAndNotInItsIds() {
    ChaosProfile edges = BuiltInProfiles.read("contract-edges");
    Plan one = Planner.plan(request(World.edges(), 1, edges), CataloguePlanTest::card);
    Plan two = Planner.plan(request(World.edges(), 2, edges), CataloguePlanTest::card);

    assertThat(two.experiments().stream().map(Experiment::id))
        .isEqualTo(one.experiments().stream().map(Experiment::id).toList())
        .doesNotHaveDuplicates();
    assertThat(two.experiments()).isNotEqualTo(one.experiments());
    assertThat(labels(one)).isNotEmpty().noneMatch(label -> label.contains("value="));
  }

  @Test
  void planOfTheCatalogueSurvivesTheHistory() throws IOException {
    Plan plan =
        plan(
            BuiltInProfiles.names().stream()
                .map(BuiltInProfiles::read)
                .toArray(ChaosProfile[]::new));
    assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(plan), Plan.class))
        .isEqualTo(plan);
  }

  @Test
  void aHistoryFromBeforeHasNeitherReplyNorUnnamed() throws IOException {
    String old =
        "{\"id\":\"a\",\"stimulus\":\"s\",\"faults\":{\"profile\":\"p\",\"faults\":[{\"fault\":"
            + "\"latency\",\"edge\":\"a->b\",\"stream\":\"DOWNSTREAM\",\"parameters\":{\"jitter\":"
            + "\"0ms\",\"latency\":\"30s\"}}]},\"request\":\"UNTOUCHED\"}";
    Experiment experiment = Json.mapper().readValue(old, Experiment.class);
    assertThat(experiment.reply()).isEqualTo(Experiment.ReplyFit.UNTOUCHED);
    assertThat(experiment.faults().label())
        .isEqualTo("latency(jitter=0ms, latency=30s) on a->b, reply");
  }

  @Test
  void repliesSayWhetherTheyAreInContract() {
    Plan plan = plan(one("drop-field", ChaosProfile.Edges.UPSTREAM, Stream.DOWNSTREAM));
    assertThat(plan.experiments()).isNotEmpty();
    assertThat(plan.experiments())
        .as("the pact asks for every field, and an edge's contract is the consumer's")
        .allMatch(e -> e.reply() == Experiment.ReplyFit.OUT_OF_CONTRACT)
        .allMatch(e -> e.request() == Experiment.RequestFit.UNTOUCHED);
    assertThat(plan(one("slicer", ChaosProfile.Edges.UPSTREAM, Stream.DOWNSTREAM)).experiments())
        .isNotEmpty()
        .allMatch(e -> e.reply() == Experiment.ReplyFit.IN_CONTRACT);
    assertThat(
            plan(one("latency", ChaosProfile.Edges.UPSTREAM, Stream.DOWNSTREAM, "latency", "1s"))
                .experiments())
        .isNotEmpty()
        .allMatch(e -> e.reply() == Experiment.ReplyFit.UNTOUCHED);
  }

  @Test
  void aRequestIsVariedAsItsProviderDescribesIt() {
    Plan plan =
        plan(
            one("omit-optional", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
            one("undeclared-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
            one("out-of-range", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM));
    String issue =
        World.scenario(request(World.edges(), 1).scenarios(), "issue a license").stimulus().id();
    assertThat(
            plan.experiments().stream()
                .filter(e -> e.stimulus().equals(issue))
                .map(e -> e.faults().label() + " " + e.request() + " " + e.reply()))
        .containsExactly(
            "omit-optional(pointer=/note) on client->license-authority, request IN_CONTRACT"
                + " UNTOUCHED",
            "undeclared-field on client->license-authority, request IN_CONTRACT UNTOUCHED");
    assertThat(plan.notApplicable())
        .containsEntry("the request has no field of the kind that out-of-range strikes", 2)
        .containsEntry("the request has no body that a contract describes", 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bandwidth", "timeout", "latency", "reset"})
  void aSlowOrLostRequestIsNoFaultOfTheProvider(String id) {
    Plan plan = plan(one(id, ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM));
    assertThat(plan.experiments()).isEmpty();
    assertThat(plan.notApplicable()).containsEntry("the provider could not do better", 5);
  }

  @Test
  void aProviderHasToPutPiecesTogether() {
    Plan plan = plan(one("slicer", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM));
    assertThat(plan.experiments()).hasSize(5);
  }

  @Test
  void credentialsOfRequestsAreStruckAndAnswersInPlaceOfTheProviderAreNot() {
    Plan plan =
        plan(
            one("credential", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM, "state", "swapped"),
            one("credential", ChaosProfile.Edges.CONSUMER, Stream.DOWNSTREAM, "state", "revoked"));
    assertThat(labels(plan))
        .containsExactly("credential(state=swapped) on client->license-authority, request");
    assertThat(plan.experiments())
        .allMatch(e -> e.request() == Experiment.RequestFit.OUT_OF_CONTRACT);
    assertThat(plan.notApplicable()).containsEntry("reply content needs a real consumer", 5);
  }

  @Test
  void aRequestWithoutDescribedHeadersHasNoneToDrop() {
    Plan plan = plan(one("drop-header", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM));
    assertThat(plan.experiments()).isEmpty();
    assertThat(plan.notApplicable())
        .containsEntry("the request has no header that its contract describes", 5);
  }

  // ---- statuses and headers

  private static HttpInteraction replying(String... statuses) {
    Location location = Location.of("a.yaml");
    HttpInteraction plain = World.getLicense();
    List<Response> responses = new ArrayList<>();
    for (String status : statuses) {
      responses.add(
          new Response(
              status,
              List.of(header("ETag", true), header("Age", false), header("X-" + status, false)),
              World.body(World.text(), location),
              location));
    }
    return new HttpInteraction(
        plain.key(),
        plain.description(),
        plain.style(),
        plain.states(),
        plain.method(),
        plain.path(),
        List.of(header("If-Match", true)),
        plain.requestBody(),
        responses,
        plain.exemplars(),
        plain.expectation(),
        plain.location());
  }

  private static Parameter header(String name, boolean required) {
    return new Parameter(
        Parameter.In.HEADER,
        name,
        required,
        World.shape(JsonType.STRING).build(),
        Location.of("a.yaml"));
  }

  private static Plan partner(ChaosProfile profile, HttpInteraction before, HttpInteraction after) {
    Map<String, PlanRequest.EdgeModel> edges = new HashMap<>(World.edges());
    edges.put(PARTNER_EDGE, new PlanRequest.EdgeModel(List.of(before), List.of(after)));
    edges.remove(AUTHORITY_EDGE);
    return Planner.plan(request(edges, 1, profile), CataloguePlanTest::card);
  }

  @Test
  void aStatusIsOneThatNeitherSideDeclares() {
    ChaosProfile profile = one("undeclared-status", ChaosProfile.Edges.UPSTREAM, Stream.DOWNSTREAM);
    Plan plan = partner(profile, replying("200", "5XX"), replying("200", "419", "452"));
    assertThat(labels(plan))
        .containsExactly(
            "undeclared-status(class=client-error) on " + PARTNER_EDGE + ", reply",
            "undeclared-status(class=success) on " + PARTNER_EDGE + ", reply");
    assertThat(plan.experiments().get(0).faults().faults().get(0).parameters().values())
        .as("the only one of its kind that is left")
        .containsEntry("status", "499");
    assertThat(plan.notApplicable())
        .containsKey(
            "undeclared-status: every status of a server-error is declared on " + PARTNER_EDGE)
        .containsKey("no contract describes the replies on " + AUTHORITY_EDGE);
    assertThat(partner(profile, replying("default"), replying("default")).experiments()).isEmpty();
  }

  @Test
  void eachDeclaredHeaderIsDroppedAndARequiredOneIsOutOfContract() {
    Plan plan =
        partner(
            one("drop-header", ChaosProfile.Edges.UPSTREAM, Stream.DOWNSTREAM),
            replying("200"),
            replying("200"));
    assertThat(
            plan.experiments().stream().map(e -> e.faults().label() + " " + e.reply()).distinct())
        .containsExactly(
            "drop-header(header=age) on " + PARTNER_EDGE + ", reply IN_CONTRACT",
            "drop-header(header=etag) on " + PARTNER_EDGE + ", reply OUT_OF_CONTRACT",
            "drop-header(header=x-200) on " + PARTNER_EDGE + ", reply IN_CONTRACT");
    assertThat(plan.notApplicable())
        .containsKey("no contract describes such a header on " + AUTHORITY_EDGE);
  }

  // ---- the plan can be carried out

  /** Every planned fault has all that its plan() needs, for every column alike. */
  @Test
  void whatIsPlannedCanBeArmed() {
    Plan plan =
        plan(
            BuiltInProfiles.names().stream()
                .map(BuiltInProfiles::read)
                .toArray(ChaosProfile[]::new));
    assertThat(plan.experiments()).hasSizeGreaterThan(100);
    for (Experiment experiment : plan.experiments()) {
      for (PlannedFault fault : experiment.faults().faults()) {
        Fault code = Faults.byId(fault.fault()).orElseThrow();
        assertThat(code.card().streams()).contains(fault.stream());
        Injector injector =
            Injector.of(1, experiment.stimulus(), List.of(new BoundFault(fault, code)));
        assertThat(injector.needsBody(fault.edge(), fault.stream()))
            .as(fault.label())
            .isEqualTo(
                code.needsBody(fault.parameters())
                    && code.plannedAt(fault.stream(), fault.parameters()) == fault.stream());
      }
    }
  }
}
