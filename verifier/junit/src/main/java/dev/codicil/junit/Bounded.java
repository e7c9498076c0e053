package dev.codicil.junit;

import dev.codicil.engine.ConsumerStage.Passage;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a test on the thread that asked for it, and no longer than its time budget allows: then what
 * the proxy holds back is cut and the thread interrupted, so that a client without a timeout of its
 * own comes back.
 */
final class Bounded {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "codicil-junit-timer");
            thread.setDaemon(true);
            return thread;
          });

  private Bounded() {}

  /** A test's body. */
  interface Body {
    /** Runs it. */
    @Nullable Object run() throws Throwable;
  }

  /**
   * What became of a test.
   *
   * @param thrown what it threw; null when it passed
   * @param late whether it took longer than its budget
   * @param passage what passed on the wire
   */
  record Result(@Nullable Throwable thrown, boolean late, Passage passage) {}

  /** Ends a cell once, at its time limit or when the test has ended, whichever comes first. */
  private static final class Ending implements Runnable {
    private final Supplier<Passage> end;
    private final Thread tested;
    private @Nullable Passage passage;
    private boolean cut;

    Ending(Supplier<Passage> end, Thread tested) {
      this.end = end;
      this.tested = tested;
    }

    @Override
    public synchronized void run() {
      if (passage == null) {
        passage = end.get();
        cut = true;
        tested.interrupt();
      }
    }

    synchronized Passage over() {
      if (cut) {
        Thread.interrupted(); // ours, meant for the test, which has ended
      }
      if (passage == null) {
        passage = end.get();
      }
      return passage;
    }
  }

  /**
   * Runs.
   *
   * @param end ends the cell; called once
   */
  static Result run(Body body, Duration budget, Supplier<Passage> end) {
    Ending ending = new Ending(end, Thread.currentThread());
    ScheduledFuture<?> watch = TIMER.schedule(ending, budget.toNanos(), TimeUnit.NANOSECONDS);
    long start = System.nanoTime();
    Throwable thrown = null;
    try {
      body.run();
    } catch (Throwable t) {
      thrown = t;
    }
    long elapsed = System.nanoTime() - start;
    watch.cancel(false);
    Passage passage = ending.over();
    if (thrown instanceof OutOfMemoryError fatal) {
      throw fatal;
    }
    return new Result(thrown, elapsed > budget.toNanos(), passage);
  }
}
