package dev.codicil.verdict;

/** What became of one cell, better to worse; {@link #UNKNOWN} stands outside the scale. */
public enum Outcome {
  /** Contract honored. */
  HELD,
  /** A declared fallback. */
  DEGRADED,
  /** A clean, declared error in time. */
  REFUSED,
  /** Undeclared error, schema violation, stack trace or secret in an error body. */
  FAILED,
  /** Past the time budget. */
  HUNG,
  /** Accepted and then gone or doubled, or no return to the steady state. */
  LOST,
  /** Wrong data accepted as right. */
  CORRUPTED,
  /** Nothing can be said. */
  UNKNOWN;

  /** Whether this is worse than {@code other}; nothing compares with {@link #UNKNOWN}. */
  public boolean worseThan(Outcome other) {
    return this != UNKNOWN && other != UNKNOWN && compareTo(other) > 0;
  }
}
