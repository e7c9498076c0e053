package dev.codicil.experiment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Severity;
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
import java.util.ArrayList;
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

  static Map<String, PlanRequest.EdgeModel> edges() {
    return Map.of(
        "checkout->license-authority",
        new PlanRequest.EdgeModel(
            List.of(validate(), issue(), revoke()), List.of(validate(), issue(), revoke())),
        "license-authority->partner",
        new PlanRequest.EdgeModel(partnerDocument().http(), partnerDocument().http()));
  }

  static PlanRequest planRequest(Amendment amendment, Cast cast, int budget) {
    List<Subject> subjects = Town.subjects();
    Scenarios found = Scenarios.of(amendment, subjects, cast, SEED);
    Steps steps = Steps.of(subjects, cast.amended(), cast.rollout());
    return new PlanRequest(
        steps.columns(),
        steps.steps(),
        subjects,
        found.scenarios(),
        found.notReplayed(),
        Weather.all(),
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
