package dev.codicil.storm.run;

import dev.codicil.chaos.Load;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.history.LoadRecord;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.CallResult.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * An open-loop load: when each request leaves is fixed beforehand, whatever becomes of those before
 * it, and its latency counts from that moment. So a stall shows in every request that arrives while
 * it lasts, and not in one only ("coordinated omission", Gil Tene).
 */
final class LoadRun {
  /** Most requests on their way at once: beyond it the machine would be what is measured. */
  static final int MOST_IN_FLIGHT = 2_000;

  /** Most bytes of replies that are kept to be held to their contract afterwards. */
  private static final long MOST_BYTES = 32L << 20;

  /** Time to get going before the first request is due. */
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final Duration POLL = Duration.ofMillis(2);

  /** A caller keeps its own deadline; this only guards against one that never reports. */
  private static final Duration GUARD = Duration.ofSeconds(5);

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;

  private final RunClock clock;
  private final Duration patience;
  private final Supplier<CompletableFuture<CallResult>> sender;
  private final int mostInFlight;

  /**
   * @param patience how long one reply is waited for
   * @param sender sends one request, and neither blocks nor throws
   * @param mostInFlight most requests on their way at once
   */
  LoadRun(
      RunClock clock,
      Duration patience,
      Supplier<CompletableFuture<CallResult>> sender,
      int mostInFlight) {
    this.clock = clock;
    this.patience = patience;
    this.sender = sender;
    this.mostInFlight = mostInFlight;
  }

  /**
   * What one request came to.
   *
   * @param result its reply without a body when {@code whole} is false
   * @param nanos from the moment it was to be sent
   */
  record Taken(CallResult result, boolean whole, long nanos) {}

  /**
   * What was measured.
   *
   * @param taken one for each request that was sent
   */
  record Measured(
      int planned,
      double perSecond,
      LoadRecord.Latency latency,
      LoadRecord.Latency lag,
      List<Taken> taken) {}

  /** The requests of a whole load. */
  Measured run(Load load) throws InterruptedException {
    return run(load.perSecond(), load.requests());
  }

  /** So many requests, at even distances. */
  // What becomes of a request is told where it ends, and nothing waits for it here.
  @SuppressWarnings("FutureReturnValueIgnored")
  Measured run(int perSecond, int requests) throws InterruptedException {
    long[] due = new long[requests];
    long[] left = new long[requests];
    AtomicReferenceArray<@Nullable Taken> taken = new AtomicReferenceArray<>(requests);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicLong bytes = new AtomicLong();
    long start = clock.nanos() + LEAD_NANOS;
    for (int i = 0; i < requests; i++) {
      // Even distances: the reader's own arithmetic, and the same for both sides.
      due[i] = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      long wait = due[i] - clock.nanos();
      if (wait > 0) {
        clock.pause(Duration.ofNanos(wait));
      }
      if (inFlight.get() >= mostInFlight) {
        continue; // not sent, and told
      }
      left[i] = Math.max(1, clock.nanos() - start);
      inFlight.incrementAndGet();
      int number = i;
      sender
          .get()
          .handle(
              (result, failure) -> {
                long nanos = clock.nanos() - due[number];
                taken.set(number, taken(result, failure, nanos, bytes));
                return inFlight.decrementAndGet();
              });
    }
    long end = clock.nanos() + patience.plus(GUARD).toNanos();
    while (inFlight.get() > 0 && clock.nanos() < end) {
      clock.pause(POLL);
    }
    return measured(start, due, left, taken);
  }

  private Measured measured(
      long start, long[] due, long[] left, AtomicReferenceArray<@Nullable Taken> taken) {
    Histogram latency = new Histogram(1, LONGEST_MICROS, DIGITS);
    Histogram lag = new Histogram(1, LONGEST_MICROS, DIGITS);
    List<Taken> all = new ArrayList<>();
    long now = clock.nanos();
    long first = 0;
    long last = 0;
    for (int i = 0; i < due.length; i++) {
      if (left[i] == 0) {
        continue;
      }
      first = all.isEmpty() ? left[i] : first;
      last = left[i];
      Taken one = taken.get(i);
      if (one == null) {
        CallResult never = new CallResult(Ended.TIMED_OUT, null, 0, "no end of the call");
        one = new Taken(never, true, now - due[i]);
      }
      all.add(one);
      record(latency, one.nanos());
      record(lag, start + left[i] - due[i]);
    }
    double seconds = (last - first) / 1e9;
    return new Measured(
        due.length,
        seconds > 0 ? Math.round((all.size() - 1) / seconds * 100) / 100.0 : 0,
        percentiles(latency),
        percentiles(lag),
        all);
  }

  private static void record(Histogram histogram, long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    histogram.recordValue(Math.max(0, Math.min(LONGEST_MICROS, micros)));
  }

  private static LoadRecord.Latency percentiles(Histogram histogram) {
    return new LoadRecord.Latency(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(90) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getValueAtPercentile(99.9) / 1e3,
        histogram.getMaxValue() / 1e3);
  }

  private static Taken taken(
      @Nullable CallResult result, @Nullable Throwable failure, long nanos, AtomicLong bytes) {
    if (result == null) {
      return new Taken(
          new CallResult(Ended.REFUSED, null, 0, String.valueOf(failure)), true, nanos);
    }
    HttpReply reply = result.reply();
    if (reply == null || bytes.addAndGet(reply.body().size()) <= MOST_BYTES) {
      return new Taken(result, true, nanos);
    }
    HttpReply bare = new HttpReply(reply.status(), Headers.NONE, Payload.EMPTY);
    return new Taken(
        new CallResult(result.ended(), bare, result.elapsedMillis(), result.detail()),
        false,
        nanos);
  }
}
