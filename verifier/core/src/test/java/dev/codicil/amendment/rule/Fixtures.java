package dev.codicil.amendment.rule;

import static dev.codicil.amendment.rule.Contracts.HERE;
import static dev.codicil.amendment.rule.Contracts.anyOf;
import static dev.codicil.amendment.rule.Contracts.carrying;
import static dev.codicil.amendment.rule.Contracts.document;
import static dev.codicil.amendment.rule.Contracts.enumeration;
import static dev.codicil.amendment.rule.Contracts.header;
import static dev.codicil.amendment.rule.Contracts.integer;
import static dev.codicil.amendment.rule.Contracts.json;
import static dev.codicil.amendment.rule.Contracts.object;
import static dev.codicil.amendment.rule.Contracts.oneOf;
import static dev.codicil.amendment.rule.Contracts.operation;
import static dev.codicil.amendment.rule.Contracts.pact;
import static dev.codicil.amendment.rule.Contracts.query;
import static dev.codicil.amendment.rule.Contracts.ref;
import static dev.codicil.amendment.rule.Contracts.shape;
import static dev.codicil.amendment.rule.Contracts.string;
import static dev.codicil.amendment.rule.Contracts.types;

import dev.codicil.amendment.Direction;
import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One amendment for every rule, at least; each with the exact changes it must give. */
final class Fixtures {
  private Fixtures() {}

  /**
   * Two shapes of one field.
   *
   * @param rule the rule it is for
   * @param request exact changes in a request: {@code RULE=SEVERITY}
   * @param reply exact changes in a reply
   */
  record OfShape(String rule, Shape before, Shape after, String request, String reply) {
    List<Contract> before(Direction direction) {
      return carrying(direction, before);
    }

    List<Contract> after(Direction direction) {
      return carrying(direction, after);
    }

    @Override
    public String toString() {
      return rule + ": " + request + " | " + reply;
    }
  }

  /** Two sets of contracts. */
  record OfContracts(String rule, List<Contract> before, List<Contract> after, String expected) {
    @Override
    public String toString() {
      return rule + ": " + expected;
    }
  }

  static List<OfShape> shapes() {
    List<OfShape> all = new ArrayList<>();
    all.addAll(fields());
    all.addAll(values());
    all.addAll(unions());
    all.addAll(MoreFixtures.shapes());
    return all;
  }

  static void both(
      List<OfShape> all, String rule, Shape before, Shape after, String request, String reply) {
    all.add(new OfShape(rule, before, after, rule + "=" + request, rule + "=" + reply));
  }

  /** A change, and the swapped change with the swapped severities. */
  static void mirrored(
      List<OfShape> all, String narrow, String wide, Shape big, Shape small, String severity) {
    both(all, narrow, big, small, severity, "SAFE");
    both(all, wide, small, big, "SAFE", severity);
  }

  private static List<OfShape> fields() {
    List<OfShape> all = new ArrayList<>();
    Shape none = object().build();
    Shape optional = object().property("region", string(), false).build();
    Shape required = object().property("region", string(), true).build();
    both(all, "field-added", none, required, "BREAKING", "SAFE");
    both(all, "field-added", none, optional, "SAFE", "SAFE");
    both(all, "field-removed", required, none, "RISKY", "BREAKING");
    both(all, "field-removed", optional, none, "RISKY", "RISKY");
    both(all, "field-became-required", optional, required, "BREAKING", "SAFE");
    both(all, "field-became-optional", required, optional, "SAFE", "BREAKING");

    Shape closed = object().closed(true).build();
    Shape closedOptional = object().closed(true).property("region", string(), false).build();
    both(all, "field-added", closed, closedOptional, "SAFE", "RISKY");
    both(all, "field-removed", closedOptional, closed, "BREAKING", "RISKY");
    both(all, "object-closed", none, closed, "BREAKING", "SAFE");
    both(all, "object-opened", closed, none, "SAFE", "RISKY");

    Shape readOnly =
        object().property("id", shape(JsonType.STRING).readOnly(true).build(), true).build();
    Shape writeOnly =
        object().property("id", shape(JsonType.STRING).writeOnly(true).build(), true).build();
    Shape plain = object().property("id", string(), true).build();
    all.add(new OfShape("field-hidden", plain, readOnly, "field-hidden=SAFE", ""));
    all.add(new OfShape("field-hidden", plain, writeOnly, "", "field-hidden=BREAKING"));
    all.add(new OfShape("field-shown", readOnly, plain, "field-shown=BREAKING", ""));
    all.add(new OfShape("field-shown", writeOnly, plain, "", "field-shown=SAFE"));
    all.add(new OfShape("field-added", none, readOnly, "", "field-added=SAFE"));
    Shape mayRead =
        object().property("id", shape(JsonType.STRING).readOnly(true).build(), false).build();
    Shape mayWrite =
        object().property("id", shape(JsonType.STRING).writeOnly(true).build(), false).build();
    Shape may = object().property("id", string(), false).build();
    all.add(new OfShape("field-hidden", may, mayWrite, "", "field-hidden=SAFE"));
    all.add(new OfShape("field-shown", mayRead, may, "field-shown=SAFE", ""));
    return all;
  }

  private static List<OfShape> values() {
    List<OfShape> all = new ArrayList<>();
    Shape number = shape(JsonType.NUMBER).build();
    Shape nullable = shape(JsonType.STRING, JsonType.NULL).build();
    both(all, "type-changed", string(), integer(), "BREAKING", "BREAKING");
    mirrored(all, "type-narrowed", "type-widened", number, integer(), "BREAKING");
    mirrored(all, "type-narrowed", "type-widened", Shape.any(HERE), string(), "BREAKING");
    mirrored(all, "became-not-nullable", "became-nullable", nullable, string(), "BREAKING");

    Shape two = enumeration("active", "expired");
    Shape three = enumeration("active", "expired", "suspended");
    mirrored(all, "enum-value-removed", "enum-value-added", three, two, "BREAKING");
    mirrored(all, "enum-introduced", "enum-dropped", string(), two, "BREAKING");
    Shape extensible =
        shape(JsonType.STRING)
            .enumeration(two.node().enumeration())
            .unread(List.of("x-extensible-enum"))
            .build();
    Shape extended =
        shape(JsonType.STRING)
            .enumeration(three.node().enumeration())
            .unread(List.of("x-extensible-enum"))
            .build();
    both(all, "enum-value-added", extensible, extended, "SAFE", "RISKY");
    both(all, "enum-value-removed", extended, extensible, "BREAKING", "SAFE");

    Shape date = shape(JsonType.STRING).format("date").build();
    Shape instant = shape(JsonType.STRING).format("date-time").build();
    mirrored(all, "format-added", "format-removed", string(), date, "RISKY");
    both(all, "format-changed", date, instant, "BREAKING", "BREAKING");
    Shape small = shape(JsonType.INTEGER).format("int32").build();
    Shape big = shape(JsonType.INTEGER).format("int64").build();
    both(all, "format-changed", small, big, "SAFE", "BREAKING");
    both(all, "format-changed", big, small, "BREAKING", "SAFE");

    Shape letters = shape(JsonType.STRING).pattern("^[a-z]+$").build();
    Shape word = shape(JsonType.STRING).pattern("^[a-z0-9]+$").build();
    Shape whatever = shape(JsonType.STRING).pattern("^.*$").build();
    both(all, "pattern-added", string(), letters, "BREAKING", "SAFE");
    both(all, "pattern-added", whatever, letters, "BREAKING", "SAFE");
    both(all, "pattern-removed", letters, string(), "SAFE", "SAFE");
    both(all, "pattern-removed", letters, whatever, "SAFE", "SAFE");
    both(all, "pattern-changed", letters, word, "RISKY", "SAFE");

    mirrored(all, "range-narrowed", "range-widened", range("1", "9"), range("2", "9"), "BREAKING");
    mirrored(all, "range-narrowed", "range-widened", number, range("0", null), "BREAKING");
    all.add(
        new OfShape(
            "range-narrowed",
            range("1", "5"),
            range("2", "9"),
            "range-narrowed=BREAKING range-widened=SAFE",
            "range-narrowed=SAFE range-widened=BREAKING"));
    mirrored(all, "length-narrowed", "length-widened", length(1, 64), length(1, 32), "BREAKING");
    mirrored(
        all, "item-count-narrowed", "item-count-widened", items(0, 5), items(1, 5), "BREAKING");

    Shape unread = shape(JsonType.STRING).unread(List.of("if#1")).build();
    Shape other = shape(JsonType.STRING).unread(List.of("if#2")).build();
    both(all, "not-understood", string(), unread, "RISKY", "RISKY");
    both(all, "not-understood", unread, other, "RISKY", "RISKY");
    return all;
  }

  private static List<OfShape> unions() {
    List<OfShape> all = new ArrayList<>();
    Shape.Reference card = ref("Card", object().property("number", string(), true).build());
    Shape.Reference invoice = ref("Invoice", object().property("iban", string(), true).build());
    Shape.Reference cash = ref("Cash", object().property("coins", integer(), true).build());
    mirrored(
        all,
        "alternative-removed",
        "alternative-added",
        oneOf(card, invoice, cash),
        oneOf(card, invoice),
        "BREAKING");
    mirrored(
        all, "alternative-removed", "alternative-added", oneOf(card, invoice), card, "BREAKING");
    mirrored(
        all,
        "alternatives-introduced",
        "alternatives-dropped",
        object().build(),
        object().alternatives(Shape.Combination.ANY_OF, List.of(card, invoice)).build(),
        "BREAKING");
    both(
        all,
        "alternatives-combined-otherwise",
        anyOf(card, invoice),
        oneOf(card, invoice),
        "RISKY",
        "SAFE");
    both(
        all,
        "alternatives-combined-otherwise",
        oneOf(card, invoice),
        anyOf(card, invoice),
        "SAFE",
        "RISKY");
    all.add(
        new OfShape(
            "alternative-added",
            oneOf(card, invoice),
            oneOf(card, cash),
            "alternative-added=SAFE alternative-removed=BREAKING",
            "alternative-added=BREAKING alternative-removed=SAFE"));
    return all;
  }

  static List<OfContracts> contracts() {
    List<OfContracts> all = new ArrayList<>();
    all.addAll(operations());
    all.addAll(members());
    all.addAll(bodies());
    all.addAll(MoreFixtures.contracts());
    return all;
  }

  static void add(
      List<OfContracts> all,
      String rule,
      List<Contract> before,
      List<Contract> after,
      String severity) {
    all.add(new OfContracts(rule, before, after, rule + "=" + severity));
  }

  private static List<OfContracts> operations() {
    List<OfContracts> all = new ArrayList<>();
    Contracts.Operation get = operation("GET", "/licenses/{id}");
    Contracts.Operation delete = operation("DELETE", "/licenses/{key}");
    Contracts.Operation list = operation("GET", "/licenses");
    add(all, "path-added", document(get), document(get, list), "SAFE");
    add(all, "path-removed", document(get, list), document(get), "BREAKING");
    add(all, "method-added", document(get), document(get, delete), "SAFE");
    add(all, "method-removed", document(get, delete), document(get), "BREAKING");
    var first = operation("GET", "/licenses/L-1").example("a license");
    var moved = operation("GET", "/v2/licenses/L-1").example("a license");
    var second = operation("GET", "/licenses/L-2").example("an expired license");
    add(all, "interaction-added", pact("shop", first), pact("shop", first, second), "RISKY");
    add(all, "interaction-removed", pact("shop", first, second), pact("shop", first), "SAFE");
    add(all, "interaction-changed", pact("shop", first), pact("shop", moved), "RISKY");
    return all;
  }

  private static List<OfContracts> members() {
    List<OfContracts> all = new ArrayList<>();
    List<Contract> none = operation("GET", "/licenses").document();
    List<Contract> optional =
        operation("GET", "/licenses").parameter(query("limit", false, integer())).document();
    List<Contract> required =
        operation("GET", "/licenses").parameter(query("limit", true, integer())).document();
    List<Contract> moved =
        operation("GET", "/licenses")
            .parameter(new Parameter(Parameter.In.HEADER, "Limit", false, integer(), HERE))
            .document();
    add(all, "parameter-added", none, required, "BREAKING");
    add(all, "parameter-added", none, optional, "SAFE");
    add(all, "parameter-removed", required, none, "RISKY");
    add(all, "parameter-removed", optional, none, "RISKY");
    add(all, "parameter-became-required", optional, required, "BREAKING");
    add(all, "parameter-became-optional", required, optional, "SAFE");
    add(all, "parameter-moved", optional, moved, "BREAKING");

    List<Contract> bare = operation("GET", "/licenses").reply("200", types()).document();
    List<Contract> may =
        operation("GET", "/licenses").reply("200", types(), header("ETag", false)).document();
    List<Contract> must =
        operation("GET", "/licenses").reply("200", types(), header("etag", true)).document();
    add(all, "header-added", bare, may, "SAFE");
    add(all, "header-added", bare, must, "SAFE");
    add(all, "header-removed", may, bare, "RISKY");
    add(all, "header-removed", must, bare, "BREAKING");
    add(all, "header-became-required", may, must, "SAFE");
    add(all, "header-became-optional", must, may, "BREAKING");
    return all;
  }

  private static List<OfContracts> bodies() {
    List<OfContracts> all = new ArrayList<>();
    Body optional = new Body(false, json(string()).content(), HERE);
    add(all, "body-became-required", put(optional), put(json(string())), "BREAKING");
    add(all, "body-became-optional", put(json(string())), put(optional), "SAFE");
    Body one = types("application/json");
    Body two = types("application/json", "application/xml");
    add(all, "media-type-added", put(one), put(two), "SAFE");
    add(all, "media-type-removed", put(two), put(one), "BREAKING");
    add(all, "media-type-added", get("200", one), get("200", two), "SAFE");
    add(all, "media-type-removed", get("200", two), get("200", one), "BREAKING");
    add(all, "media-type-added", get("200", types()), get("200", one), "SAFE");
    Body range = types("application/*");
    add(all, "media-type-removed", get("200", range), get("200", one), "SAFE");

    add(all, "status-added", statuses("200"), statuses("200", "409"), "SAFE");
    add(all, "status-added", statuses("200"), statuses("200", "202"), "SAFE");
    add(all, "status-added", statuses("200"), statuses("200", "303"), "BREAKING");
    add(all, "status-added", statuses("200", "4XX"), statuses("200", "4XX", "409"), "SAFE");
    add(all, "status-added", statuses("200", "default"), statuses("200", "default", "404"), "SAFE");
    add(all, "status-removed", statuses("200", "202"), statuses("200"), "BREAKING");
    add(all, "status-removed", statuses("200", "404"), statuses("200"), "SAFE");
    add(all, "status-removed", statuses("200", "500"), statuses("200"), "SAFE");
    add(all, "status-removed", statuses("200", "404", "4XX"), statuses("200", "4XX"), "SAFE");
    return all;
  }

  static List<Contract> put(Body body) {
    return operation("PUT", "/licenses").body(body).document();
  }

  static List<Contract> get(String status, Body body) {
    return operation("GET", "/licenses").reply(status, body).document();
  }

  static List<Contract> statuses(String... statuses) {
    Contracts.Operation operation = operation("GET", "/licenses");
    for (String status : statuses) {
      operation.reply(status, types());
    }
    return operation.document();
  }

  private static Shape range(String low, @Nullable String high) {
    return shape(JsonType.NUMBER)
        .minimum(new BigDecimal(low), false)
        .maximum(high == null ? null : new BigDecimal(high), false)
        .build();
  }

  private static Shape length(int min, int max) {
    return shape(JsonType.STRING).length(min, max).build();
  }

  private static Shape items(int min, int max) {
    return shape(JsonType.ARRAY).itemCount(min, max).build();
  }
}
