package dev.codicil.storm.run;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may run cells: every group of instances at once, or one group alone while it confirms what a
 * finding will rest on. Fair, so that nobody waits for longer than the cells under way.
 */
final class Turns {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final AtomicReference<@Nullable RevertFailure> stuck = new AtomicReference<>();

  /** A turn that ends when it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits until nobody needs to be alone. Counts for nothing inside {@link #alone}. */
  Turn beside() throws InterruptedException {
    return take(lock.readLock());
  }

  /** Waits until all cells under way have ended, and keeps further ones waiting. */
  Turn alone() throws InterruptedException {
    return take(lock.writeLock());
  }

  /** Nobody gets a turn any more: what was done to the world could not be undone. */
  void stop(RevertFailure failure) {
    stuck.compareAndSet(null, failure);
  }

  private Turn take(Lock lock) throws InterruptedException {
    lock.lockInterruptibly();
    RevertFailure failure = stuck.get();
    if (failure != null) {
      lock.unlock();
      throw failure;
    }
    return lock::unlock;
  }
}
