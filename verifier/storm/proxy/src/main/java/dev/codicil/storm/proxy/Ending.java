package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect.Cut.How;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** The two ways in which a TCP connection ends. The channel's handlers must discard what comes. */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class Ending {
  /**
   * A reset throws away what the kernel has not delivered yet, so bytes that must arrive get this
   * head start. On loopback delivery takes microseconds.
   */
  private static final long HEAD_START_MILLIS = 10;

  private static final long LINGER_MILLIS = 2_000;

  private Ending() {}

  /** Ends the connection; everything written before has been flushed. */
  static void end(Channel channel, How how, boolean afterBytes) {
    if (how == How.CLOSE) {
      fin(channel);
    } else if (afterBytes) {
      channel.eventLoop().schedule(() -> reset(channel), HEAD_START_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      reset(channel);
    }
  }

  /** RST. */
  static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      // From the first handler on, so that TLS does not say goodbye before.
      ChannelHandlerContext first = channel.pipeline().firstContext();
      if (first == null) {
        channel.close();
      } else {
        first.close();
      }
    }
  }

  /**
   * FIN. Closing a socket with unread bytes would reset it, so what still comes is read until the
   * other side ends too, for two seconds at most.
   */
  static void fin(Channel channel) {
    if (!channel.isActive() || !(channel instanceof DuplexChannel duplex)) {
      channel.close();
      return;
    }
    if (duplex.isInputShutdown()) {
      // The other side has ended before, so there is nothing to wait for.
      channel.close();
      return;
    }
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      duplex.shutdownOutput();
    } else {
      tls.closeOutbound().addListener(said -> duplex.shutdownOutput());
    }
    channel.config().setAutoRead(true);
    channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
