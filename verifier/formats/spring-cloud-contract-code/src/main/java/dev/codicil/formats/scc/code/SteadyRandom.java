package dev.codicil.formats.scc.code;

import java.util.Random;

/** Draws the same values in every process. */
public final class SteadyRandom extends Random {
  private static final long serialVersionUID = 1L;

  /** A sequence that always begins anew. */
  public SteadyRandom() {
    super(1);
  }
}
