package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.CallResult.Ended;
import dev.codicil.storm.proxy.HttpCaller;
import dev.codicil.storm.proxy.StormLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LoadRunTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final CallResult OK =
      new CallResult(Ended.REPLIED, new HttpReply(200, Headers.NONE, Payload.EMPTY), 0, "");

  /** Time that passes only while somebody waits; what is due meanwhile happens on the way. */
  private static final class Held implements RunClock {
    private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final List<Long> sent = new ArrayList<>();
    private long now = 1_000_000_000L;
    private long first;

    private record Due(long at, CompletableFuture<CallResult> reply) {}

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void pause(Duration time) {
      long until = now + time.toNanos();
      while (!due.isEmpty() && due.element().at <= until) {
        Due next = due.remove();
        now = Math.max(now, next.at);
        next.reply.complete(OK);
      }
      now = Math.max(now, until);
    }

    /** A service that answers after a millisecond, but not between two moments. */
    CompletableFuture<CallResult> stalling(long fromMillis, long toMillis) {
      first = sent.isEmpty() ? now : first;
      sent.add(now - first);
      long millis = (now - first) / 1_000_000;
      CompletableFuture<CallResult> reply = new CompletableFuture<>();
      boolean stalled = millis >= fromMillis && millis < toMillis;
      due.add(new Due(stalled ? first + toMillis * 1_000_000 : now + 1_000_000, reply));
      return reply;
    }
  }

  private static LoadRun.Measured run(Held clock, long stallFrom, long stallTo, int inFlight)
      throws InterruptedException {
    return new LoadRun(clock, PATIENCE, () -> clock.stalling(stallFrom, stallTo), inFlight)
        .run(100, 400);
  }

  @Test
  void everyRequestLeavesAtItsTimeThoughNobodyAnswers() throws InterruptedException {
    Held clock = new Held();
    LoadRun.Measured measured = run(clock, 1000, 2000, 1000);
    List<Long> even = new ArrayList<>();
    for (long i = 0; i < 400; i++) {
      even.add(i * 10_000_000);
    }
    assertThat(clock.sent).isEqualTo(even);
    assertThat(measured.perSecond()).isEqualTo(100);
    assertThat(measured.lag().max()).isZero();
  }

  /**
   * Of 400 requests 100 arrive in the second of the stall. A closed loop would have sent one of
   * them, waited, and reported 299 of 300 at a millisecond: a 99th percentile of 1 ms.
   */
  @Test
  void aStallShowsInAllThatArriveMeanwhile() throws InterruptedException {
    LoadRun.Measured measured = run(new Held(), 1000, 2000, 1000);
    assertThat(measured.latency().samples()).isEqualTo(400);
    assertThat(measured.latency().p50()).isCloseTo(1, within(0.01));
    assertThat(measured.latency().p90()).isCloseTo(600, within(11.0));
    assertThat(measured.latency().p99()).isCloseTo(960, within(11.0));
    assertThat(measured.latency().max()).isCloseTo(1000, within(1.0));
  }

  @Test
  void whatIsTooMuchAtOnceIsNotSentAndNotLeftOut() throws InterruptedException {
    LoadRun.Measured measured = run(new Held(), 1000, 2000, 40);
    assertThat(measured.planned()).isEqualTo(400);
    assertThat(measured.taken()).hasSize(340);
  }

  @Test
  void aSenderThatIsHeldUpTellsItsLagAndCountsItAsLatency() throws InterruptedException {
    Held clock = new Held();
    AtomicInteger calls = new AtomicInteger();
    LoadRun.Measured measured =
        new LoadRun(
                clock,
                PATIENCE,
                () -> {
                  if (calls.getAndIncrement() == 100) {
                    clock.pause(Duration.ofMillis(200)); // this machine does something else
                  }
                  return clock.stalling(0, 0);
                },
                1000)
            .run(100, 400);
    assertThat(measured.taken()).hasSize(400);
    assertThat(measured.lag().max()).isCloseTo(190, within(1.0));
    assertThat(measured.latency().max()).isCloseTo(201, within(1.0));
    assertThat(measured.lag().p50()).isZero();
  }

  @Test
  void aCallThatNeverEndsIsTimedOutAndBounded() throws InterruptedException {
    Held clock = new Held();
    LoadRun.Measured measured =
        new LoadRun(clock, Duration.ofSeconds(2), CompletableFuture::new, 1000).run(100, 10);
    assertThat(measured.taken())
        .hasSize(10)
        .allSatisfy(taken -> assertThat(taken.result().ended()).isEqualTo(Ended.TIMED_OUT));
    assertThat(measured.latency().p50()).isGreaterThan(2000);
  }

  @Test
  void aCallThatCannotBeMadeIsNoReply() throws InterruptedException {
    Held clock = new Held();
    LoadRun.Measured measured =
        new LoadRun(
                clock,
                PATIENCE,
                () -> CompletableFuture.failedFuture(new IllegalArgumentException("no")),
                1000)
            .run(100, 10);
    assertThat(measured.taken())
        .allSatisfy(taken -> assertThat(taken.result().ended()).isEqualTo(Ended.REFUSED));
  }

  /**
   * The first ten requests are answered when the tenth has come. One request after the other would
   * wait for ever; and the first waits for the nine that are to leave ten milliseconds apart.
   */
  @Test
  @Timeout(60)
  void aRealServerThatStallsDoesNotHoldUpTheSender() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch tenth = new CountDownLatch(10);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          tenth.countDown();
          try {
            tenth.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try (StormLoop loop = StormLoop.open()) {
      Calls calls = new Calls(new HttpCaller(loop), RunClock.SYSTEM);
      LoadRun.Measured measured =
          new LoadRun(
                  RunClock.SYSTEM,
                  PATIENCE,
                  () -> calls.begin(server.getAddress(), Storm.get("/"), PATIENCE, Map.of()),
                  1000)
              .run(100, 20);
      assertThat(measured.taken())
          .hasSize(20)
          .allSatisfy(taken -> assertThat(taken.result().ended()).isEqualTo(Ended.REPLIED));
      // Requests 1 to 10 wait at least 90, 80, ... 0 ms; the machine can only make it more.
      assertThat(measured.latency().max()).isGreaterThanOrEqualTo(89.9);
      assertThat(measured.latency().p90()).isGreaterThanOrEqualTo(69.9);
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
