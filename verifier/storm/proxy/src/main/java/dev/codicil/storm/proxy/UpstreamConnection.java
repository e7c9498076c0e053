package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect.Cut.How;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connection to the server behind one client connection; on the same event loop. */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private final ClientConnection client;
  private final InetSocketAddress target;
  private @Nullable Channel channel;
  private @Nullable ProxyExchange exchange;
  private @Nullable SslHandler tls;
  private boolean used;
  private boolean retired;
  private boolean reset;

  UpstreamConnection(ClientConnection client, InetSocketAddress target) {
    this.client = client;
    this.target = target;
  }

  ChannelInitializer<Channel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel opened) {
        tls = client.proxy().handshakes().towardsServer(opened.alloc(), target.getPort());
        if (tls != null) {
          opened.pipeline().addLast(tls);
        }
        opened
            .pipeline()
            .addLast(new HttpClientCodec(Wire.decoder(), false, false))
            .addLast(UpstreamConnection.this);
      }
    };
  }

  /** Goes on once the server has shown who it is, where it has to. */
  void afterHandshake(Consumer<UpstreamConnection> then, Consumer<String> fail) {
    SslHandler ours = tls;
    if (ours == null) {
      then.accept(this);
      return;
    }
    ours.handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                then.accept(this);
              } else {
                fail.accept("TLS: " + done.cause().getMessage());
              }
            });
  }

  void opening(Channel opened) {
    channel = opened;
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
    if (channel().pipeline().get(HttpClientCodec.class) != null) {
      channel().pipeline().remove(HttpClientCodec.class);
    }
  }

  void begin(ProxyExchange next) {
    exchange = next;
    used = true;
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
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    client.updateReads();
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
