package dev.codicil.junit.client;

import dev.codicil.chaos.Durations;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injection;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Payload;
import dev.codicil.engine.ClientStage;
import dev.codicil.engine.ConsumerStage.Storm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one client has met of its weather so far. Safe for several threads. */
final class ClientStorms {
  private final Chaos chaos;
  private final ClientStage stage;
  private final Pause pause;
  private final Map<String, ClientCell> cells = new LinkedHashMap<>();
  private final Map<String, Integer> turns = new HashMap<>();
  private final Map<String, HttpReply> replies = new HashMap<>();
  private final Set<String> spared = new LinkedHashSet<>();

  /**
   * @param repeats whether the client can send one request twice
   * @throws InputException when the weather cannot be read, or not be performed in process
   */
  ClientStorms(Chaos chaos, Pause pause, boolean repeats) {
    this.chaos = chaos;
    this.stage = chaos.stage(repeats);
    this.pause = pause;
  }

  /** What was done, in order, storm by storm. */
  synchronized List<Injection> injections() {
    return cells.values().stream().flatMap(cell -> cell.injections().stream()).toList();
  }

  /** The same, one readable line each. */
  List<String> struck() {
    return injections().stream().map(one -> one.fault() + ": " + one.detail()).toList();
  }

  /** Exchanges that no fault of the weather can strike: {@code METHOD path}. */
  synchronized List<String> spared() {
    return List.copyOf(spared);
  }

  /** The storm whose turn it is; null when nothing strikes such an exchange. */
  private synchronized @Nullable ClientCell cell(HttpRequest request) {
    ClientStage.Called called = stage.called(request);
    List<Storm> storms = chaos.storms(stage, called);
    if (storms.isEmpty()) {
      spared.add(request.method() + " " + request.path());
      return null;
    }
    String edge = stage.edge(called.provider());
    int turn = turns.merge(edge + ' ' + called.interaction().key(), 1, Integer::sum) - 1;
    Storm storm = storms.get(turn % storms.size());
    return cells.computeIfAbsent(storm.id(), id -> new ClientCell(edge, stage.injector(storm)));
  }

  /**
   * One exchange in the storm.
   *
   * @param timeout how long the client waits for the reply; null when it does not say
   * @return what the client gets
   * @throws Broken when it gets no reply
   * @throws Hung when it would wait longer than the time budget, without a time-out of its own
   * @throws InputException when it is not known which contract the exchange is of
   */
  Outcome exchange(HttpRequest request, @Nullable Duration timeout, Transport transport)
      throws IOException, InterruptedException {
    ClientCell cell = cell(request);
    if (cell == null) {
      return new Outcome(transport.send(request), null);
    }
    Clock clock = new Clock(chaos.patience(timeout));
    ClientCell.Begun begun = cell.begin(request);
    Wishes before = cell.request(begun, request);
    clock.pass(before.delay());
    clock.stall(before.stall());
    HttpReply local = before.answer();
    if (local == null && before.cut() != null) {
      // The server has none or a part of the request, and nothing to answer.
      throw broken(before.cut(), 0);
    }
    if (local == null && before.stale()) {
      local = last(request);
    }
    if (local != null) {
      return new Outcome(local, null);
    }
    HttpRequest sent =
        before.changes()
            ? new HttpRequest(
                request.method(),
                request.target(),
                before.headers(request.headers()),
                before.body(request.body()))
            : request;
    HttpReply reply = transport.send(sent);
    if (!before.changes()) {
      keep(request, reply);
    }
    if (before.duplicate()) {
      again(sent, transport);
    }
    return deliver(cell, begun, sent, reply, clock, transport);
  }

  private Outcome deliver(
      ClientCell cell,
      ClientCell.Begun begun,
      HttpRequest sent,
      HttpReply reply,
      Clock clock,
      Transport transport)
      throws IOException, InterruptedException {
    Wishes wishes = cell.reply(begun, sent, reply);
    if (wishes.duplicate()) {
      again(sent, transport);
    }
    clock.pass(wishes.delay());
    clock.stall(wishes.stall());
    HttpReply came = wishes.stale() ? last(sent) : null;
    HttpReply whole = wishes.reply(came == null ? reply : came);
    Effect.Cut cut = wishes.cut();
    if (cut == null) {
      return new Outcome(whole, null);
    }
    if (cut.afterBodyBytes() < 0) {
      throw broken(cut, 0);
    }
    byte[] bytes = whole.body().bytes();
    int passes = Math.min(cut.afterBodyBytes(), bytes.length);
    byte[] part = java.util.Arrays.copyOf(bytes, passes);
    Broken end =
        new Broken(
            cut.how() == Effect.Cut.How.RESET ? Broken.How.RESET : Broken.How.TRUNCATED,
            bytes.length,
            passes);
    return new Outcome(new HttpReply(whole.status(), whole.headers(), Payload.of(part)), end);
  }

  private static Broken broken(Effect.Cut cut, int expected) {
    return new Broken(
        cut.how() == Effect.Cut.How.RESET ? Broken.How.RESET : Broken.How.CLOSED, expected, 0);
  }

  private static void again(HttpRequest request, Transport transport)
      throws IOException, InterruptedException {
    try {
      transport.send(request);
    } catch (IOException unfinished) {
      // The client has the first reply; what becomes of the second is the server's affair.
    }
  }

  private synchronized void keep(HttpRequest request, HttpReply reply) {
    replies.put(request.method() + ' ' + request.target(), reply);
  }

  private synchronized @Nullable HttpReply last(HttpRequest request) {
    return replies.get(request.method() + ' ' + request.target());
  }

  /** The time of one exchange, as its client measures it. */
  private final class Clock {
    private final @Nullable Duration timeout;
    private final long start = pause.nanos();

    Clock(@Nullable Duration timeout) {
      this.timeout = timeout;
    }

    void pass(Duration time) throws IOException, InterruptedException {
      if (time.isZero()) {
        return;
      }
      Duration most = timeout == null ? chaos.budget() : timeout;
      Duration left = most.minusNanos(pause.nanos() - start);
      if (time.compareTo(left) < 0) {
        pause.sleep(time);
        return;
      }
      if (!left.isNegative() && (chaos.waits() || timeout == null)) {
        pause.sleep(left);
      }
      if (timeout == null) {
        throw new Hung(
            "no reply within the time budget of "
                + Durations.format(chaos.budget())
                + " under "
                + chaos
                + ", and the client has no time-out of its own (a time-out that it has and does not"
                + " tell is declared with timeout(...))");
      }
      throw new Broken(Broken.How.TIMED_OUT);
    }

    void stall(Effect.@Nullable Stall stall) throws IOException, InterruptedException {
      if (stall == null) {
        return;
      }
      Duration until = stall.closeAfter();
      pass(until == null ? Duration.ofDays(1) : until);
      throw new Broken(Broken.How.CLOSED);
    }
  }

  /** Header fields without those that are of one connection, as faults are shown them. */
  static Headers shown(Map<String, List<String>> fields, boolean request) {
    Map<String, List<String>> kept = new HashMap<>();
    fields.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(java.util.Locale.ROOT);
          if (!HOP_BY_HOP.contains(lower)
              && !(request && (lower.equals("host") || lower.equals("content-length")))) {
            kept.merge(
                lower,
                values,
                (one, other) -> {
                  List<String> both = new ArrayList<>(one);
                  both.addAll(other);
                  return both;
                });
          }
        });
    return Headers.of(kept);
  }

  // RFC 9110, section 7.6.1.
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");
}
