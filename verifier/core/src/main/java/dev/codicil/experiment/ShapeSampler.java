package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Shape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Concrete JSON values from shapes, by seed: the document's own example first, else enumerated
 * values, formats, patterns and ranges. The same shape, seed and name give the same value. Values
 * stay small whatever the shape allows, and recursion is cut where a field may be left out or an
 * array may be empty.
 */
public final class ShapeSampler {
  private final long seed;
  private final Purpose purpose;
  private final boolean optionalFields;

  private ShapeSampler(long seed, Purpose purpose, boolean optionalFields) {
    this.seed = seed;
    this.purpose = purpose;
    this.optionalFields = optionalFields;
  }

  /** What a value is for, which decides about fields that only one direction carries. */
  public enum Purpose {
    /** Fields that are read only are left out. */
    REQUEST,
    /** Fields that are write only are left out. */
    REPLY;

    boolean leavesOut(Shape.Node field) {
      return this == REQUEST ? field.readOnly() : field.writeOnly();
    }
  }

  /**
   * A sampler that includes optional fields.
   *
   * @param seed of all draws
   * @param purpose what the values are for
   */
  public static ShapeSampler of(long seed, Purpose purpose) {
    return new ShapeSampler(seed, purpose, true);
  }

  /** The same sampler with required fields only; examples of whole objects are not used then. */
  public ShapeSampler withoutOptionalFields() {
    return new ShapeSampler(seed, purpose, false);
  }

  /**
   * Draws a value.
   *
   * @param shape what the value must be
   * @param what name of the draw; other names give other values
   */
  public Sample sample(Shape shape, String what) {
    ShapeDraw draw = new ShapeDraw(seed, purpose, optionalFields, what);
    Optional<JsonNode> value = draw.value(shape);
    return new Sample(value.orElse(null), value.isPresent() ? "" : draw.reason(), draw.unread());
  }

  /**
   * What was drawn.
   *
   * @param value null when there is none
   * @param reason why there is none, with the place in the value; empty when there is one
   * @param unread keywords of the shape that were not understood, so that the value may break them
   */
  public record Sample(@Nullable JsonNode value, String reason, List<String> unread) {
    public Sample {
      unread = List.copyOf(unread);
    }

    /** The value, when there is one. */
    public Optional<JsonNode> found() {
      return Optional.ofNullable(value);
    }
  }
}
