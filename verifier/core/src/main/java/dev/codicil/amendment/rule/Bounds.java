package dev.codicil.amendment.rule;

import dev.codicil.contract.Assertions;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A range with two ends, in a form in which ranges that allow the same are equal.
 *
 * @param low smallest; null for none
 * @param lowOpen whether {@code low} itself is outside
 * @param high largest; null for none
 * @param highOpen whether {@code high} itself is outside
 */
public record Bounds(
    @Nullable BigDecimal low, boolean lowOpen, @Nullable BigDecimal high, boolean highOpen) {

  /** Bounds of numbers; for integers always closed. */
  public static Bounds range(Shape.Node node) {
    boolean whole =
        Set.of(JsonType.INTEGER, JsonType.NULL).containsAll(node.types())
            && !node.types().isEmpty();
    Bounds plain =
        new Bounds(
            node.minimum(), node.exclusiveMinimum(), node.maximum(), node.exclusiveMaximum());
    return whole ? plain.whole() : plain;
  }

  /** Bounds of the length of strings. */
  public static Bounds length(Shape.Node node) {
    return count(node.minLength(), node.maxLength());
  }

  /** Bounds of the number of items. */
  public static Bounds items(Shape.Node node) {
    return count(node.minItems(), node.maxItems());
  }

  /** Bounds of the number of fields. */
  public static Bounds properties(Assertions assertions) {
    return count(assertions.minProperties(), assertions.maxProperties());
  }

  /** Bounds of the number of items that satisfy {@code contains}; it takes one by default. */
  public static Bounds contained(Assertions assertions) {
    return contains(assertions)
        ? count(Objects.requireNonNullElse(assertions.minContains(), 1), assertions.maxContains())
        : count(null, null);
  }

  static boolean contains(Assertions assertions) {
    return assertions.conditions().stream()
        .anyMatch(condition -> condition.keyword().equals("contains"));
  }

  /** Whether both allow the same. */
  public boolean same(Bounds other) {
    return !tighterThan(other) && !other.tighterThan(this);
  }

  /** Whether something the other allows is outside. */
  boolean tighterThan(Bounds other) {
    return tighter(low, lowOpen, other.low, other.lowOpen, 1)
        || tighter(high, highOpen, other.high, other.highOpen, -1);
  }

  boolean isOpen() {
    return low == null && high == null;
  }

  private static boolean tighter(
      @Nullable BigDecimal mine,
      boolean mineOpen,
      @Nullable BigDecimal theirs,
      boolean theirsOpen,
      int sign) {
    if (mine == null) {
      return false;
    }
    if (theirs == null) {
      return true;
    }
    int order = mine.compareTo(theirs) * sign;
    return order > 0 || (order == 0 && mineOpen && !theirsOpen);
  }

  private static Bounds count(@Nullable Integer min, @Nullable Integer max) {
    return new Bounds(
        min == null || min <= 0 ? null : BigDecimal.valueOf(min),
        false,
        max == null ? null : BigDecimal.valueOf(max),
        false);
  }

  private Bounds whole() {
    if (!modest(low) || !modest(high)) {
      return this;
    }
    BigDecimal least = low;
    if (low != null) {
      BigDecimal up = low.setScale(0, RoundingMode.CEILING);
      least = lowOpen && up.compareTo(low) == 0 ? up.add(BigDecimal.ONE) : up;
    }
    BigDecimal most = high;
    if (high != null) {
      BigDecimal down = high.setScale(0, RoundingMode.FLOOR);
      most = highOpen && down.compareTo(high) == 0 ? down.subtract(BigDecimal.ONE) : down;
    }
    return new Bounds(least, false, most, false);
  }

  /** A number such as 1e999999999 must never be written out. */
  private static boolean modest(@Nullable BigDecimal value) {
    return value == null || (Math.abs((long) value.scale()) <= 40 && value.precision() <= 80);
  }

  /** In interval notation: {@code [1, 10)}. */
  @Override
  public String toString() {
    return (low == null ? "(-" : (lowOpen ? "(" : "[") + Excerpt.of(low.toString()))
        + ", "
        + (high == null ? "-)" : Excerpt.of(high.toString()) + (highOpen ? ")" : "]"));
  }
}
