package dev.codicil.storm.run;

import dev.codicil.contract.HttpRequest;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.CallResult.Ended;
import dev.codicil.storm.proxy.HttpCaller;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP calls that a thread waits for. */
final class Calls {
  /** The caller keeps its own deadline; this only guards against one that never reports. */
  private static final Duration GUARD = Duration.ofSeconds(5);

  private final HttpCaller caller;
  private final RunClock clock;

  Calls(HttpCaller caller, RunClock clock) {
    this.caller = caller;
    this.clock = clock;
  }

  /** One call, to its end or its deadline. */
  CallResult call(
      InetSocketAddress address, HttpRequest request, Duration deadline, Map<String, String> extra)
      throws InterruptedException {
    long start = clock.nanos();
    return await(begin(address, request, deadline, extra), deadline, start);
  }

  /** Sends and does not wait. */
  CompletableFuture<CallResult> begin(
      InetSocketAddress address,
      HttpRequest request,
      Duration deadline,
      Map<String, String> extra) {
    try {
      return caller.call(address, request, deadline, extra);
    } catch (RuntimeException notSendable) {
      return CompletableFuture.failedFuture(notSendable);
    }
  }

  /** Waits for a call that was begun at {@code start}. */
  CallResult await(CompletableFuture<CallResult> call, Duration deadline, long start)
      throws InterruptedException {
    try {
      return call.get(deadline.plus(GUARD).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new CallResult(Ended.REFUSED, null, clock.millisSince(start), cause.toString());
    } catch (TimeoutException e) {
      call.cancel(true);
      return new CallResult(Ended.TIMED_OUT, null, clock.millisSince(start), "no end of the call");
    } catch (InterruptedException e) {
      call.cancel(true);
      throw e;
    }
  }
}
