package dev.codicil.amendment.rule;

import static dev.codicil.amendment.rule.Contracts.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {

  @ParameterizedTest
  @CsvSource({
    "[1 10], [1 10], same",
    "[2 10], [1 10], tighter",
    "[1 9], [1 10], tighter",
    "(1 10], [1 10], tighter",
    "[1 10), [1 10], tighter",
    "(1 10], [2 10], wider",
    "[1 10], (- 10], tighter",
    "[1 10], [1 -), tighter",
    "(- -), [1 10], wider",
    "(1 10], (1 10], same",
    "[0 5], [1 10], both",
  })
  void oneRangeIsTighterWhenItLeavesOutWhatTheOtherAllows(
      String one, String other, String relation) {
    Bounds left = bounds(one);
    Bounds right = bounds(other);

    assertThat(left.tighterThan(right)).isEqualTo(relation.matches("tighter|both"));
    assertThat(right.tighterThan(left)).isEqualTo(relation.matches("wider|both"));
    assertThat(left.same(right)).isEqualTo(relation.equals("same"));
    assertThat(right.same(left)).isEqualTo(relation.equals("same"));
  }

  @ParameterizedTest
  @CsvSource({
    "[1 10), '[1, 10)'",
    "(0.5 -), '(0.5, -)'",
    "(- 3], '(-, 3]'",
    "(- -), '(-, -)'",
  })
  void aRangeReadsAsAnInterval(String text, String shown) {
    assertThat(bounds(text)).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "[1 10], '[1, 10]'",
    "(1 10), '[2, 9]'",
    "[0.5 9.5], '[1, 9]'",
    "(0.5 9.5), '[1, 9]'",
    "(-1.5 -0.5), '[-1, -1]'",
    "(1 -), '[2, -)'",
    "(- 1), '(-, 0]'",
  })
  void theRangeOfAnIntegerIsClosedAndWhole(String text, String shown) {
    assertThat(Bounds.range(numbers(text, JsonType.INTEGER))).hasToString(shown);
    assertThat(Bounds.range(numbers(text, JsonType.INTEGER, JsonType.NULL))).hasToString(shown);
    assertThat(Bounds.range(numbers(text, JsonType.NUMBER))).isEqualTo(bounds(text));
    assertThat(Bounds.range(numbers(text, JsonType.INTEGER, JsonType.STRING)))
        .isEqualTo(bounds(text));
  }

  @ParameterizedTest
  @CsvSource({"1e40, true", "1e41, false", "1e999999999, false", "1e-41, false", "1e-40, true"})
  void aNumberThatIsTooLongToBeWrittenOutStaysAsItIs(String number, boolean written) {
    Bounds range = Bounds.range(numbers("[" + number + " -)", JsonType.INTEGER));

    assertThat(range.low() != null && range.low().scale() == 0).isEqualTo(written);
  }

  @Test
  void aCountFromZeroIsNoBound() {
    assertThat(Bounds.length(shape(JsonType.STRING).length(0, null).build()).isOpen()).isTrue();
    assertThat(Bounds.length(shape(JsonType.STRING).length(1, null).build()).isOpen()).isFalse();
    assertThat(Bounds.length(shape(JsonType.STRING).length(null, 0).build()).isOpen()).isFalse();
    assertThat(Bounds.items(shape(JsonType.ARRAY).itemCount(2, 3).build())).hasToString("[2, 3]");
  }

  private static Bounds bounds(String text) {
    String[] ends = text.substring(1, text.length() - 1).split(" ", -1);
    return new Bounds(
        number(ends[0]),
        number(ends[0]) != null && text.startsWith("("),
        number(ends[1]),
        number(ends[1]) != null && text.endsWith(")"));
  }

  private static Shape.Node numbers(String text, JsonType first, JsonType... rest) {
    Bounds bounds = bounds(text);
    Shape.Builder builder = shape(first, rest);
    if (bounds.low() != null) {
      builder = builder.minimum(bounds.low(), bounds.lowOpen());
    }
    if (bounds.high() != null) {
      builder = builder.maximum(bounds.high(), bounds.highOpen());
    }
    return builder.build();
  }

  private static @Nullable BigDecimal number(String text) {
    return text.equals("-") ? null : new BigDecimal(text);
  }
}
