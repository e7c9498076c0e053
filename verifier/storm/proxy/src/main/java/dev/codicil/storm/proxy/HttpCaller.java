package dev.codicil.storm.proxy;

import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * An exact replay client: one fresh connection a call, no retries, no redirects, nothing added but
 * Host and Content-Length. Thread-safe.
 */
public final class HttpCaller {
  private static final Set<String> NOT_OURS =
      Set.of("host", "content-length", "transfer-encoding", "connection");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final StormLoop loop;
  private final Handshakes handshakes;

  /** A caller on a loop that its owner closes. */
  public HttpCaller(StormLoop loop) {
    this(loop, new Handshakes(Tls.NONE));
  }

  HttpCaller(StormLoop loop, Handshakes handshakes) {
    this.loop = loop;
    this.handshakes = handshakes;
  }

  /**
   * Sends a request and reads the whole reply, 8 MiB at most.
   *
   * @param target where to
   * @param request what to send
   * @param deadline for the whole exchange, connecting included
   * @param extraHeaders set after the request's own; {@code host} may be among them
   * @return never fails; completes on the loop, so continue slow work elsewhere
   * @throws IllegalArgumentException when the request cannot be written as HTTP
   */
  public CompletableFuture<CallResult> call(
      InetSocketAddress target,
      HttpRequest request,
      Duration deadline,
      Map<String, String> extraHeaders) {
    CallReader reader = new CallReader(written(target, request, extraHeaders));
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.group())
            .channel(loop.connecting())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(deadline))
            .handler(
                reader.initializer(
                    alloc -> handshakes.towardsServer(alloc, target.getPort(), Handshakes.HTTP1)));
    reader.begin(deadline, loop.group());
    bootstrap
        .connect(target)
        .addListener(
            (ChannelFutureListener)
                done -> {
                  if (!done.isSuccess()) {
                    reader.notConnected(done.cause());
                  }
                });
    return reader.result();
  }

  private static int millis(Duration deadline) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, deadline.toMillis()));
  }

  private static FullHttpRequest written(
      InetSocketAddress target, HttpRequest request, Map<String, String> extraHeaders) {
    if (!request.target().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "request target must be percent-encoded: " + request.target());
    }
    Payload body = request.body();
    FullHttpRequest out =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method()),
            request.target(),
            body.isEmpty() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body.bytes()));
    HttpHeaders headers = out.headers();
    headers.set(HttpHeaderNames.HOST, target.getHostString() + ":" + target.getPort());
    Wire.set(headers, request.headers(), NOT_OURS);
    extraHeaders.forEach(headers::set);
    if (!body.isEmpty() || WITH_BODY.contains(request.method())) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body.size());
    }
    return out;
  }
}
