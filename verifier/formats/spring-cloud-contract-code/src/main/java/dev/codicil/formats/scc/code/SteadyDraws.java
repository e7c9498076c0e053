package dev.codicil.formats.scc.code;

import java.util.Random;

/**
 * Draws the same value each time it is asked, so that a value does not depend on how many were
 * drawn before it.
 */
public final class SteadyDraws extends Random {
  private static final long serialVersionUID = 1L;
  private static final int DRAWN = 1_234_567_890;

  /** A draw that needs no seed. */
  public SteadyDraws() {}

  @Override
  protected int next(int bits) {
    return bits == Integer.SIZE ? DRAWN : DRAWN >>> (Integer.SIZE - 1 - bits);
  }
}
