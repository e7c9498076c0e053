package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect.Cut.How;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connection to the server behind one client connection; on the same event loop. */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private static final int CONNECT_MILLIS = 5_000;

  private final ClientConnection client;
  private final InetSocketAddress target;
  private final String protocol;
  private @Nullable Channel channel;
  private @Nullable ProxyExchange exchange;
  private @Nullable SslHandler tls;
  private boolean used;
  private boolean retired;
  private boolean reset;
  private boolean awaitsHead;
  private boolean inHead;

  /**
   * @param protocol what is offered in a handshake, by its ALPN name
   */
  UpstreamConnection(ClientConnection client, InetSocketAddress target, String protocol) {
    this.client = client;
    this.target = target;
    this.protocol = protocol;
  }

  private ChannelInitializer<Channel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel opened) {
        tls = client.proxy().handshakes().towardsServer(opened.alloc(), target.getPort(), protocol);
        if (tls != null) {
          tls.setHandshakeTimeoutMillis(client.proxy().patience().head().toMillis());
          opened.pipeline().addLast(tls);
        }
        opened
            .pipeline()
            .addLast(new Heads())
            .addLast(new HttpClientCodec(Wire.decoder(), false, false))
            .addLast(UpstreamConnection.this);
      }
    };
  }

  /**
   * Opens it. One of the two is told once the server can be spoken to, or why it cannot.
   *
   * @param then goes on with this connection
   * @param fail told in a few words
   */
  void connect(Consumer<UpstreamConnection> then, Consumer<String> fail) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(client.channel().eventLoop())
            .channel(client.proxy().loop().connecting())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOCATOR, client.channel().alloc())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(initializer())
            .connect(target);
    channel = connecting.channel();
    connecting.addListener(
        (ChannelFutureListener)
            done -> {
              if (done.isSuccess()) {
                afterHandshake(then, fail);
              } else {
                fail.accept(String.valueOf(done.cause().getMessage()));
              }
            });
  }

  /** Goes on once the server has shown who it is, where it has to. */
  private void afterHandshake(Consumer<UpstreamConnection> then, Consumer<String> fail) {
    SslHandler ours = tls;
    if (ours == null) {
      then.accept(this);
      return;
    }
    ours.handshakeFuture()
        .addListener(
            done -> {
              String unfit =
                  done.isSuccess()
                      ? Handshakes.unfit(ours.engine(), protocol)
                      : String.valueOf(done.cause().getMessage());
              if (unfit == null) {
                then.accept(this);
              } else {
                fail.accept("TLS: " + unfit);
              }
            });
  }

  /** Sees the bytes of replies before they are HTTP: whether a head has begun. */
  private final class Heads extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (!awaitsHead || !(message instanceof ByteBuf bytes)) {
        ctx.fireChannelRead(message);
        return;
      }
      inHead = true;
      boolean blank = endsWithBlankLine(bytes);
      ctx.fireChannelRead(message);
      // When an interim reply ended here, its blank line tells whether the next head has begun.
      inHead = awaitsHead && (inHead || !blank);
    }

    /** Told of bytes with which a head ended, so that a line feed alone is the end of one. */
    private boolean endsWithBlankLine(ByteBuf bytes) {
      int end = bytes.writerIndex();
      int length = bytes.readableBytes();
      return length > 0
          && bytes.getByte(end - 1) == '\n'
          && (length < 3
              || bytes.getByte(end - 2) == '\n'
              || bytes.getByte(end - 2) == '\r' && bytes.getByte(end - 3) == '\n');
    }
  }

  /** Whether the head of a reply has begun and not ended. */
  boolean inHead() {
    return inHead;
  }

  boolean isWritable() {
    return channel().isWritable();
  }

  /** How much there is to be sent before more is taken. */
  long unsent() {
    return channel().bytesBeforeWritable();
  }

  Channel channel() {
    if (channel == null) {
      throw new IllegalStateException("not opened yet");
    }
    return channel;
  }

  boolean usableFor(InetSocketAddress address) {
    return !retired && exchange == null && target.equals(address) && channel().isActive();
  }

  /** Whether a request was ever sent on it. */
  boolean used() {
    return used;
  }

  /** No further exchange goes this way. */
  void retire() {
    retired = true;
  }

  boolean retired() {
    return retired;
  }

  /** Bytes beside the encoder. */
  void raw(ByteBuf bytes) {
    ChannelHandlerContext codec = channel().pipeline().context(HttpClientCodec.class);
    if (codec == null) {
      bytes.release();
    } else {
      codec.writeAndFlush(bytes);
    }
  }

  /** FIN towards the server; its reply can still come. */
  void endOutput() {
    if (channel() instanceof DuplexChannel duplex && channel().isActive()) {
      duplex.shutdownOutput();
    }
  }

  /** From now on bytes come as they are, and go to the client's tunnel. */
  void becomeTunnel() {
    exchange = null;
    retired = true;
    awaitsHead = false;
    if (channel().pipeline().get(HttpClientCodec.class) != null) {
      channel().pipeline().remove(HttpClientCodec.class);
    }
  }

  void begin(ProxyExchange next) {
    exchange = next;
    used = true;
    awaitsHead = true;
    inHead = false;
  }

  void exchangeOver() {
    exchange = null;
  }

  void end(How how, boolean afterBytes) {
    exchange = null;
    Ending.end(channel(), how, afterBytes);
  }

  void close() {
    exchange = null;
    channel().close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpResponse head) {
      client.replyHeadOver();
      inHead = false;
      awaitsHead = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
    if (exchange != null && message instanceof HttpObject object) {
      exchange.reply().message(object);
      client.updateReads();
    } else if (message instanceof ByteBuf bytes && client.tunnel() != null) {
      client.tunnel().fromServer(bytes);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    client.moved();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    client.updateReads();
    client.moved();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    reset = true;
    lost();
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost();
    client.upstreamGone(this);
  }

  private void lost() {
    if (exchange != null) {
      exchange.reply().lost(reset ? How.RESET : How.CLOSE);
    }
  }
}
