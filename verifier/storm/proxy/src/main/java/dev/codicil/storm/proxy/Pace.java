package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * In which pieces a body passes. A piece of {@code n} bytes waits {@code n / rate} before it goes
 * (so that the last byte goes after {@code size / rate}, as through a narrow pipe), and every piece
 * but the first waits the gap as well.
 *
 * @param piece bytes of a piece
 * @param gapNanos between two pieces
 * @param bytesPerSecond 0 for no limit
 */
record Pace(int piece, long gapNanos, long bytesPerSecond) {
  private static final int TICKS_PER_SECOND = 50;
  private static final int LARGEST_TICK = 64 << 10;

  static @Nullable Pace of(Effect.@Nullable Throttle throttle, Effect.@Nullable Slice slice) {
    if (throttle == null && slice == null) {
      return null;
    }
    long rate = throttle == null ? 0 : throttle.bytesPerSecond();
    if (slice != null) {
      return new Pace(slice.bytes(), slice.gap().toNanos(), rate);
    }
    long tick = Math.max(1, Math.min(LARGEST_TICK, rate / TICKS_PER_SECOND));
    return new Pace((int) tick, 0, rate);
  }

  /** How long a piece waits before it goes. */
  long waitNanos(int bytes, boolean first) {
    long gap = first ? 0 : gapNanos;
    if (bytesPerSecond == 0) {
      return gap;
    }
    return gap + (long) (bytes * (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
  }
}
