package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Cut.How;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import io.netty.channel.Channel;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way of a reply: gathered if need be, planned, held or delayed, then given to the client. */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class ReplyLeg {
  /** How long the client's reply waits for the end of a duplicated request. */
  private static final Duration DUPLICATE_DEADLINE = Duration.ofSeconds(2);

  private final ProxyExchange exchange;
  private BodyPipe pipe = new BodyPipe();
  private @Nullable HttpResponse head;
  private boolean interim;
  private boolean gathering;
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
    if (response.status().code() == 101) {
      malformed("101 Switching Protocols, which nobody asked for");
      return;
    }
    interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (interim) {
      return;
    }
    head = response;
    int status = response.status().code();
    boolean bodiless = exchange.request().isHead() || status == 204 || status == 304;
    serverKeeps = HttpUtil.isKeepAlive(response) && (bodiless || Wire.isFramed(response));
    Wire.stripHopByHop(response.headers());
    needsBody = exchange.needsBody(Stream.DOWNSTREAM) || exchange.request().orders().duplicate();
    wantsFields = exchange.cell().recording() && Wire.isJson(response) && !bodiless;
    gatherLimit =
        needsBody || bodiless
            ? Wire.MAX_BODY
            : wantsFields && !Wire.isEncoded(response) ? RequestLeg.SEEN_LIMIT : 0;
    gathering = true;
    if (gatherLimit < Math.max(1, bodiless ? 0 : Wire.declaredLength(response))) {
      plan(response);
    }
  }

  private void part(HttpContent part) {
    if (interim) {
      interim = !(part instanceof LastHttpContent);
      part.release();
      return;
    }
    pipe.accept(part);
    if (gathering && head != null && (pipe.complete() || pipe.size() > gatherLimit)) {
      plan(head);
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
      deliver(begun, null);
    }
  }

  private void plan(HttpResponse response) {
    gathering = false;
    pipe.pause();
    boolean whole = pipe.complete();
    exchange.seeBody(Stream.DOWNSTREAM, pipe);
    Payload body = whole ? pipe.gathered() : Payload.EMPTY;
    if (needsBody && !whole) {
      exchange.note(ExchangeNote.Kind.BODY_TOO_LARGE, "reply body over " + gatherLimit + " bytes");
    }
    if (wantsFields) {
      boolean readable = whole && body.size() <= RequestLeg.SEEN_LIMIT && !Wire.isEncoded(response);
      exchange.see(Stream.DOWNSTREAM, readable ? body : null, "reply body too large or compressed");
    }
    Orders orders =
        Orders.of(
            exchange.plan(
                Stream.DOWNSTREAM, exchange.request().noun(), Wire.reply(response, body)));
    HttpResponse out = rewritten(response, orders);
    if (orders.duplicate() || exchange.request().orders().duplicate()) {
      duplicate(() -> exchange.after(orders, () -> deliver(out, orders.cut())));
    } else {
      exchange.after(orders, () -> deliver(out, orders.cut()));
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
      if (instead != null) {
        out = Wire.head(instead);
        pipe.replace(instead.body());
      }
      misframed = orders.rewrite(out, pipe);
    } catch (IllegalArgumentException unwritable) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, String.valueOf(unwritable.getMessage()));
    }
    return out;
  }

  private void duplicate(Runnable next) {
    dev.codicil.contract.HttpRequest again = exchange.request().sent();
    InetSocketAddress target = exchange.client().proxy().target();
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
    Payload body = reply.body();
    try {
      made = Wire.head(reply);
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
    deliver(made, null);
  }

  private void deliver(HttpResponse out, Effect.@Nullable Cut cut) {
    Objects.requireNonNull(out);
    if (cut != null && cut.afterBodyBytes() < 0) {
      exchange.cut(cut.how(), false, How.CLOSE);
      return;
    }
    delivering = true;
    boolean keep = exchange.request().clientKeeps() && serverKeeps;
    HttpUtil.setKeepAlive(out, keep);
    Channel client = exchange.client().channel();
    client.write(out);
    pipe.open(
        client,
        cut == null ? BodyPipe.NO_LIMIT : cut.afterBodyBytes(),
        end -> {
          How broken = lost;
          if (cut != null) {
            exchange.cut(cut.how(), true, How.CLOSE);
          } else if (end == BodyPipe.End.BROKEN) {
            exchange.cut(broken == null ? How.CLOSE : broken, true, How.CLOSE);
          } else {
            exchange.finish(keep && serverKeeps && !misframed);
          }
        });
  }
}
