package dev.codicil.storm.proxy;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the one reply of one call and tells how the call ended. */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class CallReader extends ChannelInboundHandlerAdapter {
  private static final String PROTOCOL = "HTTP/1.";

  private final CompletableFuture<CallResult> result = new CompletableFuture<>();
  private final FullHttpRequest request;
  private final long started = System.nanoTime();
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable HttpResponse response;
  private boolean interim;
  private volatile @Nullable Channel channel;

  CallReader(FullHttpRequest request) {
    this.request = request;
  }

  CompletableFuture<CallResult> result() {
    return result;
  }

  ChannelInitializer<Channel> initializer(Function<ByteBufAllocator, @Nullable SslHandler> tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel opened) {
        channel = opened;
        SslHandler ours = tls.apply(opened.alloc());
        if (ours != null) {
          opened.pipeline().addLast(ours);
        }
        opened
            .pipeline()
            .addLast(new FirstBytes())
            .addLast(new HttpClientCodec(Wire.decoder(), false, false))
            .addLast(CallReader.this);
      }
    };
  }

  /** Starts the clock. */
  void begin(Duration deadline, EventLoopGroup loop) {
    Future<?> clock =
        loop.schedule(
            () ->
                end(
                    CallResult.Ended.TIMED_OUT,
                    null,
                    "no whole reply within " + deadline.toMillis() + " ms"),
            deadline.toNanos(),
            TimeUnit.NANOSECONDS);
    result.whenComplete((ended, never) -> clock.cancel(false));
  }

  void notConnected(Throwable cause) {
    request.release();
    String detail = String.valueOf(cause.getMessage());
    end(
        cause instanceof ConnectTimeoutException
            ? CallResult.Ended.TIMED_OUT
            : CallResult.Ended.REFUSED,
        null,
        detail);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(request);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!result.isDone() && message instanceof HttpObject object) {
        read(object);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpObject object) {
    if (object.decoderResult().isFailure()) {
      Throwable cause = object.decoderResult().cause();
      if (cause instanceof PrematureChannelClosureException) {
        disconnected("closed");
      } else {
        end(CallResult.Ended.GARBLED, null, "not an HTTP reply: " + cause.getMessage());
      }
      return;
    }
    if (object instanceof HttpResponse begun) {
      interim =
          begun.status().codeClass() == HttpStatusClass.INFORMATIONAL
              && begun.status().code() != 101;
      response = interim ? null : begun;
    }
    if (object instanceof HttpContent part && !interim && response != null) {
      take(response, part);
    }
  }

  private void take(HttpResponse begun, HttpContent part) {
    ByteBuf content = part.content();
    if (body.size() + content.readableBytes() > Wire.MAX_BODY) {
      end(CallResult.Ended.GARBLED, null, "reply body over " + Wire.MAX_BODY + " bytes");
      return;
    }
    byte[] copy = new byte[content.readableBytes()];
    content.getBytes(content.readerIndex(), copy);
    body.writeBytes(copy);
    if (part instanceof LastHttpContent) {
      end(CallResult.Ended.REPLIED, Wire.reply(begun, plain(begun)), "");
    }
  }

  /** Decoded, as contracts speak of bodies; as it came when it is not what its coding says. */
  private Payload plain(HttpResponse begun) {
    Payload coded = Payload.of(body.toByteArray());
    Payload plain = Coding.of(begun.headers()).decode(coded, Wire.MAX_BODY);
    return plain == null ? coded : plain;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    disconnected("reset");
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    disconnected("closed");
  }

  private void disconnected(String how) {
    HttpResponse begun = response;
    if (begun != null) {
      long declared = Wire.declaredLength(begun);
      end(
          CallResult.Ended.DISCONNECTED,
          null,
          how + " after " + body.size() + (declared > 0 ? " of " + declared : "") + " body bytes");
      return;
    }
    String start = first.toString(StandardCharsets.ISO_8859_1);
    boolean http =
        start.startsWith(PROTOCOL.substring(0, Math.min(start.length(), PROTOCOL.length())));
    end(
        http ? CallResult.Ended.DISCONNECTED : CallResult.Ended.GARBLED,
        null,
        how + (start.isEmpty() ? " before a reply" : " in the middle of the head"));
  }

  private void end(CallResult.Ended ended, @Nullable HttpReply reply, String detail) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    if (result.complete(new CallResult(ended, reply, millis, detail))) {
      Channel open = channel;
      if (open != null) {
        open.close();
      }
    }
  }

  /** Keeps the first bytes, which tell a cut reply from something that never was one. */
  private final class FirstBytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof ByteBuf bytes && first.size() < PROTOCOL.length()) {
        byte[] copy = new byte[Math.min(PROTOCOL.length() - first.size(), bytes.readableBytes())];
        bytes.getBytes(bytes.readerIndex(), copy);
        first.writeBytes(copy);
      }
      ctx.fireChannelRead(message);
    }
  }
}
