package dev.codicil.amendment;

import static dev.codicil.amendment.rule.Contracts.HERE;
import static dev.codicil.amendment.rule.Contracts.anyOf;
import static dev.codicil.amendment.rule.Contracts.array;
import static dev.codicil.amendment.rule.Contracts.carrying;
import static dev.codicil.amendment.rule.Contracts.document;
import static dev.codicil.amendment.rule.Contracts.enumeration;
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
import static dev.codicil.amendment.rule.Contracts.together;
import static dev.codicil.amendment.rule.Contracts.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferTest {

  private static List<Change> reply(Shape before, Shape after) {
    return Differ.diff(carrying(Direction.REPLY, before), carrying(Direction.REPLY, after));
  }

  private static List<String> told(List<Change> changes) {
    return changes.stream().map(change -> change.rule() + " " + change.path()).toList();
  }

  @Test
  void aRenamedReplyFieldIsOneRemovedAndOneAdded() {
    List<Change> changes =
        reply(
            object().property("validUntil", string(), true).build(),
            object().property("expiresAt", string(), true).build());

    assertThat(changes)
        .extracting(Change::message)
        .containsExactly(
            "reply field `validUntil` of 200 application/json was removed",
            "reply field `expiresAt` of 200 application/json was added, required");
    Change removed = changes.get(0);
    assertThat(removed.severity()).isEqualTo(Severity.BREAKING);
    assertThat(removed.path()).isEqualTo("body/validUntil");
    assertThat(removed.operation()).isEqualTo("POST /licenses");
    assertThat(removed.provider()).isEqualTo("License Authority");
    assertThat(removed.baseLocation()).isEqualTo(HERE);
    assertThat(removed.headLocation()).isNull();
    assertThat(changes.get(1).baseLocation()).isNull();
  }

  @Test
  void pathsGoThroughArraysMapsAndParameters() {
    Shape before =
        object().property("a/b", array(object().additional(integer()).build()), true).build();
    Shape after =
        object().property("a/b", array(object().additional(string()).build()), true).build();
    assertThat(told(reply(before, after))).containsExactly("type-changed body/a~1b/*/*");

    Shape filter = object().property("from", integer(), false).build();
    Shape other = object().property("from", array(string()), false).build();
    assertThat(
            told(
                Differ.diff(
                    operation("GET", "/a").parameter(query("filter", false, filter)).document(),
                    operation("GET", "/a").parameter(query("filter", false, other)).document())))
        .containsExactly("type-changed query:filter/from");
  }

  @Test
  void aQueryStringTakesInNumbers() {
    List<Change> changes =
        Differ.diff(
            operation("GET", "/a").parameter(query("q", false, integer())).document(),
            operation("GET", "/a").parameter(query("q", false, string())).document());
    assertThat(told(changes)).containsExactly("type-widened query:q");
    assertThat(changes.get(0).severity()).isEqualTo(Severity.SAFE);
  }

  @Test
  void sayingTheSameDifferentlyIsNoChange() {
    Shape card = object().property("number", string(), true).build();
    Shape again = object().property("number", string(), true).build();
    Shape nullableCard =
        shape(JsonType.OBJECT, JsonType.NULL).property("number", string(), true).build();
    Shape nothing = shape(JsonType.NULL).build();

    assertThat(reply(card, ref("Card", again.node()))).isEmpty();
    assertThat(reply(card, oneOf(again))).isEmpty();
    assertThat(reply(nullableCard, anyOf(nothing, ref("Card", again.node())))).isEmpty();
    assertThat(reply(oneOf(card, integer()), oneOf(integer(), ref("Card", again.node()))))
        .isEmpty();
    assertThat(
            reply(
                object().property("a", string(), true).property("b", integer(), true).build(),
                object().property("b", integer(), true).property("a", string(), true).build()))
        .isEmpty();
    assertThat(
            reply(
                shape(JsonType.INTEGER).minimum(BigDecimal.ZERO, true).build(),
                shape(JsonType.INTEGER).minimum(BigDecimal.ONE, false).build()))
        .isEmpty();
    assertThat(reply(enumeration("a", "b"), enumeration("b", "a"))).isEmpty();
    assertThat(
            reply(shape(JsonType.NUMBER).build(), shape(JsonType.NUMBER, JsonType.INTEGER).build()))
        .isEmpty();
  }

  @Test
  void whatIsNarrowerInsideANullableUnionIsStillSeen() {
    Shape nothing = shape(JsonType.NULL).build();
    assertThat(
            told(
                reply(
                    shape(JsonType.STRING, JsonType.NULL).build(),
                    anyOf(enumeration("a"), nothing))))
        .containsExactly("enum-introduced body");
  }

  @Test
  void aChangedAlternativeIsComparedWithItsPartner() {
    Shape card =
        object()
            .property("kind", enumeration("card"), true)
            .property("number", string(), true)
            .build();
    Shape cash =
        object()
            .property("kind", enumeration("cash"), true)
            .property("number", string(), true)
            .build();
    Shape newCash =
        object()
            .property("kind", enumeration("cash"), true)
            .property("number", integer(), true)
            .build();
    assertThat(told(reply(oneOf(card, cash), oneOf(newCash, card))))
        .containsExactly("type-changed body/number");
  }

  @Test
  void renamingAPathParameterIsNoChange() {
    Parameter id = new Parameter(Parameter.In.PATH, "id", true, string(), HERE);
    Parameter key = new Parameter(Parameter.In.PATH, "key", true, string(), HERE);
    assertThat(
            Differ.diff(
                operation("GET", "/licenses/{id}").parameter(id).document(),
                operation("GET", "/licenses/{key}").parameter(key).document()))
        .isEmpty();
  }

  @Test
  void aRenamedContractKeepsItsInteractions() {
    List<Contract> before = operation("GET", "/a").reply("200", json(string())).document();
    Contract only = operation("GET", "/a").reply("200", json(integer())).document().get(0);
    List<Contract> after =
        List.of(
            new Contract(
                only.format(),
                "Renamed Authority",
                null,
                only.interactions(),
                Location.of("renamed.yaml")));
    List<Change> changes = Differ.diff(before, after);
    assertThat(told(changes)).containsExactly("type-changed body");
    assertThat(changes.get(0).provider()).isEqualTo("License Authority");
  }

  @Test
  void aContractThatIsGoneTakesItsPathsAlong() {
    assertThat(told(Differ.diff(operation("GET", "/a").document(), List.of())))
        .containsExactly("path-removed ");
    assertThat(told(Differ.diff(List.of(), operation("GET", "/a").document())))
        .containsExactly("path-added ");
  }

  @Test
  void inAConsumersContractTheRolesAreTurnedAndNothingBreaksForCertain() {
    Shape less = object().property("id", string(), true).build();
    Shape more = object().property("id", string(), true).property("plan", string(), true).build();
    var expectsLess = operation("GET", "/a").reply("200", json(less)).example("a");
    var expectsMore = operation("GET", "/a").reply("200", json(more)).example("a");
    assertThat(Differ.diff(pact("shop", expectsLess), pact("shop", expectsMore)))
        .extracting(Change::rule, Change::severity)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("field-added", Severity.RISKY));
    assertThat(Differ.diff(pact("shop", expectsMore), pact("shop", expectsLess)))
        .extracting(Change::severity)
        .containsExactly(Severity.SAFE);

    var sendsLess = operation("POST", "/a").body(json(less)).example("a");
    var sendsMore = operation("POST", "/a").body(json(more)).example("a");
    assertThat(Differ.diff(pact("shop", sendsLess), pact("shop", sendsMore)))
        .extracting(Change::severity)
        .containsExactly(Severity.RISKY);
    assertThat(Differ.diff(pact("shop", sendsMore), pact("shop", sendsLess)))
        .extracting(Change::severity)
        .containsExactly(Severity.RISKY);
  }

  @Test
  void messagesAreComparedAsReplies() {
    assertThat(
            told(
                Differ.diff(
                    message(object().property("id", string(), true).build()),
                    message(object().property("id", integer(), true).build()))))
        .containsExactly("type-changed body/id");
  }

  private static List<Contract> message(Shape content) {
    return List.of(
        new Contract(
            "asyncapi",
            "authority",
            null,
            List.of(
                new MessageInteraction(
                    "issued", "issued", List.of(), List.of(), json(content), HERE)),
            HERE));
  }

  @Test
  void worstComesFirstAndTheOrderOfReadingDoesNotShow() {
    List<Contract> before =
        together(
            document(
                operation("GET", "/b").reply("200", types()),
                operation("GET", "/a").reply("200", json(string()))),
            pact("shop", operation("GET", "/a").example("x")));
    List<Contract> after =
        together(
            document(
                operation("GET", "/a").reply("200", json(integer())).reply("503", types()),
                operation("GET", "/c").reply("200", types())),
            pact("shop", operation("GET", "/a").example("y")));
    List<Change> expected = Differ.diff(before, after);
    assertThat(expected)
        .extracting(change -> change.severity() + " " + change.rule() + " " + change.operation())
        .containsExactly(
            "BREAKING type-changed GET /a",
            "BREAKING path-removed GET /b",
            "RISKY interaction-added GET /a",
            "SAFE overload-status-added GET /a",
            "SAFE path-added GET /c",
            "SAFE interaction-removed GET /a");
    List<Contract> shuffled = new ArrayList<>(after);
    Collections.reverse(shuffled);
    assertThat(Differ.diff(before, shuffled)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void randomShapesMirrorThemselvesAndDoNotDifferFromThemselves(long seed) {
    for (int i = 0; i < 50; i++) {
      Random random = new Random(seed * 1000 + i);
      Shape before = random(random, 4);
      Shape after = random(random, 4);
      assertThat(reply(before, random(new Random(seed * 1000 + i), 4)))
          .as("seed %d/%d", seed, i)
          .isEmpty();
      List<String> there = paths(reply(before, after));
      assertThat(paths(reply(after, before))).as("seed %d/%d", seed, i).isEqualTo(there);
    }
  }

  private static List<String> paths(List<Change> changes) {
    return changes.stream().map(Change::path).sorted().toList();
  }

  private static Shape random(Random random, int depth) {
    switch (depth == 0 ? random.nextInt(3) : random.nextInt(5)) {
      case 0:
        return shape(JsonType.STRING).length(random.nextInt(2), null).build();
      case 1:
        return shape(random.nextBoolean() ? JsonType.INTEGER : JsonType.NUMBER).build();
      case 2:
        return enumeration(random.nextBoolean() ? "a" : "b", "c");
      case 3:
        return array(random(random, depth - 1));
      default:
        Shape.Builder builder = object();
        for (int i = 0; i < 3; i++) {
          if (random.nextInt(4) > 0) {
            builder.property("p" + i, random(random, depth - 1), random.nextBoolean());
          }
        }
        return builder.build();
    }
  }

  @Test
  void anEmptyBodyIsNoChange() {
    assertThat(
            Differ.diff(
                operation("GET", "/a").reply("204", Body.none(HERE)).document(),
                operation("GET", "/a").reply("204", Body.none(HERE)).document()))
        .isEmpty();
  }
}
