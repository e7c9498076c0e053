package dev.codicil.amendment;

import static dev.codicil.amendment.rule.Contracts.array;
import static dev.codicil.amendment.rule.Contracts.document;
import static dev.codicil.amendment.rule.Contracts.header;
import static dev.codicil.amendment.rule.Contracts.integer;
import static dev.codicil.amendment.rule.Contracts.json;
import static dev.codicil.amendment.rule.Contracts.object;
import static dev.codicil.amendment.rule.Contracts.operation;
import static dev.codicil.amendment.rule.Contracts.pact;
import static dev.codicil.amendment.rule.Contracts.query;
import static dev.codicil.amendment.rule.Contracts.string;
import static dev.codicil.amendment.rule.Contracts.together;
import static dev.codicil.amendment.rule.Contracts.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.rule.Contracts;
import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmendmentsTest {
  private static final Shape READS_VALID_UNTIL =
      object().property("validUntil", string(), true).build();

  private static List<String> touches(
      Contracts.Operation before, Contracts.Operation after, HttpInteraction... interactions) {
    return touches(before.document(), after.document(), interactions);
  }

  /** {@code RULE PATH: INTERACTION...} of all changes. */
  private static List<String> touches(
      List<Contract> before, List<Contract> after, HttpInteraction... interactions) {
    List<Contract> pact = pact("shop", interactions);
    return Amendments.of("a", together(before, pact), together(after, pact), new Ledger(List.of()))
        .changes()
        .stream()
        .map(
            change ->
                change.rule()
                    + " "
                    + change.path()
                    + change.touches().stream()
                        .map(touch -> " <" + touch.interaction() + ">")
                        .toList())
        .toList();
  }

  private static Contracts.Operation get() {
    return operation("GET", "/licenses/{id}");
  }

  private static Contracts.Operation concrete() {
    return operation("GET", "/licenses/L-1");
  }

  @Test
  void aReplyFieldTouchesWhoReadsIt() {
    Shape before =
        object().property("validUntil", string(), true).property("plan", string(), true).build();
    assertThat(
            touches(
                get().reply("200", json(before)),
                get().reply("200", json(object().property("plan", string(), true).build())),
                concrete().reply("200", json(READS_VALID_UNTIL)).example("reads it"),
                concrete()
                    .reply("200", json(object().property("plan", string(), true).build()))
                    .example("reads another"),
                concrete().reply("404", json(READS_VALID_UNTIL)).example("another status"),
                operation("DELETE", "/licenses/L-1")
                    .reply("200", json(READS_VALID_UNTIL))
                    .example("another method"),
                operation("GET", "/licenses/L-1/x")
                    .reply("200", json(READS_VALID_UNTIL))
                    .example("another path")))
        .containsExactly("field-removed body/validUntil[ <reads it>]");
  }

  @Test
  void fieldsAreFoundThroughArraysAndRecursion() {
    Shape reads =
        object()
            .property(
                "children",
                array(
                    object()
                        .property(
                            "children",
                            array(object().property("name", string(), true).build()),
                            true)
                        .build()),
                true)
            .build();
    Shape doesNot = object().property("children", array(object().build()), true).build();
    assertThat(
            touches(
                get().reply("200", json(DifferLimitsTest.tree(string()))),
                get().reply("200", json(DifferLimitsTest.tree(integer()))),
                concrete().reply("200", json(reads)).example("reads deep down"),
                concrete().reply("200", json(doesNot)).example("does not")))
        .containsExactly(
            "type-changed body/name[ <reads deep down>]", "type-changed body/parent/name[]");
  }

  @Test
  void aNewlyRequiredFieldTouchesWhoDoesNotSendIt() {
    Contracts.Operation post = operation("POST", "/licenses");
    Shape sku = object().property("sku", string(), true).build();
    Shape both =
        object().property("sku", string(), true).property("region", string(), true).build();
    assertThat(
            touches(
                operation("POST", "/licenses").body(json(sku)),
                operation("POST", "/licenses").body(json(both)),
                operation("POST", "/licenses").body(json(sku)).example("lacks it"),
                operation("POST", "/licenses").body(json(both)).example("sends it"),
                post.example("sends nothing")))
        .containsExactly("field-added body/region[ <lacks it>]");
  }

  @Test
  void aClosedRequestTouchesWhoSendsMoreThanIsListed() {
    Shape open = object().property("sku", string(), true).build();
    Shape closed = object().property("sku", string(), true).closed(true).build();
    Shape more = object().property("sku", string(), true).property("note", string(), true).build();
    assertThat(
            touches(
                operation("POST", "/licenses").body(json(open)),
                operation("POST", "/licenses").body(json(closed)),
                operation("POST", "/licenses").body(json(open)).example("listed"),
                operation("POST", "/licenses").body(json(more)).example("more")))
        .containsExactly("object-closed body[ <more>]");
  }

  @Test
  void parametersTouchWhoSendsThemAndRequiredOnesWhoDoesNot() {
    HttpInteraction sends =
        concrete().parameter(query("full", true, string())).example("sends full");
    HttpInteraction doesNot = concrete().example("sends nothing");
    assertThat(touches(get().parameter(query("full", false, string())), get(), sends, doesNot))
        .containsExactly("parameter-removed query:full[ <sends full>]");
    assertThat(touches(get(), get().parameter(query("full", true, string())), sends, doesNot))
        .containsExactly("parameter-added query:full[ <sends nothing>]");
  }

  @Test
  void statusesHeadersAndMediaTypesTouchWhoExpectsThem() {
    HttpInteraction found =
        concrete().reply("200", types("application/json"), header("ETag", true)).example("found");
    HttpInteraction gone = concrete().reply("404", types("application/xml")).example("gone");
    assertThat(
            touches(
                get()
                    .reply("200", types("application/json"), header("etag", true))
                    .reply("404", types()),
                get().reply("200", types("application/json")),
                found,
                gone))
        .containsExactly(
            "header-removed header:etag[ <found>]", "status-removed status:404[ <gone>]");
    assertThat(
            touches(
                get().reply("200", types("application/json", "application/xml")),
                get().reply("200", types("application/xml")),
                found,
                gone))
        .containsExactly("media-type-removed body[ <found>]");
  }

  @Test
  void anOperationTouchesAllItsInteractionsAndTheBestTemplateWins() {
    List<Contract> both = document(get(), operation("GET", "/licenses/mine"));
    assertThat(
            touches(
                both,
                get().document(),
                concrete().example("one"),
                operation("GET", "/licenses/mine").example("mine")))
        .containsExactly("path-removed [ <mine>]");
  }

  @Test
  void interactionsThatOnlyTheHeadHasAreJoinedToo() {
    List<Contract> before = get().document();
    Contracts.Operation renew = operation("POST", "/licenses/{id}/renewals");
    List<Contract> after =
        together(
            document(get(), renew),
            pact("shop", operation("POST", "/licenses/L-1/renewals").example("renews")));
    List<Change> changes = Amendments.of("a", before, after, new Ledger(List.of())).changes();
    assertThat(changes)
        .extracting(change -> change.rule() + " " + change.touches().size())
        .containsExactly("interaction-added 1", "path-added 1");
    assertThat(changes.get(1).touches())
        .containsExactly(new Change.Touch("shop", "renews", "renews", "$", Contracts.HERE));
  }

  @Test
  void anotherProvidersConsumersAreNotTouched() {
    Contract other =
        new Contract(
            "pact", "partner", "shop", List.of(concrete().example("other")), Contracts.HERE);
    assertThat(
            Amendments.of(
                    "a",
                    together(get().document(), List.of(other)),
                    List.of(other),
                    new Ledger(List.of()))
                .changes())
        .singleElement()
        .satisfies(change -> assertThat(change.touches()).isEmpty());
  }

  private static List<String> places(
      List<Contract> before, List<Contract> after, Contract consumer) {
    return Amendments.of(
            "a",
            together(before, List.of(consumer)),
            together(after, List.of(consumer)),
            new Ledger(List.of()))
        .changes()
        .stream()
        .flatMap(change -> change.touches().stream())
        .map(touch -> touch.interaction() + " " + touch.path())
        .toList();
  }

  @Test
  void aTouchNamesThePlaceOfTheMatcher() {
    Shape before =
        object()
            .property("items", array(object().property("no name", string(), true).build()), true)
            .build();
    Shape after =
        object()
            .property("items", array(object().property("no name", integer(), true).build()), true)
            .build();
    Contract reads =
        pact("shop", concrete().reply("200", json(before), header("ETag", true)).example("reads"))
            .get(0);

    assertThat(
            places(
                get().reply("200", json(before), header("etag", true)).document(),
                get().reply("200", json(after)).document(),
                reads))
        .containsExactly("reads $.body.items[*]['no name']", "reads $.headers.etag");
  }

  @Test
  void valuesOfAMapTouchWhoReadsOneThatIsNotListed() {
    Shape.Builder before = object().property("a", string(), true).additional(string());
    Shape.Builder after = object().property("a", string(), true).additional(integer());
    Contract listed =
        pact(
                "shop",
                concrete()
                    .reply("200", json(object().property("a", string(), true).build()))
                    .example("listed"),
                concrete()
                    .reply("200", json(object().property("b", string(), true).build()))
                    .example("other"))
            .get(0);

    assertThat(
            places(
                get().reply("200", json(before.build())).document(),
                get().reply("200", json(after.build())).document(),
                listed))
        .containsExactly("other $.body.b");
  }

  @Test
  void aChangeOfOneAlternativeDoesNotTouchWhoReadsAnother() {
    Contract card =
        pact("shop", concrete().reply("200", json(form("card"))).example("card")).get(0);
    Contract invoice =
        pact("shop", concrete().reply("200", json(form("invoice"))).example("invoice")).get(0);
    List<Contract> before = get().reply("200", json(forms(string()))).document();
    List<Contract> after = get().reply("200", json(forms(integer()))).document();

    assertThat(places(before, after, card)).containsExactly("card $.body.number");
    assertThat(places(before, after, invoice)).isEmpty();
  }

  private static Shape form(String kind) {
    return object()
        .property("kind", Contracts.enumeration(kind), true)
        .property("number", string(), true)
        .build();
  }

  /** A card and an invoice; what the card's number is, is given. */
  private static Shape forms(Shape.Node number) {
    return Contracts.oneOf(at("card", 10, number), at("invoice", 20, string()));
  }

  private static Shape at(String kind, int line, Shape.Node number) {
    Location here = new Location("licenses.yaml", line, 1, "/" + kind);
    Location field = new Location("licenses.yaml", line + 1, 1, "/" + kind + "/number");
    return Shape.at(here)
        .type(JsonType.OBJECT)
        .property("kind", Contracts.enumeration(kind), true)
        .property("number", Shape.at(field).types(number.types()).build(), true)
        .build();
  }

  @Test
  void messagesAreJoinedByChannelOrName() {
    List<Contract> before = List.of(published("licenses", string()));
    List<Contract> after = List.of(published("licenses", integer()));

    assertThat(places(before, after, heard("something", "license.activated")))
        .containsExactly("something $.body.id");
    assertThat(places(before, after, heard("a License-Activated event", "")))
        .containsExactly("a License-Activated event $.body.id");
    assertThat(places(before, after, heard("another event", "license.expired"))).isEmpty();
  }

  private static Contract published(String provider, Shape.Node id) {
    return new Contract(
        "asyncapi",
        provider,
        null,
        List.of(
            new MessageInteraction(
                "license.activated LicenseActivated",
                "LicenseActivated",
                List.of(),
                List.of(),
                json(object().property("id", id, true).build()),
                Contracts.HERE)),
        Contracts.HERE);
  }

  private static Contract heard(String description, String topic) {
    Shape name =
        Shape.at(Contracts.HERE)
            .type(JsonType.STRING)
            .enumeration(List.of(com.fasterxml.jackson.databind.node.TextNode.valueOf(topic)))
            .build();
    return new Contract(
        "pact",
        "Licenses",
        "shop",
        List.of(
            new MessageInteraction(
                description,
                description,
                List.of(),
                List.of(
                    new Parameter(Parameter.In.HEADER, "kafka_topic", true, name, Contracts.HERE)),
                json(object().property("id", string(), true).build()),
                Contracts.HERE)),
        Contracts.HERE);
  }
}
