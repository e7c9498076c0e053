package dev.codicil.storm.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a connection: a client that begins with the preface of HTTP/2 (RFC
 * 9113, section 3.4) is passed through as TCP. Whatever else comes is left to the HTTP/1 codec,
 * unless HTTP/2 was agreed on.
 */
final class Greeting extends ChannelInboundHandlerAdapter {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ClientConnection connection;
  private @Nullable CompositeByteBuf seen;

  Greeting(ClientConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    ByteBuf all = bytes;
    CompositeByteBuf before = seen;
    if (before != null) {
      all = before.addComponent(true, bytes);
    }
    seen = null;
    int length = Math.min(all.readableBytes(), PREFACE.length);
    boolean preface = true;
    for (int i = 0; i < length && preface; i++) {
      preface = all.getByte(all.readerIndex() + i) == PREFACE[i];
    }
    if (preface && length < PREFACE.length) {
      seen = before == null ? ctx.alloc().compositeBuffer().addComponent(true, all) : before;
      connection.greeting(true);
      return;
    }
    connection.greeting(false);
    ctx.pipeline().remove(this);
    if (preface) {
      connection.tunnelHttp2(all);
    } else if (connection.expectsHttp2()) {
      all.release();
      connection.malformed("HTTP/2 was agreed on, and its preface did not come");
    } else {
      ctx.fireChannelRead(all);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    release();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    release();
  }

  private void release() {
    if (seen != null) {
      seen.release();
      seen = null;
    }
  }
}
