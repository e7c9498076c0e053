package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Cut.How;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its reply; both legs share its cell, its timers and its end. */
final class ProxyExchange {
  private final ClientConnection client;
  private final EdgeCell cell;
  private final int call;
  private final boolean repeated;
  private final String name;
  private final RequestLeg request;
  private final ReplyLeg reply;
  private final List<Future<?>> timers = new ArrayList<>(0);
  private boolean over;
  private boolean stalled;
  private boolean told;

  ProxyExchange(ClientConnection client, EdgeCell cell, HttpRequest head) {
    this.client = client;
    this.cell = cell;
    EdgeCell.Begun begun = cell.begin(client.proxy().edge(), head);
    this.call = begun.call();
    this.repeated = begun.repeated();
    this.name = head.headers().get(Wire.EXCHANGE_HEADER, "");
    this.request = new RequestLeg(this, head);
    this.reply = new ReplyLeg(this);
  }

  void start() {
    request.start();
  }

  ClientConnection client() {
    return client;
  }

  EdgeCell cell() {
    return cell;
  }

  RequestLeg request() {
    return request;
  }

  ReplyLeg reply() {
    return reply;
  }

  boolean isOf(EdgeCell other) {
    return cell == other;
  }

  boolean over() {
    return over;
  }

  int call() {
    return call;
  }

  void note(ExchangeNote.Kind kind, String detail) {
    cell.note(call, kind, detail);
  }

  /** Whether the client waits for nothing that will come. */
  boolean stalled() {
    return stalled;
  }

  /** Whether the client has its whole reply, although the connection is not yet free. */
  boolean told() {
    return told;
  }

  /** Whether any fault is to be asked about messages of this kind. */
  boolean asks(Stream stream) {
    return cell.asks(client.proxy().edge(), stream);
  }

  boolean needsBody(Stream stream) {
    return cell.needsBody(client.proxy().edge(), stream, call);
  }

  /** Asks the faults about one message and logs what they want. */
  List<Effect> plan(
      Stream stream, dev.codicil.contract.HttpRequest sent, @Nullable HttpReply received) {
    try {
      Exchange exchange =
          new Exchange(
              client.proxy().edge(), name, call, stream, sent, received, repeated, client.caller());
      return cell.plan(exchange).effects();
    } catch (RuntimeException broken) {
      note(ExchangeNote.Kind.INJECTOR_FAILED, broken.toString());
      return List.of();
    }
  }

  /** Logs which node answers, where there are several. */
  void answered() {
    if (client.proxy().balancer().several()) {
      cell.answered(call, request.node());
    }
  }

  /** Logs that a message has a body, so that faults on bodies mean something there. */
  void seeBody(Stream stream, BodyPipe body) {
    if (body.size() > 0 || !body.complete()) {
      cell.seeBody(stream);
    }
  }

  /** Logs the fields of a body, null when it could not be read whole. */
  void see(Stream stream, @Nullable Payload body, String whyNot) {
    if (body == null) {
      note(ExchangeNote.Kind.NOT_SEEN, whyNot);
    } else {
      cell.see(stream, body);
    }
  }

  /** Keeps the reply for a later stale one, unless a fault touched the request. */
  void keep(HttpResponse head, BodyPipe body) {
    if (request.orders() == Orders.NONE) {
      Payload plain = Coding.of(head.headers()).decode(body.gathered(), Wire.MAX_BODY);
      if (plain != null) {
        client.proxy().replies().keep(request.key(), Wire.reply(head, plain));
      }
    }
  }

  /** Goes on after all holds and then the delay; no thread waits. */
  void after(Orders orders, Runnable next) {
    if (orders == Orders.NONE) {
      next.run();
      return;
    }
    holdThenDelay(new ArrayDeque<>(orders.holds()), orders, next);
  }

  private void holdThenDelay(Deque<String> holds, Orders orders, Runnable next) {
    String until = holds.poll();
    if (until != null) {
      cell.await(until, () -> onLoop(() -> holdThenDelay(holds, orders, next)));
    } else if (orders.delay().isZero()) {
      next.run();
    } else {
      later(orders.delay(), next);
    }
  }

  /** Does what a fault wants done to a node at this stage, then goes on. */
  void strike(
      Effect.@Nullable StrikeNode effect, int node, NodeControl.Stage stage, Runnable next) {
    NodeControl control = client.proxy().control();
    if (effect == null) {
      next.run();
    } else if (control == null) {
      note(ExchangeNote.Kind.NOT_PERFORMED, "nobody runs the nodes of this edge");
      next.run();
    } else {
      control
          .strike(effect, node, stage)
          .whenComplete(
              (done, failure) ->
                  onLoop(
                      () -> {
                        if (failure != null) {
                          note(
                              ExchangeNote.Kind.NOT_PERFORMED,
                              String.valueOf(failure.getMessage()));
                        }
                        next.run();
                      }));
    }
  }

  /** Runs a step of this exchange on its event loop, unless the exchange is over by then. */
  void onLoop(Runnable step) {
    if (client.channel().eventLoop().inEventLoop()) {
      if (!over) {
        step.run();
        client.updateReads();
        client.moved();
      }
    } else {
      client.channel().eventLoop().execute(() -> onLoop(step));
    }
  }

  private void later(Duration time, Runnable step) {
    timers.add(
        client
            .channel()
            .eventLoop()
            .schedule(() -> onLoop(step), time.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** The client gets nothing more; its connection stays until it or the order ends it. */
  void stall(Effect.Stall order) {
    stalled = true;
    if (order.closeAfter() != null) {
      later(order.closeAfter(), () -> cut(How.CLOSE, false, How.CLOSE));
    }
    client.updateReads();
  }

  /** The client has the whole reply; its connection stays open for some time, but unused. */
  void linger(Duration time) {
    told = true;
    stalled = true;
    cell.settle(name);
    later(time, () -> cut(How.CLOSE, false, How.CLOSE));
    client.updateReads();
  }

  /** The client has the whole reply. */
  void finish(boolean keep) {
    Effect.SlowClose late = request.orders().slowClose();
    if (late != null) {
      client.retireUpstream(late.time());
    }
    if (abandon()) {
      client.exchangeOver(this, keep && request.arrived());
    }
  }

  /** Ends the client's connection in the middle, the server's too. */
  void cut(How how, boolean afterBytes, How upstreamHow) {
    if (abandon()) {
      client.end(how, afterBytes, upstreamHow);
    }
  }

  /**
   * Lets go of everything, and of whoever waits for this exchange. The connections are the caller's
   * to end.
   *
   * @return false when the exchange was over already
   */
  boolean abandon() {
    if (over) {
      return false;
    }
    over = true;
    timers.forEach(timer -> timer.cancel(false));
    request.release();
    reply.release();
    UpstreamConnection server = client.upstream();
    if (server != null) {
      server.exchangeOver();
    }
    cell.settle(name);
    return true;
  }
}
