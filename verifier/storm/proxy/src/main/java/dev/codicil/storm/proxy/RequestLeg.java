package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Payload;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way of a request: gathered if need be, planned, held or delayed, then sent on. */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestLeg {
  /** Largest JSON body whose fields are logged, in bytes. */
  static final int SEEN_LIMIT = 1 << 20;

  private final ProxyExchange exchange;
  private final HttpRequest head;
  private final BodyPipe pipe = new BodyPipe();
  private final boolean clientKeeps;
  private boolean needsBody;
  private boolean wantsFields;
  private long gatherLimit;
  private boolean gathering = true;
  private boolean planned;
  private Orders orders = Orders.of(java.util.List.of());
  private dev.codicil.contract.@Nullable HttpRequest noun;
  private dev.codicil.contract.@Nullable HttpRequest sent;
  private @Nullable Runnable onceArrived;

  RequestLeg(ProxyExchange exchange, HttpRequest head) {
    this.exchange = exchange;
    this.head = head;
    this.clientKeeps = HttpUtil.isKeepAlive(head);
  }

  /** Whether all of the request has come in. */
  boolean arrived() {
    return pipe.complete();
  }

  boolean wantsMore() {
    return pipe.wantsMore();
  }

  boolean clientKeeps() {
    return clientKeeps;
  }

  boolean isHead() {
    return head.method().equals(HttpMethod.HEAD);
  }

  /** Whether a cut of this request is under way, so that a reply no longer matters. */
  boolean cutting() {
    return orders.cut() != null;
  }

  Orders orders() {
    return orders;
  }

  /** The request as the client sent it; its body is empty when it was not gathered. */
  dev.codicil.contract.HttpRequest noun() {
    return Objects.requireNonNull(noun, "asked before the request was planned");
  }

  /** The request as it went to the server, null when its body was not kept. */
  dev.codicil.contract.@Nullable HttpRequest sent() {
    return sent;
  }

  String host() {
    return head.headers().get(HttpHeaderNames.HOST, "");
  }

  void release() {
    pipe.release();
  }

  void start() {
    HttpHeaders headers = head.headers();
    headers.remove(Wire.EXCHANGE_HEADER);
    if (headers.contains(HttpHeaderNames.ACCEPT_ENCODING)) {
      headers.remove(HttpHeaderNames.ACCEPT_ENCODING);
      exchange
          .cell()
          .noteOnce(
              ExchangeNote.Kind.ACCEPT_ENCODING_STRIPPED,
              "Accept-Encoding left out of every request");
    }
    if (headers.contains(HttpHeaderNames.UPGRADE)) {
      exchange.note(
          ExchangeNote.Kind.UPGRADE_STRIPPED, "Upgrade: " + headers.get(HttpHeaderNames.UPGRADE));
    }
    Wire.stripHopByHop(headers);
    if (head.method().equals(HttpMethod.CONNECT) || !originForm()) {
      refuse();
      return;
    }
    expectations(headers);
    needsBody = exchange.needsBody(Stream.UPSTREAM);
    wantsFields = exchange.cell().recording() && Wire.isJson(head) && !Wire.isEncoded(head);
    // Without framing there is no body, and its end comes right behind the head.
    boolean bodiless = !Wire.isFramed(head);
    gatherLimit = needsBody || bodiless ? Wire.MAX_BODY : wantsFields ? SEEN_LIMIT : 0;
    if (gatherLimit < Math.max(1, Wire.declaredLength(head))) {
      plan();
    }
  }

  /** Makes the target origin-form; false when it cannot be. */
  private boolean originForm() {
    String target = head.uri();
    if (target.startsWith("/")) {
      return true;
    }
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    int path = target.indexOf('/', scheme + 3);
    int query = target.indexOf('?', scheme + 3);
    if (query >= 0 && (path < 0 || query < path)) {
      head.setUri("/" + target.substring(query));
    } else {
      head.setUri(path < 0 ? "/" : target.substring(path));
    }
    return true;
  }

  private void refuse() {
    exchange.note(ExchangeNote.Kind.NOT_SUPPORTED, head.method() + " " + head.uri());
    planned = true;
    gathering = false;
    answer(Wire.problem(501, Wire.PROXY_HEADER, "not-supported", "the fault proxy cannot do this"));
  }

  private void expectations(HttpHeaders headers) {
    if (HttpUtil.is100ContinueExpected(head)) {
      exchange.client().sendContinue();
      exchange.note(
          ExchangeNote.Kind.EXPECT_ANSWERED, "100 Continue came from the proxy, not the server");
    }
    headers.remove(HttpHeaderNames.EXPECT);
  }

  void part(io.netty.handler.codec.http.HttpContent part) {
    pipe.accept(part);
    if (gathering && (pipe.complete() || pipe.size() > gatherLimit)) {
      if (planned) {
        proceed();
      } else {
        plan();
      }
    }
    Runnable next = onceArrived;
    if (next != null && pipe.complete()) {
      onceArrived = null;
      next.run();
    }
  }

  private void plan() {
    planned = true;
    gathering = false;
    pipe.pause();
    boolean whole = pipe.complete();
    exchange.seeBody(Stream.UPSTREAM, pipe);
    Payload body = whole ? pipe.gathered() : Payload.EMPTY;
    if (needsBody && !whole) {
      exchange.note(
          ExchangeNote.Kind.BODY_TOO_LARGE, "request body over " + gatherLimit + " bytes");
    }
    if (wantsFields) {
      boolean readable = whole && body.size() <= SEEN_LIMIT;
      exchange.see(Stream.UPSTREAM, readable ? body : null, "request body too large");
    }
    noun = Wire.request(head, body);
    orders = Orders.of(exchange.plan(Stream.UPSTREAM, noun, null));
    if (orders.replacement() != null) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, "a request cannot be replaced by a reply");
    }
    try {
      orders.rewrite(head, pipe);
    } catch (IllegalArgumentException unwritable) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, String.valueOf(unwritable.getMessage()));
    }
    if (orders.duplicate() && !pipe.settled()) {
      gathering = true;
      gatherLimit = Wire.MAX_BODY;
      pipe.gather();
    } else {
      proceed();
    }
  }

  private void proceed() {
    gathering = false;
    pipe.pause();
    if (pipe.settled()) {
      sent = Wire.request(head, pipe.gathered());
    }
    exchange.after(orders, this::go);
  }

  private void go() {
    Effect.Cut cut = orders.cut();
    dev.codicil.contract.HttpReply local = orders.answer();
    if (local != null) {
      answer(local);
    } else if (cut != null && cut.afterBodyBytes() < 0) {
      exchange.cut(cut.how(), false, Effect.Cut.How.CLOSE);
    } else {
      forward(cut);
    }
  }

  /** Answers at the proxy, once the request is out of the way. */
  private void answer(dev.codicil.contract.HttpReply reply) {
    pipe.discard();
    if (pipe.complete()) {
      exchange.reply().answer(reply);
    } else {
      onceArrived = () -> exchange.reply().answer(reply);
    }
  }

  private void forward(Effect.@Nullable Cut cut) {
    InetSocketAddress target = exchange.client().proxy().target();
    if (target == null) {
      refused("no target is set");
      return;
    }
    exchange
        .client()
        .connect(
            target,
            server -> exchange.onLoop(() -> send(server, cut)),
            why -> exchange.onLoop(() -> refused(why)));
  }

  private void refused(String why) {
    exchange.note(ExchangeNote.Kind.UPSTREAM_REFUSED, why);
    Effect.Cut cut = orders.cut();
    if (cut != null) {
      exchange.cut(cut.how(), false, Effect.Cut.How.CLOSE);
    } else {
      answer(Wire.problem(502, Wire.PROXY_HEADER, "upstream-refused", why));
    }
  }

  private void send(UpstreamConnection server, Effect.@Nullable Cut cut) {
    server.begin(exchange);
    HttpUtil.setKeepAlive(head, clientKeeps);
    server.channel().write(head);
    pipe.open(
        server.channel(),
        cut == null ? BodyPipe.NO_LIMIT : cut.afterBodyBytes(),
        end -> {
          if (cut != null) {
            exchange.cut(cut.how(), true, cut.how());
          }
        });
  }

  /** The server no longer takes the request. */
  void unwanted() {
    pipe.discard();
  }
}
