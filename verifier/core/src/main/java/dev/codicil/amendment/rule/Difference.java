package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Guard;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found at a place.
 *
 * @param effect what happened to the set of allowed messages
 * @param guard what the other side is expected to bear
 * @param reach whom of those who use the operation it concerns
 * @param before what was there, short; null when it is new
 * @param after what is there now, short; null when it is gone
 * @param told predicate of a sentence about the place: {@code was removed}
 */
public record Difference(
    Effect effect,
    Guard guard,
    Reach reach,
    @Nullable String before,
    @Nullable String after,
    String told) {

  /** Which interactions of the operation a difference concerns. */
  public enum Reach {
    /** Those that use the place. */
    USES,
    /** Those that leave the place out, although they send what it belongs to. */
    LACKS,
    /** Those that send a field at the place which is not listed there. */
    UNLISTED
  }

  /** An unguarded difference that concerns those who use the place. */
  static Difference of(
      Effect effect, @Nullable String before, @Nullable String after, String told) {
    return new Difference(effect, Guard.NONE, Reach.USES, before, after, told);
  }

  Difference guarded(boolean value) {
    return guard(value ? Guard.TOLERATED : Guard.NONE);
  }

  Difference guard(Guard value) {
    return new Difference(effect, value, reach, before, after, told);
  }

  Difference reaching(Reach value) {
    return new Difference(effect, guard, value, before, after, told);
  }
}
