package dev.codicil.junit.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where somebody waits, and at once. */
final class SkippedTime implements Pause {
  private final List<Duration> waits = new ArrayList<>();
  private long now;

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration time) {
    waits.add(time);
    now += time.toNanos();
  }

  synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }
}
