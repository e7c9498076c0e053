package dev.codicil.experiment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Severity;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Json;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.contract.ProviderState;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A license authority, the shop that calls it, and the partner the authority asks. */
final class World {
  static final String AUTHORITY = "license-authority";
  static final String CHECKOUT = "checkout";
  static final String PARTNER = "partner";
  static final long SEED = 42;

  private World() {}

  // ---- contracts

  static Location line(String file, int line) {
    return new Location(file, line, 1, "");
  }

  static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  static Shape.Builder shape(JsonType type) {
    return Shape.at(Location.of("shape")).type(type);
  }

  static Shape text() {
    return shape(JsonType.STRING).build();
  }

  /** Judges nothing; says of which status it declares an error. */
  record Declared(Set<Integer> errors, List<Mismatch> mismatches) implements Expectation {
    @Override
    public List<Mismatch> check(HttpRequest request, HttpReply reply) {
      return mismatches;
    }

    @Override
    public boolean declaresError(HttpRequest request, HttpReply reply) {
      return errors.contains(reply.status());
    }
  }

  static HttpRequest request(String method, String target, @Nullable String body) {
    return new HttpRequest(
        method,
        target,
        body == null ? Headers.NONE : Headers.of("content-type", "application/json"),
        body == null ? Payload.EMPTY : Payload.of(json(body)));
  }

  static Body body(Shape shape, Location location) {
    return new Body(true, Map.of("application/json", shape), location);
  }

  static HttpInteraction example(
      String description,
      int line,
      List<String> states,
      HttpRequest request,
      int status,
      @Nullable Shape requestShape,
      @Nullable Shape replyShape) {
    Location location = line("pact/checkout-license-authority.json", line);
    return new HttpInteraction(
        description + " " + states,
        description,
        HttpInteraction.Style.BY_EXAMPLE,
        states.stream().map(name -> new ProviderState(name, Map.of())).toList(),
        request.method(),
        request.path(),
        List.of(),
        requestShape == null ? Body.none(location) : body(requestShape, location),
        List.of(
            new Response(
                Integer.toString(status),
                List.of(),
                replyShape == null ? Body.none(location) : body(replyShape, location),
                location)),
        List.of(
            new Exemplar(
                description, request, new HttpReply(status, Headers.NONE, Payload.EMPTY), false)),
        new Declared(Set.of(), List.of(new Mismatch("body", "the example", "something else"))),
        location);
  }

  static HttpInteraction operation(
      String file,
      int line,
      String method,
      String path,
      List<Parameter> parameters,
      @Nullable Shape requestShape,
      Map<String, Shape> replies,
      Set<Integer> errors) {
    Location location = line(file, line);
    List<Response> responses = new ArrayList<>();
    replies.forEach(
        (status, shape) ->
            responses.add(new Response(status, List.of(), body(shape, location), location)));
    return new HttpInteraction(
        method + " " + path,
        method + " " + path,
        HttpInteraction.Style.BY_SCHEMA,
        List.of(),
        method,
        path,
        parameters,
        requestShape == null ? Body.none(location) : body(requestShape, location),
        responses,
        List.of(),
        new Declared(errors, List.of()),
        location);
  }

  static Parameter pathParameter(String name, Shape shape) {
    return new Parameter(Parameter.In.PATH, name, true, shape, Location.of("openapi"));
  }

  static Shape license() {
    return shape(JsonType.OBJECT)
        .property("id", shape(JsonType.STRING).readOnly(true).build(), true)
        .property("holder", text(), true)
        .property("validUntil", shape(JsonType.STRING).format("date-time").build(), false)
        .property(
            "seats",
            shape(JsonType.ARRAY)
                .items(shape(JsonType.OBJECT).property("user", text(), true).build())
                .build(),
            false)
        .build();
  }

  static Shape issueBody() {
    return shape(JsonType.OBJECT)
        .property("holder", text(), true)
        .property(
            "note",
            Shape.at(Location.of("shape")).type(JsonType.STRING, JsonType.NULL).build(),
            false)
        .build();
  }

  static Contract pact(HttpInteraction... interactions) {
    return new Contract(
        "pact",
        AUTHORITY,
        CHECKOUT,
        List.<Interaction>of(interactions),
        Location.of("pact/checkout-license-authority.json"));
  }

  static HttpInteraction validate() {
    return example(
        "validate a license",
        10,
        List.of("license L-1 is valid"),
        request("GET", "/licenses/L-1", null),
        200,
        null,
        shape(JsonType.OBJECT).property("validUntil", text(), true).build());
  }

  static HttpInteraction issue() {
    return example(
        "issue a license",
        30,
        List.of("license L-1 is valid"),
        request("POST", "/licenses", "{'holder':'Ada','note':'gift'}"),
        201,
        shape(JsonType.OBJECT)
            .property("holder", text(), true)
            .property("note", text(), true)
            .build(),
        shape(JsonType.OBJECT).property("id", text(), true).build());
  }

  static HttpInteraction revoke() {
    return example(
        "revoke a license",
        50,
        List.of("license L-1 is valid"),
        request("DELETE", "/licenses/L-1", null),
        204,
        null,
        null);
  }

  static Contract message() {
    Location location = line("pact/messages.json", 5);
    return new Contract(
        "pact",
        AUTHORITY,
        CHECKOUT,
        List.of(
            new MessageInteraction(
                "revoked", "license revoked", List.of(), List.of(), Body.none(location), location)),
        location);
  }

  static HttpInteraction getLicense() {
    return operation(
        "openapi/license-authority.yaml",
        10,
        "GET",
        "/licenses/{id}",
        List.of(pathParameter("id", shape(JsonType.STRING).pattern("^L-[0-9]{4}$").build())),
        null,
        Map.of("200", license()),
        Set.of(404));
  }

  static HttpInteraction postLicense() {
    return operation(
        "openapi/license-authority.yaml",
        40,
        "POST",
        "/licenses",
        List.of(),
        issueBody(),
        Map.of("201", license()),
        Set.of(422));
  }

  static HttpInteraction search() {
    return operation(
        "openapi/license-authority.yaml",
        70,
        "GET",
        "/search",
        List.of(
            new Parameter(
                Parameter.In.QUERY,
                "q",
                true,
                shape(JsonType.STRING).pattern("(a)\\1").build(),
                Location.of("openapi"))),
        null,
        Map.of(),
        Set.of());
  }

  static Contract authorityDocument(HttpInteraction... interactions) {
    return new Contract(
        "openapi",
        AUTHORITY,
        null,
        List.<Interaction>of(interactions),
        Location.of("openapi/license-authority.yaml"));
  }

  static Contract partnerDocument() {
    return new Contract(
        "openapi",
        PARTNER,
        null,
        List.of(
            operation(
                "openapi/partner.yaml",
                8,
                "GET",
                "/vouch/{user}",
                List.of(pathParameter("user", text())),
                null,
                Map.of("200", shape(JsonType.OBJECT).property("vouched", text(), true).build()),
                Set.of())),
        Location.of("openapi/partner.yaml"));
  }

  static List<Contract> contracts() {
    return List.of(
        pact(validate(), issue(), revoke()),
        message(),
        authorityDocument(getLicense(), postLicense(), search()),
        partnerDocument());
  }

  // ---- amendment

  static Change change(String provider, String operation, Change.Touch... touches) {
    return new Change(
        "response-field-removed",
        Severity.BREAKING,
        Effect.WIDENED,
        Direction.REPLY,
        provider,
        operation,
        "body/validUntil",
        "string",
        null,
        "the field is gone",
        line("openapi/license-authority.yaml", 12),
        null,
        List.of(touches));
  }

  static Amendment amendment(List<Contract> before, List<Contract> after, Change... changes) {
    return new Amendment("rename", before, after, List.of(changes), new Ledger(List.of()));
  }

  static Change validityChange() {
    return change(
        AUTHORITY,
        "GET /licenses/{licenseId}",
        new Change.Touch(CHECKOUT, validate().key(), "validate a license"));
  }

  // ---- subjects

  static Subject subject(
      String name,
      Map<String, List<String>> given,
      List<EffectCheck> effects,
      Map<String, Upstream> upstreams,
      List<Probe> probes) {
    return new Subject(
        name,
        null,
        null,
        List.of("java", "-jar", name + ".jar"),
        Map.of(),
        request("GET", "/health", null),
        request("POST", "/_states", null),
        null,
        Map.of(),
        given,
        effects,
        upstreams,
        probes,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        line("codicil.yaml", 3));
  }

  static Map<String, Upstream> calls(String... names) {
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    for (String name : names) {
      upstreams.put(name, new Upstream(name, null));
    }
    return upstreams;
  }

  static EffectCheck licenseCount() {
    return new EffectCheck(
        "licenses", "POST /licenses", request("GET", "/stats", null), "/licenses", 1);
  }

  static Probe buy() {
    return new Probe(
        "buy",
        request("POST", "/orders", "{'sku':'A1','license':'L-1'}"),
        Map.of(AUTHORITY, List.of("license L-1 is valid")),
        new Probe.Answer(201, null),
        new Probe.Answer(202, json("{'grace':true}")),
        new Probe.Answer(503, null),
        line("codicil.yaml", 30));
  }

  static List<Subject> subjects() {
    return List.of(
        subject(CHECKOUT, Map.of(), List.of(), calls(AUTHORITY), List.of(buy())),
        subject(
            AUTHORITY,
            Map.of("GET /licenses/{any}", List.of("license L-1 is valid")),
            List.of(licenseCount()),
            Map.of(PARTNER, new Upstream(PARTNER, "contracts/openapi/partner.yaml")),
            List.of()));
  }

  static Cast cast(String... amended) {
    Set<String> runs = Set.of(CHECKOUT, AUTHORITY);
    return new Cast(Set.of(amended), runs, runs, Steps.PROVIDER_FIRST);
  }

  // ---- weather

  static FaultCard card(
      String id,
      boolean content,
      boolean field,
      List<FaultCard.Parameter> parameters,
      Stream... streams) {
    return new FaultCard(
        id,
        id,
        FaultCard.Layer.CONTRACT,
        new LinkedHashSet<>(List.of(streams)),
        content,
        content,
        field,
        parameters,
        "answers in time");
  }

  static final Map<String, FaultCard> CARDS = cards();

  private static Map<String, FaultCard> cards() {
    FaultCard.Parameter pointer =
        new FaultCard.Parameter("pointer", FaultCard.Type.POINTER, null, "which field");
    FaultCard.Parameter time =
        new FaultCard.Parameter("time", FaultCard.Type.DURATION, "6s", "how long");
    Map<String, FaultCard> cards = new LinkedHashMap<>();
    for (FaultCard card :
        List.of(
            card("drop-field", true, true, List.of(pointer), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("null-field", true, true, List.of(pointer), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("retype-field", true, true, List.of(pointer), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("corrupt", true, false, List.of(), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("latency", false, false, List.of(time), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("reset", false, false, List.of(), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("duplicate", false, false, List.of(), Stream.UPSTREAM),
            card("reorder", false, false, List.of(), Stream.UPSTREAM))) {
      cards.put(card.id(), card);
    }
    return cards;
  }

  static @Nullable FaultCard cardOf(String fault) {
    return CARDS.get(fault);
  }

  static ChaosProfile.Entry entry(
      String fault, ChaosProfile.Edges edges, @Nullable Stream stream, String... parameters) {
    Parameters given = Parameters.NONE;
    for (int i = 0; i < parameters.length; i += 2) {
      given = given.with(parameters[i], parameters[i + 1]);
    }
    return new ChaosProfile.Entry(fault, edges, stream, given, line("chaos-profiles/test.yaml", 7));
  }

  static ChaosProfile profile(String name, ChaosProfile.Entry... entries) {
    return new ChaosProfile(
        name, name, List.of(entries), Location.of("chaos-profiles/" + name + ".yaml"));
  }

  static List<ChaosProfile> weather() {
    return List.of(
        profile(
            "field-loss",
            entry("drop-field", ChaosProfile.Edges.ANY, null),
            entry("drop-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
            entry("null-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM)),
        profile(
            "slow-partner",
            entry("latency", ChaosProfile.Edges.UPSTREAM, null),
            entry("latency", ChaosProfile.Edges.CONSUMER, null, "time", "250ms")),
        profile(
            "disorder",
            entry("duplicate", ChaosProfile.Edges.CONSUMER, null),
            entry("reorder", ChaosProfile.Edges.CONSUMER, null)));
  }

  static Map<String, PlanRequest.EdgeModel> edges() {
    return Map.of(
        "checkout->license-authority",
        new PlanRequest.EdgeModel(
            List.of(validate(), issue(), revoke()), List.of(validate(), issue(), revoke())),
        "license-authority->partner",
        new PlanRequest.EdgeModel(partnerDocument().http(), partnerDocument().http()));
  }

  static PlanRequest planRequest(Amendment amendment, Cast cast, int budget) {
    List<Subject> subjects = subjects();
    Scenarios found = Scenarios.of(amendment, subjects, cast, SEED);
    Steps steps = Steps.of(subjects, cast.amended(), cast.rollout());
    return new PlanRequest(
        steps.columns(),
        steps.steps(),
        subjects,
        found.scenarios(),
        found.notReplayed(),
        weather(),
        edges(),
        SEED,
        budget);
  }

  static Scenario scenario(List<Scenario> scenarios, String name) {
    return requireNonNull(
        scenarios.stream()
            .filter(scenario -> scenario.stimulus().name().equals(name))
            .findFirst()
            .orElse(null),
        "no scenario " + name);
  }
}
