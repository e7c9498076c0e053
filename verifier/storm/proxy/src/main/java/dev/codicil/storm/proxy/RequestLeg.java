package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Payload;
import dev.codicil.storm.proxy.NodeControl.Stage;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
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
  private final boolean asked;
  private long plainSize;
  private boolean needsBody;
  private boolean wantsFields;
  private long gatherLimit;
  private boolean gathering = true;
  private boolean planned;
  private @Nullable String upgrade;
  private Orders orders = Orders.NONE;
  private @Nullable InetSocketAddress target;
  private int node = Balancer.NONE;
  private dev.codicil.contract.@Nullable HttpRequest noun;
  private dev.codicil.contract.@Nullable HttpRequest sent;
  private @Nullable Runnable onceArrived;

  RequestLeg(ProxyExchange exchange, HttpRequest head) {
    this.exchange = exchange;
    this.head = head;
    this.clientKeeps = HttpUtil.isKeepAlive(head);
    this.asked = exchange.asks(Stream.UPSTREAM) || exchange.asks(Stream.DOWNSTREAM);
  }

  /** Whether all of the request has come in. */
  boolean arrived() {
    return pipe.complete();
  }

  boolean wantsMore() {
    return pipe.wantsMore();
  }

  /** Whether the rest of it is up to the client, who was not told to wait before it sends it. */
  boolean awaitsClient() {
    boolean mayWait = pipe.size() == 0 && HttpUtil.is100ContinueExpected(head);
    return !pipe.complete() && pipe.wantsMore() && !mayWait;
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
    return Objects.requireNonNull(noun, "no fault is asked about this exchange");
  }

  /** The request as it went to the server, null when its body was not kept. */
  dev.codicil.contract.@Nullable HttpRequest sent() {
    return sent;
  }

  /** Where it went, null when nowhere. */
  @Nullable InetSocketAddress target() {
    return target;
  }

  /** Number of the node where it went; {@link Balancer#NONE} for none of the ordinary ones. */
  int node() {
    return node;
  }

  /** Method and target, by which a cache knows the request. */
  String key() {
    return head.method().name() + " " + head.uri();
  }

  /** Whether it asks for another protocol. */
  boolean upgrade() {
    return upgrade != null;
  }

  /** Which one that is. */
  String protocol() {
    return upgrade == null ? "" : upgrade;
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
    if (Coding.narrow(headers)) {
      exchange
          .cell()
          .noteOnce(
              ExchangeNote.Kind.ACCEPT_ENCODING_NARROWED,
              "codings other than gzip and deflate were left out of Accept-Encoding");
    }
    String protocol = Upgrades.wanted(head);
    Wire.stripHopByHop(headers);
    if (protocol != null && Upgrades.passes(protocol)) {
      upgrade = protocol;
      Upgrades.ask(headers, protocol);
    } else if (protocol != null) {
      exchange.note(ExchangeNote.Kind.UPGRADE_STRIPPED, "Upgrade: " + protocol);
    }
    if (head.method().equals(HttpMethod.CONNECT) || !originForm()) {
      refuse();
      return;
    }
    needsBody = exchange.needsBody(Stream.UPSTREAM);
    wantsFields = exchange.cell().recording() && Wire.isJson(head);
    // Without framing there is no body, and its end comes right behind the head.
    boolean bodiless = !Wire.isFramed(head);
    gatherLimit = needsBody || bodiless ? Wire.MAX_BODY : wantsFields ? SEEN_LIMIT : 0;
    boolean atOnce = gatherLimit < Math.max(1, Wire.declaredLength(head));
    if (!atOnce) {
      expectations(headers);
    }
    if (atOnce) {
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

  /**
   * A body that has to be here first is asked for here; else the server says whether it may come.
   */
  private void expectations(HttpHeaders headers) {
    if (HttpUtil.is100ContinueExpected(head)) {
      exchange.client().raw(Unpooled.wrappedBuffer(Wire.CONTINUE));
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
    if (asked || wantsFields) {
      ask(whole);
    }
    if ((orders.duplicate() || orders.reframe() != null) && !pipe.settled()) {
      gathering = true;
      gatherLimit = Wire.MAX_BODY;
      pipe.gather();
    } else {
      proceed();
    }
  }

  private void ask(boolean whole) {
    if (needsBody && !whole) {
      exchange.note(
          ExchangeNote.Kind.BODY_TOO_LARGE, "request body over " + gatherLimit + " bytes");
    }
    Coding coding = Coding.of(head.headers());
    Payload body = whole ? coding.decode(pipe.gathered(), Wire.MAX_BODY) : Payload.EMPTY;
    if (body == null && needsBody) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, "the request body is not readable " + coding);
    }
    if (wantsFields) {
      boolean readable = whole && body != null && body.size() <= SEEN_LIMIT;
      exchange.see(Stream.UPSTREAM, readable ? body : null, "request body too large or unreadable");
    }
    if (!asked) {
      return;
    }
    noun = body == null || !whole ? Wire.request(head, Payload.EMPTY) : Wire.decoded(head, body);
    orders = Orders.of(exchange.plan(Stream.UPSTREAM, noun, null));
    if (orders.replacement() != null) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, "a request cannot be replaced by a reply");
    }
    try {
      orders.rewrite(head, pipe);
    } catch (IllegalArgumentException unwritable) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, String.valueOf(unwritable.getMessage()));
    }
    plainSize = body == null ? 0 : body.size();
  }

  private void proceed() {
    gathering = false;
    pipe.pause();
    if (asked && pipe.settled()) {
      sent = Wire.request(head, pipe.gathered());
    }
    exchange.after(orders, this::go);
  }

  private void go() {
    Effect.Cut cut = orders.cut();
    dev.codicil.contract.HttpReply local = orders.answer();
    Effect.Stall stall = orders.stall();
    if (stall != null) {
      pipe.release();
      exchange.stall(stall);
    } else if (local != null) {
      answer(local);
    } else if (cut != null && cut.afterBodyBytes() < 0) {
      exchange.cut(cut.how(), false, Effect.Cut.How.CLOSE);
    } else if (orders.stale()) {
      stale(cut);
    } else {
      forward(cut);
    }
  }

  private void stale(Effect.@Nullable Cut cut) {
    dev.codicil.contract.HttpReply last = exchange.client().proxy().replies().find(key());
    if (last == null) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, "no earlier reply to " + key());
      forward(cut);
    } else {
      answer(last);
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
    Effect.StrikeNode strike = orders.strike();
    if (strike != null) {
      node = exchange.client().proxy().balancer().choose(exchange.call());
    }
    exchange.strike(strike, node, Stage.REQUEST_CAME, () -> choose(cut));
  }

  private void choose(Effect.@Nullable Cut cut) {
    FaultProxy proxy = exchange.client().proxy();
    InetSocketAddress named = proxy.balancer().predecessor(exchange.call());
    if (exchange.call() > 0) {
      proxy.balancer().handOver();
    }
    String name = orders.route();
    if (name != null) {
      named = proxy.target(name);
      if (named == null) {
        exchange.note(ExchangeNote.Kind.NOT_PERFORMED, "no node '" + name + "' on this edge");
      }
    }
    if (named == null) {
      sendInTurn(0, proxy.balancer().why(), cut);
    } else {
      node = Balancer.NONE;
      connect(named, cut, this::refused);
    }
  }

  /**
   * To the node whose turn it is, or else the next one to which a connection can be made.
   *
   * @param tried how many nodes were passed over
   * @param why what was wrong with the last of them
   */
  private void sendInTurn(int tried, String why, Effect.@Nullable Cut cut) {
    Balancer balancer = exchange.client().proxy().balancer();
    node = balancer.next(exchange.call(), tried);
    InetSocketAddress to = balancer.address(node);
    if (to == null) {
      refused(why);
      return;
    }
    int passed = balancer.turn(exchange.call(), node) + 1;
    connect(to, cut, refusal -> sendInTurn(passed, refusal, cut));
  }

  private void connect(InetSocketAddress to, Effect.@Nullable Cut cut, Consumer<String> otherwise) {
    target = to;
    exchange
        .client()
        .connect(
            to,
            server -> exchange.onLoop(() -> send(server, cut)),
            why -> exchange.onLoop(() -> otherwise.accept(why)));
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
    if (upgrade == null) {
      HttpUtil.setKeepAlive(head, clientKeeps);
    }
    Effect.Reframe.How broken = orders.reframe();
    if (broken != null && !Misframing.possible(broken, pipe, false)) {
      exchange.note(ExchangeNote.Kind.NOT_PERFORMED, Misframing.NO_BODY);
      broken = null;
    }
    if (broken != null) {
      server.retire();
      Misframing.apply(broken, head, pipe.held());
    }
    Effect.Reframe.How framing = broken;
    LastHttpContent whole = orders == Orders.NONE ? pipe.takeWhole() : null;
    if (whole != null) {
      server.channel().writeAndFlush(Wire.whole(head, whole));
      return;
    }
    server.channel().write(head);
    if (framing == Effect.Reframe.How.MALFORMED_CHUNK) {
      Payload body = pipe.gathered();
      pipe.discard();
      server.raw(Misframing.malformedChunks(body));
      return;
    }
    pipe.open(
        server.channel(),
        orders.limit(plainSize, pipe),
        orders.pace(),
        end -> {
          if (cut != null) {
            exchange.cut(cut.how(), true, cut.how());
          } else if (framing == Effect.Reframe.How.LENGTH_TOO_LONG) {
            server.endOutput();
          } else if (orders.strike() != null) {
            // Behind everything that is on its way to the node.
            server
                .channel()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(
                    done -> exchange.strike(orders.strike(), node, Stage.REQUEST_SENT, () -> {}));
          }
        });
  }

  /** The server no longer takes the request. */
  void unwanted() {
    pipe.discard();
  }
}
