package dev.codicil.storm.run;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time as the runner sees it, so that tests can hold it. */
interface RunClock {
  /** The machine's own time. */
  RunClock SYSTEM =
      new RunClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
          long until = System.nanoTime() + time.toNanos();
          Thread.sleep(Math.max(0, time.toMillis()));
          long rest = until - System.nanoTime();
          while (rest > 0) { // Thread.sleep rounds to milliseconds, which a load would feel
            LockSupport.parkNanos(rest);
            if (Thread.interrupted()) {
              throw new InterruptedException();
            }
            rest = until - System.nanoTime();
          }
        }
      };

  /** Nanoseconds since some fixed moment. */
  long nanos();

  /** Waits. */
  void pause(Duration time) throws InterruptedException;

  /** Whole milliseconds since an earlier {@link #nanos()}. */
  default long millisSince(long earlier) {
    return Math.max(0, (nanos() - earlier) / 1_000_000);
  }
}
