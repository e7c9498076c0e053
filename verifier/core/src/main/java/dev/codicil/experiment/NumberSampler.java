package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codicil.chaos.Dice;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers of a shape, near the small end of what is allowed. */
final class NumberSampler {
  private static final BigDecimal SPREAD = BigDecimal.valueOf(100);

  /** Beyond this, writing a bound out in digits would cost more than it is worth. */
  private static final int MOST_DIGITS = 100;

  private final Dice dice;

  NumberSampler(Dice dice) {
    this.dice = dice;
  }

  /** Draws a number; empty when none lies within the bounds, or they are beyond all measure. */
  Optional<JsonNode> draw(Shape.Node node, boolean integer, String what) {
    if (monstrous(node.minimum()) || monstrous(node.maximum())) {
      return Optional.empty();
    }
    Optional<BigDecimal> drawn = integer ? whole(node, what) : fraction(node, what);
    return drawn.map(NumberSampler::json).filter(value -> inside(node, value));
  }

  private static boolean monstrous(@Nullable BigDecimal bound) {
    return bound != null
        && (bound.precision() > MOST_DIGITS || Math.abs((long) bound.scale()) > MOST_DIGITS);
  }

  private static boolean inside(Shape.Node node, JsonNode value) {
    return ShapeCheck.allows(
        Shape.at(node.location())
            .minimum(node.minimum(), node.exclusiveMinimum())
            .maximum(node.maximum(), node.exclusiveMaximum())
            .build(),
        value,
        ShapeSampler.Purpose.REQUEST);
  }

  private static JsonNode json(BigDecimal value) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (value.scale() > 0 && value.stripTrailingZeros().scale() > 0) {
      return factory.numberNode(value.stripTrailingZeros());
    }
    BigInteger whole = value.toBigInteger();
    return whole.bitLength() < Integer.SIZE
        ? factory.numberNode(whole.intValue())
        : whole.bitLength() < Long.SIZE
            ? factory.numberNode(whole.longValue())
            : factory.numberNode(whole);
  }

  private Optional<BigDecimal> whole(Shape.Node node, String what) {
    BigDecimal minimum = node.minimum();
    BigDecimal maximum = node.maximum();
    BigInteger low = null;
    BigInteger high = null;
    if (minimum != null) {
      low = minimum.setScale(0, RoundingMode.CEILING).toBigInteger();
      if (node.exclusiveMinimum() && new BigDecimal(low).compareTo(minimum) == 0) {
        low = low.add(BigInteger.ONE);
      }
    }
    if (maximum != null) {
      high = maximum.setScale(0, RoundingMode.FLOOR).toBigInteger();
      if (node.exclusiveMaximum() && new BigDecimal(high).compareTo(maximum) == 0) {
        high = high.subtract(BigInteger.ONE);
      }
    }
    if (low == null) {
      low =
          high == null || high.signum() > 0 ? BigInteger.ONE : high.subtract(SPREAD.toBigInteger());
    }
    BigInteger top = low.add(SPREAD.toBigInteger());
    if (high != null) {
      top = high.min(top);
    }
    if (top.compareTo(low) < 0) {
      return Optional.empty();
    }
    int steps = top.subtract(low).intValueExact() + 1;
    return Optional.of(
        new BigDecimal(low.add(BigInteger.valueOf(dice.below(steps, what + "#int")))));
  }

  private Optional<BigDecimal> fraction(Shape.Node node, String what) {
    BigDecimal low = node.minimum();
    BigDecimal high = node.maximum();
    if (low == null) {
      low = high == null || high.signum() > 0 ? BigDecimal.ZERO : high.subtract(SPREAD);
    }
    high = high == null ? low.add(SPREAD) : high.min(low.add(SPREAD));
    if (high.compareTo(low) < 0) {
      return Optional.empty();
    }
    BigDecimal share = BigDecimal.valueOf(1 + dice.below(98, what + "#share"), 2);
    BigDecimal exact = low.add(high.subtract(low).multiply(share));
    BigDecimal cents = exact.setScale(2, RoundingMode.HALF_UP);
    boolean inside = cents.compareTo(low) > 0 && cents.compareTo(high) < 0;
    return Optional.of(inside ? cents : exact);
  }
}
