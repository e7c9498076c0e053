package dev.codicil.amendment;

/**
 * How much a change endangers consumers of the base contract. Derived, never listed by hand: a
 * request must not be narrowed, a reply must not be widened.
 */
public enum Severity {
  SAFE,
  RISKY,
  BREAKING;

  /**
   * Derives the severity of a change.
   *
   * @param effect what happened to the set of allowed messages
   * @param direction which way those messages flow
   * @param guarded whether consumers are expected to tolerate it (an extra reply field, a new enum
   *     value declared extensible), which lowers a break to a risk and a risk to safe
   */
  public static Severity derive(Effect effect, Direction direction, boolean guarded) {
    return derive(effect, direction, guarded ? Guard.TOLERATED : Guard.NONE);
  }

  /**
   * Derives the severity of a change.
   *
   * @param effect what happened to the set of allowed messages
   * @param direction which way those messages flow
   * @param guard what consumers are expected to bear
   */
  public static Severity derive(Effect effect, Direction direction, Guard guard) {
    boolean hurts =
        switch (effect) {
          case NEUTRAL -> false;
          case REPLACED -> true;
          case NARROWED -> direction != Direction.REPLY;
          case WIDENED -> direction == Direction.REPLY;
        };
    if (!hurts) {
      return SAFE;
    }
    return switch (guard) {
      case NONE -> BREAKING;
      case TOLERATED -> RISKY;
      case UNNOTICED -> SAFE;
    };
  }
}
