package dev.codicil.junit.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How time passes for a client. */
interface Pause {
  /** The ordinary way. */
  Pause REAL =
      new Pause() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
      };

  /** A time stamp in nanoseconds, of no fixed origin. */
  long nanos();

  /** Waits. */
  void sleep(Duration time) throws InterruptedException;
}
