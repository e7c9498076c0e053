package dev.codicil.storm.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls code that may never end, such as a contract's own regular expression on a reply made to
 * provoke it. Such a call cannot be stopped, only left behind on a thread that keeps nobody.
 */
final class BoundedCall {
  /** Threads are used again; one that never comes back is not. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(RunThreads.named("bounded"));

  private BoundedCall() {}

  /**
   * The result of the call.
   *
   * @throws TimeoutException when it has not ended within the limit
   * @throws ExecutionException what the call itself threw
   */
  static <T> T within(Duration limit, Callable<T> call)
      throws InterruptedException, ExecutionException, TimeoutException {
    return THREADS.submit(call).get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
