package dev.codicil.chaos;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Draws that are a function of their name: H(seed, interaction, call, fault, what). Independent of
 * thread order, of the side and of how many draws were made before.
 */
public final class Dice {
  private final String prefix;

  private Dice(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Dice for one fault on one exchange.
   *
   * @param seed of the run
   * @param stimulus id of the interaction or probe that is replayed
   * @param call 0-based number of the exchange on its edge
   * @param fault id of the fault
   */
  public static Dice of(long seed, String stimulus, int call, String fault) {
    return new Dice(seed + "\u0000" + stimulus + "\u0000" + call + "\u0000" + fault + "\u0000");
  }

  /** An integer in [0, bound). */
  public int below(int bound, String what) {
    return (int) Long.remainderUnsigned(hash(what), bound);
  }

  /** A number in [0, 1). */
  public double fraction(String what) {
    return (hash(what) >>> 11) * 0x1.0p-53;
  }

  /** 64 well-mixed bits. */
  public long hash(String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((prefix + what).getBytes(StandardCharsets.UTF_8));
      return java.nio.ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
