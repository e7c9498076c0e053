package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Cut.How;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of a reply: gathered if need be, planned, held or delayed, then given to the client. */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class ReplyLeg {
  /** How long the client's reply waits for the end of a duplicated request. */
  private static final Duration DUPLICATE_DEADLINE = Duration.ofSeconds(2);

  /** Largest body of another kind than JSON that is kept for a stale reply, in bytes. */
  private static final int SMALL = 64 << 10;

  private final ProxyExchange exchange;
  private BodyPipe pipe = new BodyPipe();
  private @Nullable HttpResponse head;
  private boolean interim;
  private boolean gathering;
  private boolean asked;
  private boolean bodiless;
  private long plainSize;
  private @Nullable Runnable onceGathered;
  private boolean needsBody;
  private boolean wantsFields;
  private long gatherLimit;
  private boolean serverKeeps = true;
  private boolean misframed;
  private boolean delivering;
  private @Nullable How lost;

  ReplyLeg(ProxyExchange exchange) {
    this.exchange = exchange;
  }

  boolean wantsMore() {
    return pipe.wantsMore();
  }

  /** Whether it has begun, and the rest is up to the server. */
  boolean awaitsServer() {
    return head != null && !pipe.complete() && pipe.wantsMore();
  }

  void release() {
    pipe.release();
  }

  /** A part of the reply came from the server. */
  void message(HttpObject object) {
    if (exchange.over() || exchange.request().cutting()) {
      ReferenceCountUtil.release(object);
      return;
    }
    if (object.decoderResult().isFailure()) {
      Throwable cause = object.decoderResult().cause();
      ReferenceCountUtil.release(object);
      if (cause instanceof PrematureChannelClosureException) {
        lost(How.CLOSE);
      } else {
        malformed(String.valueOf(cause.getMessage()));
      }
    } else if (object instanceof HttpResponse response) {
      begin(response);
    } else if (object instanceof HttpContent part) {
      part(part);
    }
  }

  private void begin(HttpResponse response) {
    int status = response.status().code();
    interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (interim) {
      interim(response);
      return;
    }
    head = response;
    bodiless = exchange.request().isHead() || status == 204 || status == 304;
    serverKeeps = HttpUtil.isKeepAlive(response) && (bodiless || Wire.isFramed(response));
    Wire.stripHopByHop(response.headers());
    asked = exchange.asks(Stream.DOWNSTREAM);
    boolean struck = exchange.request().orders().strike() != null;
    needsBody =
        exchange.needsBody(Stream.DOWNSTREAM)
            || exchange.request().orders().duplicate()
            || struck; // a reply that is here whole is not cut off by the end of its node
    serverKeeps &= !struck;
    exchange.answered();
    boolean recording = exchange.cell().recording();
    wantsFields = recording && Wire.isJson(response) && !bodiless;
    long declared = bodiless ? 0 : Wire.declaredLength(response);
    if (needsBody || bodiless) {
      gatherLimit = Wire.MAX_BODY;
    } else if (wantsFields) {
      gatherLimit = RequestLeg.SEEN_LIMIT;
    } else {
      // Small bodies are kept for stale replies; they come in one piece anyway.
      gatherLimit = recording && declared <= SMALL && Wire.isFramed(response) ? declared : 0;
    }
    gathering = true;
    if (gatherLimit < Math.max(1, declared)) {
      plan(response);
    }
  }

  private void interim(HttpResponse response) {
    if (response.status().code() != 101) {
      exchange.client().raw(Wire.interim(response));
    } else if (exchange.request().upgrade()) {
      exchange.client().tunnel(Wire.interim(response));
    } else {
      malformed("101 Switching Protocols, which nobody asked for");
    }
  }

  private void part(HttpContent part) {
    if (interim) {
      interim = !(part instanceof LastHttpContent);
      part.release();
      return;
    }
    pipe.accept(part);
    HttpResponse begun = head;
    if (gathering && begun != null && (pipe.complete() || pipe.size() > gatherLimit)) {
      Runnable next = onceGathered;
      if (next == null) {
        plan(begun);
      } else {
        gathering = false;
        pipe.pause();
        next.run();
      }
    }
  }

  private void malformed(String why) {
    exchange.note(ExchangeNote.Kind.MALFORMED_REPLY, why);
    exchange.cut(How.CLOSE, delivering, How.CLOSE);
  }

  /** The server's connection ended. */
  void lost(How how) {
    serverKeeps = false;
    if (pipe.complete() || lost != null || exchange.request().cutting()) {
      return;
    }
    lost = how;
    HttpResponse begun = head;
    exchange.note(
        ExchangeNote.Kind.UPSTREAM_CLOSED,
        (how == How.RESET ? "reset " : "closed ")
            + (begun == null ? "before a reply" : "in the middle of a reply"));
    exchange.request().unwanted();
    if (begun == null) {
      exchange.cut(how, false, How.CLOSE);
      return;
    }
    pipe.breakOff();
    if (gathering) {
      // What came goes on as it is: faults are planned on whole messages only.
      gathering = false;
      deliver(begun, Orders.NONE);
    }
  }

  private void plan(HttpResponse response) {
    gathering = false;
    pipe.pause();
    boolean whole = pipe.complete();
    exchange.seeBody(Stream.DOWNSTREAM, pipe);
    Orders orders = asked || wantsFields ? ask(response, whole) : Orders.NONE;
    if (orders == Orders.NONE && whole && exchange.cell().recording()) {
      exchange.keep(response, pipe);
    }
    HttpResponse out = rewritten(response, orders);
    if (orders.reframe() != null && !pipe.settled()) {
      gathering = true;
      gatherLimit = Wire.MAX_BODY;
      pipe.gather();
      onceGathered = () -> proceed(out, orders);
    } else {
      proceed(out, orders);
    }
  }

  private Orders ask(HttpResponse response, boolean whole) {
    if (needsBody && !whole) {
      exchange.note(ExchangeNote.Kind.BODY_TOO_LARGE, "reply body over " + gatherLimit + " bytes");
    }
    Coding coding = Coding.of(response.headers());
    Payload body = whole ? coding.decode(pipe.gathered(), Wire.MAX_BODY) : Payload.EMPTY;
    if (body == null && needsBody && asked) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, "the reply body is not readable " + coding);
    }
    if (wantsFields) {
      boolean readable = whole && body != null && body.size() <= RequestLeg.SEEN_LIMIT;
      exchange.see(Stream.DOWNSTREAM, readable ? body : null, "reply body too large or unreadable");
    }
    Payload shown = body == null ? Payload.EMPTY : body;
    plainSize = shown.size();
    if (!asked) {
      return Orders.NONE;
    }
    HttpReply seen =
        body == null || !whole ? Wire.reply(response, shown) : Wire.decoded(response, shown);
    return Orders.of(exchange.plan(Stream.DOWNSTREAM, exchange.request().noun(), seen));
  }

  private void proceed(HttpResponse out, Orders orders) {
    RequestLeg request = exchange.request();
    exchange.client().proxy().balancer().handOver();
    exchange.strike(
        request.orders().strike(),
        request.node(),
        NodeControl.Stage.REPLY_CAME,
        () -> goOn(out, orders));
  }

  private void goOn(HttpResponse out, Orders orders) {
    if (orders.duplicate() || exchange.request().orders().duplicate()) {
      duplicate(() -> exchange.after(orders, () -> deliver(out, orders)));
    } else {
      exchange.after(orders, () -> deliver(out, orders));
    }
  }

  private HttpResponse rewritten(HttpResponse response, Orders orders) {
    HttpResponse out = response;
    try {
      HttpReply instead = orders.replacement();
      if (instead == null && orders.answer() != null) {
        // Too late to spare the server the request; what the client gets is the same.
        instead = orders.answer();
      }
      if (instead == null && orders.stale()) {
        instead = stale();
      }
      if (instead != null) {
        HttpReply coded = Wire.coded(instead);
        out = Wire.head(coded);
        pipe.replace(coded.body());
        plainSize = instead.body().size();
      }
      misframed = orders.rewrite(out, pipe);
    } catch (IllegalArgumentException unwritable) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, String.valueOf(unwritable.getMessage()));
    }
    return out;
  }

  private @Nullable HttpReply stale() {
    String key = exchange.request().key();
    HttpReply last = exchange.client().proxy().replies().find(key);
    if (last == null) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, "no earlier reply to " + key);
    }
    return last;
  }

  private void duplicate(Runnable next) {
    dev.codicil.contract.HttpRequest again = exchange.request().sent();
    InetSocketAddress target = exchange.request().target();
    if (again == null || target == null) {
      exchange.note(
          ExchangeNote.Kind.NOT_PERFORMED, "the request body was not kept, so not sent again");
      next.run();
      return;
    }
    String host = exchange.request().host();
    exchange
        .client()
        .proxy()
        .caller()
        .call(target, again, DUPLICATE_DEADLINE, host.isEmpty() ? Map.of() : Map.of("host", host))
        .whenComplete(
            (result, failure) ->
                exchange.onLoop(
                    () -> {
                      if (failure != null) {
                        exchange.note(
                            ExchangeNote.Kind.NOT_PERFORMED, String.valueOf(failure.getMessage()));
                      } else if (result.ended() != CallResult.Ended.REPLIED) {
                        exchange.note(
                            ExchangeNote.Kind.DUPLICATE_UNFINISHED,
                            result.ended() + " " + result.detail());
                      }
                      next.run();
                    }));
  }

  /** Gives the client a reply of the proxy's own. */
  void answer(HttpReply reply) {
    HttpResponse made;
    Payload body;
    try {
      HttpReply coded = Wire.coded(reply);
      made = Wire.head(coded);
      body = coded.body();
    } catch (IllegalArgumentException unwritable) {
      String why = String.valueOf(unwritable.getMessage());
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, why);
      HttpReply problem = Wire.problem(500, Wire.PROXY_HEADER, "unwritable-answer", why);
      made = Wire.head(problem);
      body = problem.body();
    }
    head = made;
    pipe.release();
    pipe = new BodyPipe();
    pipe.accept(Wire.last(body));
    deliver(made, Orders.NONE);
  }

  private void deliver(HttpResponse out, Orders orders) {
    Effect.Cut cut = orders.cut();
    Effect.Stall stall = orders.stall();
    if (stall != null) {
      pipe.release();
      exchange.stall(stall);
      return;
    }
    if (cut != null && cut.afterBodyBytes() < 0) {
      exchange.cut(cut.how(), false, How.CLOSE);
      return;
    }
    delivering = true;
    boolean keep = exchange.request().clientKeeps() && serverKeeps;
    HttpUtil.setKeepAlive(out, keep);
    Effect.Reframe.How framing = framing(out, orders);
    Channel client = exchange.client().channel();
    boolean plain = orders.cut() == null && framing == null && orders.pace() == null;
    LastHttpContent whole = plain ? pipe.takeWhole() : null;
    if (whole != null) {
      ChannelFuture written = client.writeAndFlush(Wire.whole(out, whole));
      if (written.isDone()) {
        delivered(orders, null, BodyPipe.End.WHOLE, keep);
      } else {
        written.addListener(done -> delivered(orders, null, BodyPipe.End.WHOLE, keep));
      }
      return;
    }
    client.write(out);
    if (framing == Effect.Reframe.How.MALFORMED_CHUNK) {
      Payload body = pipe.gathered();
      pipe.discard();
      exchange
          .client()
          .raw(Misframing.malformedChunks(body))
          .addListener(done -> exchange.cut(How.CLOSE, true, How.CLOSE));
      return;
    }
    pipe.open(
        client,
        orders.limit(plainSize, pipe),
        orders.pace(),
        end -> delivered(orders, framing, end, keep));
  }

  private void delivered(
      Orders orders, Effect.Reframe.@Nullable How framing, BodyPipe.End end, boolean keep) {
    Effect.Cut cut = orders.cut();
    Effect.SlowClose late = orders.slowClose();
    How broken = lost;
    if (cut != null) {
      exchange.cut(cut.how(), true, How.CLOSE);
    } else if (end == BodyPipe.End.BROKEN) {
      exchange.cut(broken == null ? How.CLOSE : broken, true, How.CLOSE);
    } else if (framing == Effect.Reframe.How.LENGTH_TOO_LONG) {
      exchange.cut(How.CLOSE, true, How.CLOSE);
    } else if (late != null) {
      exchange.linger(late.time());
    } else {
      exchange.finish(keep && serverKeeps && !misframed);
    }
  }

  private Effect.Reframe.@Nullable How framing(HttpResponse out, Orders orders) {
    Effect.Reframe.How how = orders.reframe();
    if (how == null) {
      return null;
    }
    if (!Misframing.possible(how, pipe, bodiless)) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, Misframing.NO_BODY);
      return null;
    }
    Misframing.apply(how, out, pipe.held());
    return how;
  }
}
