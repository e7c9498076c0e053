package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect.Cut.How;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a client with the one to the server behind it. Exchanges go one after the other,
 * also when the client pipelines. The two connections end together, so that the client sees what it
 * would see without a proxy.
 */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientConnection extends ChannelInboundHandlerAdapter implements Connected {
  private final FaultProxy proxy;
  private final Channel channel;
  private final ServerCodec codec;
  private final int caller;
  private final Standstill standstill;
  private final Deque<HttpObject> queue = new ArrayDeque<>();
  private @Nullable ProxyExchange current;
  private @Nullable UpstreamConnection upstream;
  private boolean pumping;
  private boolean ending;
  private boolean inputOver;
  private boolean tunneling;
  private boolean offersHttp2;
  private boolean agreedHttp2;
  private boolean greeting;
  private @Nullable Tunnel tunnel;

  /**
   * @param caller number of the caller's node
   */
  ClientConnection(FaultProxy proxy, Channel channel, ServerCodec codec, int caller) {
    this.caller = caller;
    this.proxy = proxy;
    this.channel = channel;
    this.codec = codec;
    this.standstill = new Standstill(proxy.patience(), channel.eventLoop(), new MessageWatch(this));
  }

  /** In the handshake the client offered HTTP/2 beside HTTP/1.1. */
  void offersHttp2() {
    offersHttp2 = true;
  }

  /** In the handshake HTTP/2 was agreed on. */
  void agreedHttp2() {
    agreedHttp2 = true;
  }

  /** Whether only the preface of HTTP/2 may come first. */
  boolean expectsHttp2() {
    return agreedHttp2;
  }

  /** Whether the first bytes have begun and do not yet say which protocol it is. */
  void greeting(boolean unfinished) {
    greeting = unfinished;
  }

  /** Number of the caller's node whose connection it is. */
  int caller() {
    return caller;
  }

  FaultProxy proxy() {
    return proxy;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Nullable UpstreamConnection upstream() {
    return upstream;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Tunnel through = tunnel;
    if (through != null && message instanceof ByteBuf bytes) {
      through.fromClient(bytes);
    } else if (ending || !(message instanceof HttpObject object) || stalled()) {
      ReferenceCountUtil.release(message);
    } else {
      if (object instanceof HttpRequest) {
        standstill.headOver();
      }
      queue.add(object);
      pump();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    standstill.moved();
  }

  /** Something came or went, or may do so from now on. */
  void moved() {
    standstill.moved();
  }

  /** The head of a reply has ended. */
  void replyHeadOver() {
    standstill.headOver();
  }

  @Nullable ProxyExchange current() {
    return current;
  }

  /** Whether messages of HTTP/1 still come and go here. */
  boolean speaking() {
    return !ending && !tunneling;
  }

  /** Whether a request, or what may become one, has begun and its head has not ended. */
  boolean inHead() {
    return codec.inHead() || greeting;
  }

  private boolean stalled() {
    return current != null && current.stalled();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (!ending && !queue.isEmpty() && takesNext(queue.element())) {
        take(queue.remove());
      }
    } finally {
      pumping = false;
    }
    if (ending) {
      dropQueue();
    }
    updateReads();
    if (inputOver && current == null && queue.isEmpty() && !tunneling) {
      end(How.CLOSE, false, How.CLOSE);
    }
  }

  private boolean takesNext(HttpObject next) {
    return current == null || (next instanceof HttpContent && !current.request().arrived());
  }

  private void take(HttpObject object) {
    if (object.decoderResult().isFailure()) {
      malformed(object, String.valueOf(object.decoderResult().cause().getMessage()));
    } else if (object instanceof HttpRequest head && Wire.refusal(head) != null) {
      malformed(object, String.valueOf(Wire.refusal(head)));
    } else if (current != null && object instanceof HttpContent part) {
      current.request().part(part);
    } else if (object instanceof HttpRequest head) {
      if (offersHttp2) {
        proxy
            .cell()
            .noteOnce(
                ExchangeNote.Kind.HTTP1_CHOSEN,
                "the client offered HTTP/2 as well; HTTP/1.1 was chosen, where faults can strike");
      }
      ProxyExchange exchange = new ProxyExchange(this, proxy.cell(), head);
      current = exchange;
      exchange.start();
    } else {
      ReferenceCountUtil.release(object);
    }
  }

  private void malformed(HttpObject object, String cause) {
    ReferenceCountUtil.release(object);
    malformed(cause);
  }

  /** What the client says is not HTTP. */
  void malformed(String cause) {
    if (current != null) {
      current.note(ExchangeNote.Kind.MALFORMED_REQUEST, cause);
      current.cut(How.CLOSE, false, How.CLOSE);
    } else {
      proxy.cell().note(ExchangeNote.NO_EXCHANGE, ExchangeNote.Kind.MALFORMED_REQUEST, cause);
      end(How.CLOSE, false, How.CLOSE);
    }
  }

  /** Reads from either side exactly as long as there is room for what comes. */
  void updateReads() {
    if (ending) {
      return;
    }
    ProxyExchange exchange = current;
    Tunnel through = tunnel;
    if (through != null) {
      through.updateReads();
      return;
    }
    // While the reply is awaited the next request is let in, and waits in the queue.
    channel
        .config()
        .setAutoRead(
            !inputOver
                && queue.isEmpty()
                && (exchange == null
                    || exchange.stalled()
                    || exchange.request().arrived()
                    || exchange.request().wantsMore()));
    UpstreamConnection server = upstream;
    if (server != null) {
      server.channel().config().setAutoRead(exchange == null || exchange.reply().wantsMore());
    }
  }

  /** Gives the connection to the server, a new one when there is none to use. */
  void connect(InetSocketAddress target, Consumer<UpstreamConnection> then, Consumer<String> fail) {
    UpstreamConnection server = upstream;
    if (server != null && server.usableFor(target)) {
      then.accept(server);
      return;
    }
    dropUpstream();
    open(new UpstreamConnection(this, target, Handshakes.HTTP1), then, fail);
  }

  private void open(
      UpstreamConnection fresh, Consumer<UpstreamConnection> then, Consumer<String> fail) {
    upstream = fresh;
    fresh.connect(
        then,
        why -> {
          upstreamGone(fresh);
          fail.accept(why);
        });
  }

  /** The server's connection ended while no exchange used it. */
  void upstreamGone(UpstreamConnection gone) {
    if (upstream == gone) {
      upstream = null;
      if (tunnel != null) {
        // Behind everything that is still on its way to the client.
        channel
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(done -> end(How.CLOSE, false, How.CLOSE));
      } else if (current == null && gone.used() && !gone.retired()) {
        end(How.CLOSE, false, How.CLOSE);
      }
    }
  }

  /** The server's connection is not used again, and ended only after some time. */
  void retireUpstream(Duration time) {
    UpstreamConnection server = upstream;
    if (server != null) {
      upstream = null;
      channel
          .eventLoop()
          .schedule(() -> Ending.fin(server.channel()), time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /**
   * From now on bytes pass both ways as they are, the server having agreed to another protocol.
   *
   * @param agreement its reply
   */
  void tunnel(ByteBuf agreement) {
    ProxyExchange exchange = current;
    UpstreamConnection server = upstream;
    if (exchange == null || server == null) {
      agreement.release();
      return;
    }
    raw(agreement);
    Tunnel through = new Tunnel(proxy, channel, server.channel(), exchange.request().protocol());
    tunnel = through;
    tunneling = true;
    exchange.abandon();
    current = null;
    server.becomeTunnel();
    channel.pipeline().remove(ServerCodec.class);
    dropQueue();
    through.open();
  }

  /** The client speaks HTTP/2 from the first byte on; so has the server to. */
  void tunnelHttp2(ByteBuf first) {
    channel.pipeline().remove(ServerCodec.class);
    channel.config().setAutoRead(false);
    tunneling = true;
    InetSocketAddress target = proxy.target();
    if (target == null) {
      first.release();
      end(How.RESET, false, How.CLOSE);
      return;
    }
    open(
        new UpstreamConnection(this, target, Handshakes.HTTP2),
        server -> {
          Tunnel through = new Tunnel(proxy, channel, server.channel(), "HTTP/2");
          server.becomeTunnel();
          tunnel = through;
          through.fromClient(first);
          through.open();
          if (inputOver) {
            through.clientOver();
          }
        },
        why -> {
          first.release();
          proxy.cell().note(ExchangeNote.NO_EXCHANGE, ExchangeNote.Kind.UPSTREAM_REFUSED, why);
          end(How.RESET, false, How.CLOSE);
        });
  }

  @Nullable Tunnel tunnel() {
    return tunnel;
  }

  /** The current exchange is over and the client has its reply. */
  void exchangeOver(ProxyExchange exchange, boolean keep) {
    if (current != exchange) {
      return;
    }
    current = null;
    if (keep) {
      pump();
      standstill.moved();
    } else {
      end(How.CLOSE, false, How.CLOSE);
    }
  }

  /** Ends both connections. What was written has been flushed. */
  void end(How how, boolean afterBytes, How upstreamHow) {
    if (ending) {
      return;
    }
    ending = true;
    current = null;
    dropQueue();
    UpstreamConnection server = upstream;
    upstream = null;
    if (server != null) {
      server.end(upstreamHow, afterBytes);
    }
    Ending.end(channel, how, afterBytes);
  }

  @Override
  public void cellOver(EdgeCell cell) {
    ProxyExchange exchange = current;
    if (exchange != null && exchange.isOf(cell)) {
      if (!exchange.told()) {
        exchange.note(ExchangeNote.Kind.CUT_AT_END, "still under way when the cell ended");
      }
      exchange.abandon();
      close();
    } else if (exchange == null && !ending && cell.recording() && codec.inHead()) {
      // Its end must not pass for a request of the next cell.
      cell.note(
          ExchangeNote.NO_EXCHANGE,
          ExchangeNote.Kind.CUT_AT_END,
          "the head of a request was not whole when the cell ended");
      close();
    }
  }

  @Override
  public void closeIdle() {
    if (current == null) {
      close();
    }
  }

  @Override
  public void close() {
    ending = true;
    current = null;
    dropQueue();
    dropUpstream();
    channel.close();
  }

  /** Bytes beside the encoder. */
  ChannelFuture raw(ByteBuf bytes) {
    ChannelHandlerContext beside = channel.pipeline().context(codec);
    if (beside == null) {
      bytes.release();
      return channel.newFailedFuture(new IllegalStateException("no longer HTTP"));
    }
    return beside.writeAndFlush(bytes);
  }

  private void dropUpstream() {
    UpstreamConnection server = upstream;
    upstream = null;
    if (server != null) {
      server.close();
    }
  }

  private void dropQueue() {
    queue.forEach(ReferenceCountUtil::release);
    queue.clear();
  }

  /** The client has sent all it will send; what it asked for before is still answered. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent shaken
        && shaken.cause() instanceof SslHandshakeTimeoutException late) {
      proxy
          .cell()
          .note(
              ExchangeNote.NO_EXCHANGE,
              ExchangeNote.Kind.SLOW_HEAD,
              String.valueOf(late.getMessage()));
    }
    if (event != ChannelInputShutdownEvent.INSTANCE) {
      ctx.fireUserEventTriggered(event);
      return;
    }
    inputOver = true;
    channel.config().setAutoRead(false);
    ProxyExchange exchange = current;
    Tunnel through = tunnel;
    if (ending) {
      channel.close();
    } else if (through != null) {
      through.clientOver();
    } else if (exchange != null && (exchange.stalled() || !exchange.request().arrived())) {
      channel.close();
    } else {
      pump();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    updateReads();
    standstill.moved();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A lost connection; channelInactive follows and tells the exchange.
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ProxyExchange exchange = current;
    if (exchange != null && !exchange.told()) {
      exchange.note(ExchangeNote.Kind.CLIENT_GONE, "the client left before the whole reply");
    }
    if (exchange != null) {
      exchange.abandon();
    }
    standstill.end();
    close();
    proxy.forget(this);
  }
}
