package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.ShapeSampler.Purpose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeSamplerTest {
  private static final ShapeSampler REQUESTS = ShapeSampler.of(1, Purpose.REQUEST);

  private static JsonNode drawn(Shape shape) {
    ShapeSampler.Sample sample = REQUESTS.sample(shape, "test");
    return sample.found().orElseThrow(() -> new AssertionError(sample.reason()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void everySampleIsOneTheShapeAllows(long seed) {
    Random random = new Random(seed);
    int found = 0;
    for (int round = 0; round < 40; round++) {
      Shape shape = shape(random, 3);
      for (ShapeSampler sampler :
          List.of(
              ShapeSampler.of(seed, Purpose.REPLY),
              ShapeSampler.of(seed, Purpose.REPLY).withoutOptionalFields())) {
        ShapeSampler.Sample sample = sampler.sample(shape, "round " + round);
        assertThat(sampler.sample(shape, "round " + round)).isEqualTo(sample);
        if (sample.value() == null) {
          assertThat(sample.reason()).as("seed %d round %d", seed, round).isNotEmpty();
        } else {
          found++;
          assertThat(SampleLaw.breaches(shape, sample.value()))
              .as("seed %d round %d: %s", seed, round, sample.value())
              .isEmpty();
          assertThat(sample.value().toString().length()).isLessThan(100_000);
        }
      }
    }
    assertThat(found).as("seed %d", seed).isGreaterThan(40);
  }

  /** A shape drawn from all keywords, now and then one that nothing satisfies. */
  private static Shape shape(Random random, int depth) {
    Shape.Builder shape = Shape.at(Location.of("drawn"));
    switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> {
        shape.type(JsonType.STRING);
        int min = random.nextInt(20);
        shape.length(min, random.nextBoolean() ? null : min + random.nextInt(5) - 1);
        if (random.nextBoolean()) {
          List<String> formats =
              List.of("date-time", "date", "uuid", "email", "uri", "ipv4", "hostname", "own");
          shape.format(formats.get(random.nextInt(formats.size())));
        } else if (random.nextBoolean()) {
          shape.pattern(random.nextBoolean() ? "^[A-Z][a-z0-9]*$" : "^(ab|cd)+-?\\d{2,}$");
        }
      }
      case 1 -> {
        shape.type(random.nextBoolean() ? JsonType.INTEGER : JsonType.NUMBER);
        BigDecimal low = BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(3));
        shape.minimum(random.nextBoolean() ? null : low, random.nextBoolean());
        shape.maximum(
            random.nextBoolean() ? null : low.add(BigDecimal.valueOf(random.nextInt(300), 1)),
            random.nextBoolean());
      }
      case 2 ->
          shape.enumeration(
              List.of(World.json("'red'"), World.json("7"), World.json("null"), World.json("[1]")));
      case 3 -> shape.types(EnumSet.of(JsonType.NULL, JsonType.BOOLEAN));
      case 4 -> {
        shape.type(JsonType.ARRAY).items(shape(random, depth - 1));
        shape.itemCount(random.nextInt(4), random.nextBoolean() ? null : random.nextInt(6));
      }
      case 5 -> {
        shape.type(JsonType.OBJECT).closed(random.nextBoolean());
        for (int i = random.nextInt(5); i > 0; i--) {
          shape.property("f" + i, shape(random, depth - 1), random.nextBoolean());
        }
      }
      default -> {
        List<Shape> alternatives = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
          alternatives.add(shape(random, depth - 1));
        }
        shape.alternatives(
            random.nextBoolean() ? Shape.Combination.ONE_OF : Shape.Combination.ANY_OF,
            alternatives);
      }
    }
    return shape.build();
  }

  @ParameterizedTest(name = "{0} matches {1}")
  @CsvSource(
      delimiter = '~',
      value = {
        "date-time ~ 20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ",
        "date ~ 20\\d\\d-\\d\\d-\\d\\d",
        "time ~ \\d\\d:\\d\\d:\\d\\dZ",
        "uuid ~ [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "email ~ [a-z]+@example\\.test",
        "uri ~ https://example\\.test/[a-z]+",
        "ipv4 ~ 192\\.0\\.2\\.\\d{1,3}",
        "ipv6 ~ 2001:db8::[0-9a-f]{1,4}",
        "hostname ~ [a-z]+\\.test",
        "byte ~ [a-z]{4}"
      })
  void formatsAreFollowed(String format, String pattern) {
    assertThat(drawn(World.shape(JsonType.STRING).format(format).build()).textValue())
        .matches(pattern);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "^L-[0-9]{4}$",
        "^(19|20)\\d{2}-(0[1-9]|1[0-2])$",
        "^[^a-z]+$",
        "[\\w.-]+@[\\w-]+\\.[a-z]{2,}",
        "^(?:[A-F0-9]{2}:){5}[A-F0-9]{2}$",
        "^(?=.*\\d).{8,}$",
        "^\\p{Lu}\\u0041\\x42?$",
        "^a{3,}b*?c+?$",
        "^[\\]\\[{}-]+$",
        "^(?<year>\\d{4})$",
        "x|y|z",
        ""
      })
  void patternsAreMatched(String pattern) {
    String text = drawn(World.shape(JsonType.STRING).pattern(pattern).build()).textValue();
    assertThat(Pattern.compile(pattern).matcher(text).find()).as(text).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "(a)\\1",
        "^(a+)+(?!.*)$",
        "a{1000000000}",
        "((((((a{900}){900}){900}){900}){900}){900})b",
        "(((()*)*)*)*x{2000}",
        "[z-a",
        "(unclosed",
        "\\",
        "*",
        "^a$b"
      })
  void patternsBeyondReachAreGivenUpWithAReason(String pattern) {
    ShapeSampler.Sample sample =
        REQUESTS.sample(World.shape(JsonType.STRING).pattern(pattern).build(), "test");
    assertThat(sample.value()).isNull();
    assertThat(sample.reason()).startsWith("no text was found for pattern");
  }

  @Test
  void exampleComesFirstUnlessTheShapeForbidsIt() {
    assertThat(drawn(World.shape(JsonType.STRING).example(World.json("'Ada'")).build()).textValue())
        .isEqualTo("Ada");
    assertThat(drawn(World.shape(JsonType.STRING).example(World.json("12")).build()).isTextual())
        .isTrue();
  }

  @Test
  void lengthsBeyondMeasureDoNotMakeHugeValues() {
    assertThat(
            drawn(World.shape(JsonType.STRING).length(0, 1_000_000_000).build())
                .textValue()
                .length())
        .isLessThan(100);
    assertThat(
            drawn(
                    World.shape(JsonType.ARRAY)
                        .items(World.text())
                        .itemCount(0, 1_000_000_000)
                        .build())
                .size())
        .isLessThan(10);
    assertThat(refused(World.shape(JsonType.STRING).length(1_000_000_000, null).build()))
        .isEqualTo("minLength 1000000000 is longer than what is generated (5000)");
    assertThat(
            refused(
                World.shape(JsonType.OBJECT)
                    .property(
                        "seats",
                        World.shape(JsonType.ARRAY).itemCount(1_000_000, null).build(),
                        true)
                    .build()))
        .isEqualTo("/seats: minItems 1000000 is more than is generated (100)");
    assertThat(
            refused(
                World.shape(JsonType.INTEGER)
                    .minimum(new BigDecimal("1e999999999"), false)
                    .build()))
        .isEqualTo("no number lies within the bounds");
  }

  private static String refused(Shape shape) {
    ShapeSampler.Sample sample = REQUESTS.sample(shape, "test");
    assertThat(sample.value()).isNull();
    return sample.reason();
  }

  @Test
  void readOnlyFieldsAreLeftOutOfRequestsAndKeptInReplies() {
    assertThat(drawn(World.license()).has("id")).isFalse();
    assertThat(
            ShapeSampler.of(1, Purpose.REPLY)
                .sample(World.license(), "test")
                .found()
                .orElseThrow()
                .has("id"))
        .isTrue();
  }

  @Test
  void optionalFieldsAreLeftOutWhenAsked() {
    JsonNode value =
        REQUESTS.withoutOptionalFields().sample(World.license(), "test").found().orElseThrow();
    assertThat(value.properties()).extracting(Map.Entry::getKey).containsExactly("holder");
  }

  @Test
  void recursionIsCutWhereSomethingMayBeLeftOut() {
    Shape.Node[] tree = new Shape.Node[1];
    Shape again = new Shape.Reference("Tree", () -> tree[0], Location.of("tree"));
    tree[0] =
        World.shape(JsonType.OBJECT)
            .property("name", World.text(), true)
            .property("parent", again, false)
            .property("children", World.shape(JsonType.ARRAY).items(again).build(), true)
            .property(
                "next",
                Shape.at(Location.of("tree"))
                    .alternatives(
                        Shape.Combination.ONE_OF,
                        List.of(again, World.shape(JsonType.NULL).build()))
                    .build(),
                true)
            .build();
    JsonNode value = drawn(again);
    assertThat(value.has("parent")).isFalse();
    assertThat(value.get("children")).isEmpty();
    assertThat(value.get("next")).isEqualTo(JsonNodeFactory.instance.nullNode());
  }

  @Test
  void recursionWithoutEndIsGivenUpWithAReason() {
    Shape.Node[] endless = new Shape.Node[1];
    Shape again = new Shape.Reference("Endless", () -> endless[0], Location.of("endless"));
    endless[0] = World.shape(JsonType.OBJECT).property("self", again, true).build();
    assertThat(refused(again)).isEqualTo("/self: recursion through Endless");
  }

  @Test
  void wideShapesEndSoon() {
    Shape level = World.text();
    for (int i = 0; i < 12; i++) {
      Shape below = level;
      Shape.Builder wide = World.shape(JsonType.OBJECT);
      for (int field = 0; field < 12; field++) {
        wide.property("f" + field, below, field == 0);
      }
      level = wide.build();
    }
    assertThat(drawn(level).toString().length()).isLessThan(100_000);
  }

  @Test
  void alternativesAreTriedUntilOneFits() {
    Shape shape =
        Shape.at(Location.of("pay"))
            .type(JsonType.OBJECT)
            .property("kind", World.text(), true)
            .alternatives(
                Shape.Combination.ONE_OF,
                List.of(
                    World.shape(JsonType.STRING).build(),
                    World.shape(JsonType.OBJECT)
                        .property(
                            "kind",
                            World.shape(JsonType.STRING)
                                .enumeration(List.of(World.json("'card'")))
                                .build(),
                            true)
                        .property("number", World.text(), true)
                        .build()))
            .build();
    assertThat(drawn(shape).get("kind").textValue()).isEqualTo("card");
    assertThat(drawn(shape).has("number")).isTrue();
  }

  @Test
  void keywordsThatWereNotUnderstoodAreNamed() {
    Shape shape = World.shape(JsonType.INTEGER).unread(List.of("multipleOf")).build();
    assertThat(REQUESTS.sample(shape, "test").unread()).containsExactly("multipleOf");
  }
}
