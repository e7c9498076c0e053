package dev.codicil.amendment;

/** What a change does to the set of messages that are allowed at its place. */
public enum Effect {
  /** More is allowed than before. */
  WIDENED,
  /** Less is allowed than before. */
  NARROWED,
  /** Some is allowed that was not, and some that was is not. */
  REPLACED,
  /** Nothing changes in what is allowed. */
  NEUTRAL
}
