package dev.codicil.amendment.rule;

import static dev.codicil.amendment.rule.Contracts.HERE;
import static dev.codicil.amendment.rule.Contracts.array;
import static dev.codicil.amendment.rule.Contracts.header;
import static dev.codicil.amendment.rule.Contracts.integer;
import static dev.codicil.amendment.rule.Contracts.json;
import static dev.codicil.amendment.rule.Contracts.object;
import static dev.codicil.amendment.rule.Contracts.operation;
import static dev.codicil.amendment.rule.Contracts.query;
import static dev.codicil.amendment.rule.Contracts.ref;
import static dev.codicil.amendment.rule.Contracts.shape;
import static dev.codicil.amendment.rule.Contracts.string;
import static dev.codicil.amendment.rule.Contracts.types;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.amendment.rule.Fixtures.OfContracts;
import dev.codicil.amendment.rule.Fixtures.OfShape;
import dev.codicil.contract.Assertions;
import dev.codicil.contract.Assertions.Condition;
import dev.codicil.contract.CallbackInteraction;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Credential;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Amendments of what few documents say, of security, webhooks and resilience. */
final class MoreFixtures {
  private MoreFixtures() {}

  static List<OfShape> shapes() {
    List<OfShape> all = new ArrayList<>();
    counts(all);
    conditions(all);
    hints(all);
    return all;
  }

  private static Assertions.Builder said() {
    return new Assertions.Builder();
  }

  private static Shape with(JsonType type, Assertions.Builder said) {
    return shape(type).assertions(said.build()).build();
  }

  private static Shape number(String step) {
    return with(JsonType.NUMBER, said().multipleOf(new BigDecimal(step)));
  }

  private static void counts(List<OfShape> all) {
    Shape number = shape(JsonType.NUMBER).build();
    Shape array = array(string());
    Fixtures.mirrored(
        all, "multiple-narrowed", "multiple-widened", number, number("5"), "BREAKING");
    Fixtures.mirrored(
        all, "multiple-narrowed", "multiple-widened", number("0.5"), number("1.0"), "BREAKING");
    Fixtures.both(all, "multiple-changed", number("4"), number("6"), "BREAKING", "BREAKING");
    Shape unique = array.node().toBuilder().assertions(said().uniqueItems(true).build()).build();
    Fixtures.mirrored(
        all, "items-became-unique", "items-became-repeatable", array, unique, "BREAKING");
    Fixtures.mirrored(
        all,
        "field-count-narrowed",
        "field-count-widened",
        with(JsonType.OBJECT, said().propertyCount(1, null)),
        with(JsonType.OBJECT, said().propertyCount(2, 9)),
        "BREAKING");
    Fixtures.mirrored(
        all,
        "contained-count-narrowed",
        "contained-count-widened",
        contains(null, 5),
        contains(2, 5),
        "BREAKING");
    Shape together =
        with(JsonType.OBJECT, said().dependentRequired(Map.of("card", Set.of("address"))));
    Shape more =
        with(JsonType.OBJECT, said().dependentRequired(Map.of("card", Set.of("address", "name"))));
    Fixtures.mirrored(
        all, "dependency-added", "dependency-removed", object().build(), together, "BREAKING");
    Fixtures.mirrored(all, "dependency-added", "dependency-removed", together, more, "BREAKING");
  }

  private static Shape contains(@Nullable Integer min, @Nullable Integer max) {
    return with(
        JsonType.ARRAY,
        said()
            .containedCount(min, max)
            .conditions(List.of(new Condition("contains", List.of(string())))));
  }

  private static Shape condition(String keyword, Shape... shapes) {
    return with(
        JsonType.OBJECT, said().conditions(List.of(new Condition(keyword, List.of(shapes)))));
  }

  private static void conditions(List<OfShape> all) {
    Shape any = Shape.any(HERE);
    Shape plain = object().build();
    Shape named = object().property("name", string(), true).build();
    Shape counted = object().property("name", integer(), true).build();
    for (String keyword : List.of("not", "propertyNames", "patternProperties ^x-", "allOf")) {
      Fixtures.mirrored(
          all,
          "condition-added",
          "condition-removed",
          plain,
          condition(keyword, named),
          "BREAKING");
    }
    Fixtures.both(
        all,
        "condition-changed",
        condition("not", named),
        condition("not", counted),
        "RISKY",
        "RISKY");
    Fixtures.both(
        all,
        "condition-changed",
        condition("if", named, any, any),
        condition("if", counted, any, any),
        "RISKY",
        "RISKY");
    Fixtures.both(
        all,
        "type-changed",
        condition("dependentSchemas card", named),
        condition("dependentSchemas card", counted),
        "BREAKING",
        "BREAKING");
    Fixtures.mirrored(
        all,
        "type-narrowed",
        "type-widened",
        condition("if", named, any, any),
        condition("if", named, any, plain),
        "BREAKING");
    Shape one = tuple(string());
    Shape two = tuple(string(), integer());
    Fixtures.mirrored(all, "tuple-position-removed", "tuple-position-added", two, one, "RISKY");
    Fixtures.mirrored(
        all, "tuple-introduced", "tuple-dropped", shape(JsonType.ARRAY).build(), two, "BREAKING");
  }

  private static Shape tuple(Shape... positions) {
    return with(JsonType.ARRAY, said().prefixItems(List.of(positions)));
  }

  private static Shape known(String... values) {
    return with(
        JsonType.STRING,
        said().knownValues(Arrays.stream(values).<JsonNode>map(TextNode::valueOf).toList()));
  }

  private static void hints(List<OfShape> all) {
    Fixtures.both(
        all, "known-value-removed", known("card", "cash"), known("card"), "RISKY", "SAFE");
    Fixtures.both(all, "known-value-added", known("card"), known("card", "cash"), "SAFE", "SAFE");
    Shape euro = with(JsonType.STRING, said().fallback(TextNode.valueOf("EUR")));
    Shape dollar = with(JsonType.STRING, said().fallback(TextNode.valueOf("USD")));
    Fixtures.both(all, "default-changed", euro, dollar, "SAFE", "SAFE");
    Fixtures.both(all, "default-changed", string(), dollar, "SAFE", "SAFE");
    Shape.Reference card = ref("Card", object().property("kind", string(), true).build());
    Shape.Reference bill = ref("Bill", object().property("kind", integer(), true).build());
    Fixtures.both(
        all,
        "discriminator-changed",
        told(Map.of("", "kind", "card", "Card"), card, bill),
        told(Map.of("", "kind", "card", "Bill"), card, bill),
        "SAFE",
        "SAFE");
    Fixtures.both(
        all,
        "content-coding-changed",
        with(JsonType.STRING, said().content("base64", null)),
        with(JsonType.STRING, said().content("base32", "text/plain")),
        "BREAKING",
        "BREAKING");
  }

  private static Shape told(Map<String, String> names, Shape... options) {
    return Shape.at(HERE)
        .alternatives(Shape.Combination.ONE_OF, List.of(options))
        .assertions(said().discriminator(names).build())
        .build();
  }

  static List<OfContracts> contracts() {
    List<OfContracts> all = new ArrayList<>();
    resilience(all);
    access(all);
    webhooks(all);
    Shape twenty = with(JsonType.INTEGER, said().fallback(TextNode.valueOf("20")));
    Fixtures.add(
        all,
        "parameter-default-changed",
        operation("GET", "/licenses").parameter(query("limit", false, twenty)).document(),
        operation("GET", "/licenses").parameter(query("limit", false, integer())).document(),
        "RISKY");
    List<Contract> plain = Fixtures.get("200", types("application/json"));
    List<Contract> special = Fixtures.get("200", types("application/hal+json"));
    Fixtures.add(all, "media-type-specialized", plain, special, "SAFE");
    Fixtures.add(all, "media-type-generalized", special, plain, "BREAKING");
    Fixtures.add(
        all,
        "media-type-specialized",
        Fixtures.get("400", types("application/json")),
        Fixtures.get("400", types("application/problem+json")),
        "RISKY");
    return all;
  }

  private static void resilience(List<OfContracts> all) {
    for (String status : List.of("429", "503", "504")) {
      List<Contract> with = Fixtures.statuses("200", status);
      List<Contract> without = Fixtures.statuses("200");
      Fixtures.add(all, "overload-status-added", without, with, "SAFE");
      Fixtures.add(all, "overload-status-removed", with, without, "RISKY");
    }
    Fixtures.add(
        all,
        "overload-status-removed",
        Fixtures.statuses("200", "503", "5XX"),
        Fixtures.statuses("200", "5XX"),
        "SAFE");
    List<Contract> silent = operation("GET", "/a").reply("503", types()).document();
    for (boolean required : List.of(false, true)) {
      List<Contract> saying =
          operation("GET", "/a").reply("503", types(), header("Retry-After", required)).document();
      Fixtures.add(all, "retry-after-gained", silent, saying, "SAFE");
      Fixtures.add(all, "retry-after-lost", saying, silent, required ? "BREAKING" : "RISKY");
    }
    List<Contract> bare = operation("POST", "/a").document();
    for (boolean required : List.of(false, true)) {
      List<Contract> keyed =
          operation("POST", "/a")
              .parameter(
                  new Parameter(Parameter.In.HEADER, "Idempotency-Key", required, string(), HERE))
              .document();
      Fixtures.add(all, "idempotency-key-dropped", keyed, bare, "BREAKING");
      Fixtures.add(all, "idempotency-key-heeded", bare, keyed, required ? "BREAKING" : "SAFE");
    }
  }

  private static void access(List<OfContracts> all) {
    Credential bearer = new Credential("http bearer", Set.of());
    Credential reader = new Credential("oauth2", Set.of("read"));
    Credential writer = new Credential("oauth2", Set.of("read", "write"));
    List<Contract> open = secured(List.of());
    Fixtures.add(all, "credentials-demanded", open, secured(List.of(Set.of(bearer))), "RISKY");
    Fixtures.add(all, "credentials-waived", secured(List.of(Set.of(bearer))), open, "SAFE");
    Fixtures.add(
        all,
        "credentials-waived",
        secured(List.of(Set.of(bearer))),
        secured(List.of(Set.of(), Set.of(bearer))),
        "SAFE");
    Fixtures.add(
        all,
        "credentials-changed",
        secured(List.of(Set.of(reader))),
        secured(List.of(Set.of(writer))),
        "SAFE");
  }

  private static List<Contract> secured(List<Set<Credential>> ways) {
    HttpInteraction plain = operation("GET", "/a").schema();
    return List.of(
        new Contract(
            "openapi",
            "License Authority",
            null,
            List.of(
                new HttpInteraction(
                    plain.key(),
                    plain.description(),
                    plain.style(),
                    plain.states(),
                    plain.method(),
                    plain.path(),
                    plain.parameters(),
                    plain.requestBody(),
                    plain.responses(),
                    plain.exemplars(),
                    plain.expectation(),
                    ways,
                    plain.location())),
            HERE));
  }

  private static void webhooks(List<OfContracts> all) {
    List<Contract> none = calls();
    List<Contract> one = calls(call("orderCreated", object().build()));
    Fixtures.add(all, "webhook-added", none, one, "SAFE");
    Fixtures.add(all, "webhook-removed", one, none, "BREAKING");
    // The provider sends the request here, so what it gains is gained by the reader.
    List<Contract> more =
        calls(call("orderCreated", object().property("id", string(), true).build()));
    Fixtures.add(all, "field-added", one, more, "SAFE");
    Fixtures.add(all, "field-removed", more, one, "BREAKING");
  }

  private static CallbackInteraction call(String name, Shape body) {
    return new CallbackInteraction(
        "webhook " + name,
        "webhook " + name,
        operation("POST", "/").body(json(body)).reply("200", types()).schema());
  }

  private static List<Contract> calls(CallbackInteraction... calls) {
    return List.of(new Contract("openapi", "License Authority", null, List.of(calls), HERE));
  }
}
