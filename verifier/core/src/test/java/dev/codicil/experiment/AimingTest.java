package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultCard.Fit;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Samples;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Assertions;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract-derived faults are aimed at the places they fit, with values that follow from these. */
class AimingTest {
  private static final long SEED = 20_261_122L;

  private static Shape.Builder at() {
    return Shape.at(Location.of("shape"));
  }

  private static Shape.Builder text() {
    return at().type(JsonType.STRING);
  }

  private static Shape.Builder number() {
    return at().type(JsonType.INTEGER);
  }

  private static Shape.Builder array() {
    return at().type(JsonType.ARRAY).items(text().build());
  }

  private static Shape.Builder object() {
    return at().type(JsonType.OBJECT);
  }

  /** A body with one field {@code f}. */
  private static Shape field(Shape.Builder shape) {
    return object().property("f", shape.build(), true).build();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static JsonNode json(String text) {
    return World.json(text);
  }

  private static Targets aim(String id, Shape before, Shape after, Parameters written, long seed) {
    PlanRequest.EdgeModel model =
        new PlanRequest.EdgeModel(List.of(operation(before)), List.of(operation(after)));
    return FieldTargets.aim(
        Faults.byId(id).orElseThrow().card(),
        written,
        FieldPointers.of(model, Stream.DOWNSTREAM),
        pointer -> true,
        Stream.DOWNSTREAM,
        seed);
  }

  private static HttpInteraction operation(Shape reply) {
    return World.operation(
        "a.yaml", 1, "GET", "/a", List.of(), null, Map.of("200", reply), Set.of());
  }

  private static Targets aim(String id, Shape shape) {
    return aim(id, shape, shape, Parameters.NONE, SEED);
  }

  /** Parameters and fit of each way, as text. */
  private static List<String> ways(Targets targets) {
    return targets.list().stream()
        .map(target -> target.parameters().values() + " " + target.fit())
        .toList();
  }

  private static JsonNode value(Targets targets, int index) {
    return PlaceValues.parse(targets.list().get(index).parameters().require("value"));
  }

  // ---- optional fields

  @Test
  void onlyFieldsThatNobodyRequiresAreOmitted() {
    Shape before =
        object()
            .property("must", text().build(), true)
            .property("may", text().build(), false)
            .property("was", text().build(), true)
            .property(
                "list",
                array().items(object().property("x", text().build(), false).build()).build(),
                true)
            .build();
    Shape after =
        object()
            .property("must", text().build(), true)
            .property("may", text().build(), false)
            .property("was", text().build(), false)
            .property("new", text().build(), false)
            .build();

    assertThat(ways(aim("omit-optional", before, after, Parameters.NONE, SEED)))
        .as("places of one side only come first")
        .containsExactly(
            "{pointer=/list/*/x} IN_CONTRACT",
            "{pointer=/new} IN_CONTRACT",
            "{pointer=/may} IN_CONTRACT");
  }

  @Test
  void whatMoreThanRequiredDecidesAboutIsNotClaimedToBeOptional() {
    Shape.Builder open = object().property("f", text().build(), false);
    assertThat(aim("omit-optional", open.build()).list()).hasSize(1);
    Shape counted =
        open.assertions(new Assertions.Builder().propertyCount(1, null).build()).build();
    assertThat(aim("omit-optional", counted).list()).isEmpty();
    Shape either =
        object()
            .alternatives(
                Shape.Combination.ONE_OF,
                List.of(
                    object().property("f", text().build(), false).build(),
                    object().property("g", text().build(), true).build()))
            .build();
    assertThat(aim("omit-optional", either).list()).isEmpty();
  }

  @Test
  void droppingAFieldIsWithinTheContractWhereItIsOptional() {
    Shape shape =
        object()
            .property("must", text().build(), true)
            .property("may", at().type(JsonType.STRING, JsonType.NULL).build(), false)
            .build();
    assertThat(ways(aim("drop-field", shape)))
        .containsExactly("{pointer=/must} OUT_OF_CONTRACT", "{pointer=/may} IN_CONTRACT");
    assertThat(ways(aim("null-field", shape)))
        .containsExactly("{pointer=/must} OUT_OF_CONTRACT", "{pointer=/may} IN_CONTRACT");
    assertThat(ways(aim("retype-field", shape)))
        .containsExactly("{pointer=/must} OUT_OF_CONTRACT", "{pointer=/may} OUT_OF_CONTRACT");
  }

  // ---- enumerations

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anUnknownValueIsOneThatNeitherSideLists(long seed) {
    Shape before = field(text().enumeration(List.of(json("'OPEN'"), json("'SHUT'"))));
    Shape after = field(text().enumeration(List.of(json("'OPEN'"), json("'LOST'"))));

    Targets targets = aim("unknown-enum-value", before, after, Parameters.NONE, seed);

    assertThat(targets.list()).as("seed %d", seed).hasSize(1);
    assertThat(targets.list().get(0).fit()).isEqualTo(Fit.OUT_OF_CONTRACT);
    assertThat(targets.list().get(0).derived()).containsExactly("value");
    assertThat(value(targets, 0).textValue())
        .as("seed %d", seed)
        .matches("(OPEN|SHUT|LOST)_[A-Z]{4}");
  }

  @Test
  void numbersAndTruthsHaveUnknownValuesToo() {
    assertThat(
            value(
                    aim(
                        "unknown-enum-value",
                        field(number().enumeration(List.of(json("3"), json("9"))))),
                    0)
                .intValue())
        .isGreaterThan(9);
    assertThat(
            value(
                    aim(
                        "unknown-enum-value",
                        field(at().type(JsonType.BOOLEAN).enumeration(List.of(json("true"))))),
                    0)
                .booleanValue())
        .isFalse();
    Targets both =
        aim(
            "unknown-enum-value",
            field(at().type(JsonType.BOOLEAN).enumeration(List.of(json("true"), json("false")))));
    assertThat(both.list()).isEmpty();
    assertThat(both.notApplicable())
        .containsExactly("unknown-enum-value: no value like those listed is unlisted");
  }

  @Test
  void aListThatSaysItWillGrowAllowsTheUnknownValue() {
    Assertions growing =
        new Assertions.Builder().knownValues(List.of(json("'OPEN'"), json("'SHUT'"))).build();
    assertThat(aim("unknown-enum-value", field(text().assertions(growing))).list())
        .singleElement()
        .extracting(Targets.Target::fit)
        .isEqualTo(Fit.IN_CONTRACT);
  }

  /** A pact that expects the license L-1 does not say that there is no other license. */
  @Test
  void theOneValueOfAnExampleIsNoList() {
    Shape one = field(text().enumeration(List.of(json("'L-1'"))));
    assertThat(aim("unknown-enum-value", one).list()).hasSize(1);
    HttpInteraction example =
        World.example("e", 1, List.of(), World.request("GET", "/a", null), 200, null, one);
    Targets targets =
        FieldTargets.aim(
            Faults.byId("unknown-enum-value").orElseThrow().card(),
            Parameters.NONE,
            FieldPointers.of(
                new PlanRequest.EdgeModel(List.of(example), List.of(example)), Stream.DOWNSTREAM),
            pointer -> true,
            Stream.DOWNSTREAM,
            SEED);
    assertThat(targets.list()).isEmpty();
    assertThat(targets.notApplicable()).isEmpty();
  }

  @Test
  void enumeratedItemsAndAlternativesAreFound() {
    Shape nullable =
        object()
            .property(
                "f",
                at().alternatives(
                        Shape.Combination.ANY_OF,
                        List.of(
                            text().enumeration(List.of(json("'A'"))).build(),
                            at().type(JsonType.NULL).build()))
                    .build(),
                true)
            .property(
                "tags",
                array().items(text().enumeration(List.of(json("'A'"))).build()).build(),
                true)
            .build();
    assertThat(aim("unknown-enum-value", nullable).list())
        .extracting(target -> target.parameters().require("pointer"))
        .containsExactly("/f", "/tags/*");
  }

  // ---- bounds

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void beyondMeansBeyondTheRangesOfBothSides(long seed) {
    Shape before = field(number().minimum(decimal("1"), false).maximum(decimal("100"), false));
    Shape after = field(number().minimum(decimal("5"), false).maximum(decimal("50"), false));

    Targets targets = aim("out-of-range", before, after, Parameters.NONE, seed);

    assertThat(targets.list())
        .extracting(target -> target.parameters().require("bound"))
        .containsExactly("below", "above");
    assertThat(value(targets, 0).intValue()).as("seed %d", seed).isBetween(-8, 0);
    assertThat(value(targets, 1).intValue()).as("seed %d", seed).isBetween(101, 109);
    assertThat(targets.list()).allMatch(target -> target.fit() == Fit.OUT_OF_CONTRACT);
  }

  @Test
  void atTheEndMeansTheLastNumberThatBothSidesAllow() {
    Shape before = field(number().minimum(decimal("0"), true).maximum(decimal("100"), false));
    Shape after = field(number().minimum(decimal("0"), false).maximum(decimal("49.5"), false));

    Targets targets = aim("boundary-value", before, after, Parameters.NONE, SEED);

    assertThat(ways(targets))
        .containsExactly(
            "{bound=least, pointer=/f, value=1} IN_CONTRACT",
            "{bound=greatest, pointer=/f, value=49} IN_CONTRACT");
  }

  @Test
  void oneBoundGivesOneWayAndAProfileMayChoose() {
    Shape positive = field(number().minimum(decimal("0"), true));
    assertThat(aim("out-of-range", positive).list())
        .singleElement()
        .matches(target -> target.parameters().require("bound").equals("below"));
    Shape both = field(number().minimum(decimal("0"), true).maximum(decimal("9"), false));
    assertThat(
            ways(
                aim(
                    "out-of-range",
                    both,
                    both,
                    Parameters.NONE.with("bound", "above").with("value", "77"),
                    SEED)))
        .containsExactly("{bound=above, pointer=/f, value=77} OUT_OF_CONTRACT");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 3, false, out-of-range",
    "5, 5, true, out-of-range",
    "5, 3, false, boundary-value",
    "1e999999999, 1e999999999, false, out-of-range",
    "-1e999999999, 1, false, boundary-value"
  })
  @Timeout(10)
  void aRangeThatHoldsNoNumberIsCounted(String least, String most, boolean open, String id) {
    Targets targets =
        aim(id, field(number().minimum(decimal(least), open).maximum(decimal(most), open)));
    assertThat(targets.list()).isEmpty();
    assertThat(targets.notApplicable()).hasSize(2).allMatch(reason -> reason.startsWith(id + ": "));
  }

  @Test
  void aNumberThatMustBeAMultipleIsNotClaimedToBeAllowed() {
    Shape.Builder tens =
        number()
            .minimum(decimal("5"), false)
            .assertions(new Assertions.Builder().multipleOf(decimal("10")).build());
    assertThat(aim("boundary-value", field(tens)).notApplicable())
        .containsExactly("boundary-value: no number is at the end of both ranges");
  }

  @Test
  void lengthsAreOneOffTheBoundsOfBothSides() {
    Shape before = field(text().length(3, 10));
    Shape after = field(text().length(2, 20));
    assertThat(ways(aim("text-length", before, after, Parameters.NONE, SEED)))
        .containsExactly(
            "{bound=below, length=1, pointer=/f} OUT_OF_CONTRACT",
            "{bound=above, length=21, pointer=/f} OUT_OF_CONTRACT");
    assertThat(aim("text-length", field(text().length(null, Integer.MAX_VALUE))).notApplicable())
        .containsExactly("text-length: a text of that length is longer than is written");
    assertThat(aim("text-length", field(text().length(5, 3))).notApplicable())
        .containsExactly("text-length: no text has an allowed length in the first place");
    assertThat(aim("text-length", field(text())).notApplicable()).isEmpty();
  }

  // ---- forms

  @ParameterizedTest
  @ValueSource(strings = {"^L-[0-9]{4}$", "[a-z]+", "^\\w+$", "^(?!x).{3,}$"})
  void aMalformedTextDoesNotMatch(String pattern) {
    Targets targets = aim("malformed-text", field(text().pattern(pattern)));
    assertThat(targets.list()).as(pattern).hasSize(1);
    assertThat(value(targets, 0).textValue()).doesNotContainPattern(pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"date-time", "uuid", "email", "ipv4", "uri"})
  void aTextWithoutItsFormatIsNoneAtAll(String format) {
    assertThat(value(aim("malformed-text", field(text().format(format))), 0).textValue())
        .matches("not a [a-z]{5} !");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^a$^b$", "(a)\\1b(?<!b)", "^[^\\s\\S]$", "(", "^(a+)+$(?=b)", ".*", "^"})
  @Timeout(20)
  void aPatternThatCannotBeMetOrBrokenIsCounted(String pattern) {
    Targets targets = aim("malformed-text", field(text().pattern(pattern)));
    assertThat(targets.list()).as(pattern).isEmpty();
    assertThat(targets.notApplicable()).as(pattern).hasSize(1);
    assertThat(targets.notApplicable().get(0)).startsWith("malformed-text: no text ");
  }

  @Test
  void formatsOfNumbersAndUnknownOnesAreNoForms() {
    Targets none = aim("malformed-text", field(number().format("int32")));
    assertThat(none.list()).isEmpty();
    assertThat(none.notApplicable()).isEmpty();
    assertThat(aim("malformed-text", field(text().format("color"))).notApplicable()).isEmpty();
  }

  // ---- arrays and objects

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, IN_CONTRACT, IN_CONTRACT, -, IN_CONTRACT",
        "1, -, OUT_OF_CONTRACT, IN_CONTRACT, -, IN_CONTRACT",
        "2, 5, OUT_OF_CONTRACT, OUT_OF_CONTRACT, 6, OUT_OF_CONTRACT",
        "0, 0, IN_CONTRACT, OUT_OF_CONTRACT, 2, OUT_OF_CONTRACT",
      })
  void whetherAnArrayMayBeThatLongFollowsFromItsBounds(
      Integer min, Integer max, Fit empty, Fit one, String size, Fit many) {
    Shape shape = field(array().itemCount(min, max));
    assertThat(aim("empty-array", shape).list())
        .extracting(Targets.Target::fit)
        .containsExactly(empty);
    assertThat(aim("short-array", shape).list())
        .extracting(Targets.Target::fit)
        .containsExactly(one);
    Targets.Target filled = aim("long-array", shape).list().get(0);
    assertThat(filled.fit()).isEqualTo(many);
    assertThat(filled.parameters().text("size").orElse(null)).isEqualTo(size);
  }

  @Test
  void repeatedItemsBreakAnArrayOfUniqueOnes() {
    Shape unique = field(array().assertions(new Assertions.Builder().uniqueItems(true).build()));
    assertThat(aim("long-array", unique).list().get(0).fit()).isEqualTo(Fit.OUT_OF_CONTRACT);
    assertThat(aim("long-array", field(array().itemCount(null, 50_000))).notApplicable())
        .containsExactly("long-array: an array beyond its bound would be longer than is written");
  }

  @Test
  void theBodyItselfIsAPlaceWithoutAPointer() {
    Targets targets = aim("empty-array", array().build());
    assertThat(ways(targets)).containsExactly("{} IN_CONTRACT");
    assertThat(aim("unknown-enum-value", array().build()).list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aFieldMoreIsOneThatNobodyDescribes(long seed) {
    Shape inner = object().property("x", number().build(), true).closed(true).build();
    Shape shape = object().property("f", inner, true).build();

    Targets targets = aim("undeclared-field", shape, shape, Parameters.NONE, seed);

    assertThat(targets.list())
        .extracting(target -> target.parameters().text("pointer").orElse("the body"))
        .containsExactly("the body", "/f");
    assertThat(targets.list())
        .extracting(Targets.Target::fit)
        .containsExactly(Fit.IN_CONTRACT, Fit.OUT_OF_CONTRACT);
    assertThat(targets.list())
        .allMatch(target -> target.parameters().require("name").matches("undeclared[A-Z]{4}"))
        .allMatch(target -> target.derived().equals(Set.of("name", "value")));
  }

  @Test
  void aFieldMoreHasTheShapeThatFurtherFieldsHave() {
    Shape numbers = object().additional(number().minimum(decimal("7"), false).build()).build();
    Targets targets = aim("undeclared-field", numbers);
    assertThat(value(targets, 0).intValue()).isGreaterThanOrEqualTo(7);
    assertThat(targets.list().get(0).fit()).isEqualTo(Fit.IN_CONTRACT);
    Shape never =
        object()
            .additional(number().minimum(decimal("7"), false).maximum(decimal("1"), false).build())
            .build();
    assertThat(aim("undeclared-field", never).notApplicable())
        .containsExactly("undeclared-field: no value is allowed for a field more");
  }

  // ---- hostile shapes

  @ParameterizedTest
  @ValueSource(
      strings = {
        "omit-optional",
        "undeclared-field",
        "unknown-enum-value",
        "out-of-range",
        "boundary-value",
        "text-length",
        "malformed-text",
        "empty-array",
        "short-array",
        "long-array",
        "reorder-array"
      })
  @Timeout(20)
  void recursionEnds(String id) {
    Shape.Node[] tree = new Shape.Node[1];
    Shape again = new Shape.Reference("Tree", () -> tree[0], Location.of("tree"));
    Shape.Builder wide =
        object()
            .alternatives(Shape.Combination.ANY_OF, List.of(again, again))
            .additional(again)
            .property("children", array().items(again).build(), true);
    for (int i = 0; i < 400; i++) {
      wide.property("f" + i, again, false);
    }
    tree[0] = wide.build();
    Targets targets = aim(id, again);
    assertThat(targets.list().size() + targets.notApplicable().size()).isLessThan(2_000);
  }

  @Test
  void theSameSeedAimsTheSameAndAnotherSeedKeepsTheLabels() {
    Shape shape =
        object()
            .property("state", text().enumeration(List.of(json("'A'"), json("'B'"))).build(), true)
            .property("seats", number().minimum(decimal("1"), false).build(), true)
            .build();
    for (String id : List.of("unknown-enum-value", "out-of-range", "undeclared-field")) {
      assertThat(aim(id, shape)).isEqualTo(aim(id, shape));
      Targets other = aim(id, shape, shape, Parameters.NONE, SEED + 1);
      assertThat(other).isNotEqualTo(aim(id, shape));
      assertThat(labels(id, other)).isEqualTo(labels(id, aim(id, shape)));
    }
  }

  private static List<String> labels(String id, Targets targets) {
    return targets.list().stream()
        .map(
            target ->
                PlannedFault.of(
                        Faults.byId(id).orElseThrow().card(),
                        "a->b",
                        Stream.DOWNSTREAM,
                        target.parameters(),
                        target.derived())
                    .label())
        .toList();
  }

  /** What is planned is what strikes: the values of the plan are all that plan() needs. */
  @Test
  void whatIsAimedStrikesAMessageOfTheContract() {
    Shape shape =
        object()
            .property("state", text().enumeration(List.of(json("'OPEN'"))).build(), true)
            .property("seats", number().minimum(decimal("1"), false).build(), true)
            .property("name", text().length(null, 9).build(), true)
            .property("since", text().format("date").build(), true)
            .property("tags", array().build(), true)
            .property("note", text().build(), false)
            .build();
    String message =
        "{\"state\":\"OPEN\",\"seats\":3,\"name\":\"Ada\",\"since\":\"2026-11-22\","
            + "\"tags\":[\"a\",\"b\"],\"note\":\"\"}";
    for (Fault fault : Faults.builtIn()) {
      if (!fault.card().targetsField() || fault.card().aim() == FaultCard.Aim.AMENDED_REPLY) {
        continue; // what is amended is aimed at by changes
      }
      Targets targets = aim(fault.card().id(), shape);
      assertThat(targets.list()).as(fault.card().id()).isNotEmpty();
      for (Targets.Target target : targets.list()) {
        Parameters complete = fault.card().complete(target.parameters());
        var plan =
            fault.plan(
                Samples.json(Stream.DOWNSTREAM, message),
                complete,
                Dice.of(SEED, "i", 0, fault.card().id()));
        assertThat(plan.effects()).as("%s %s", fault.card().id(), target).hasSize(1);
        JsonNode struck = ((Effect.ReplaceBody) plan.effects().get(0)).body().json().orElseThrow();
        boolean allowed = ShapeCheck.allows(shape, struck, ShapeSampler.Purpose.REPLY);
        // Formats are not looked at by the check; everything else must agree with what was claimed.
        if (!fault.card().id().equals("malformed-text")) {
          assertThat(allowed)
              .as("%s %s", fault.card().id(), target)
              .isEqualTo(target.fit() == Fit.IN_CONTRACT);
        }
      }
    }
  }
}
