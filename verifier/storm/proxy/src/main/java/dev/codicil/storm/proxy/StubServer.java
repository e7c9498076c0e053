package dev.codicil.storm.proxy;

import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A server that answers as a contract says, without delays of its own: for sides that have no
 * running implementation, and for upstreams. Stateless but for what it could not match.
 */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
public final class StubServer implements AutoCloseable {
  /** Reply header that tells an answer the stub made up from one of the contract. */
  public static final String STUB_HEADER = "x-codicil-stub";

  private static final int MOST_UNMATCHED = 100;
  private static final int LONGEST_LINE = 300;

  private final StubBook book;
  private final Function<HttpInteraction, Optional<HttpReply>> sampler;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Channel server;
  private final List<String> unmatched = new ArrayList<>();
  private final Set<HttpInteraction> served = new LinkedHashSet<>();
  private final boolean strict;

  private StubServer(
      StormLoop loop,
      List<HttpInteraction> interactions,
      Function<HttpInteraction, Optional<HttpReply>> sampler,
      boolean strict) {
    this.book = new StubBook(interactions);
    this.sampler = sampler;
    this.strict = strict;
    this.server = FaultProxy.listen(loop, this::accept);
  }

  /** Serves examples only; an interaction without one is answered 501. */
  public static StubServer open(StormLoop loop, List<HttpInteraction> interactions) {
    return open(loop, interactions, interaction -> Optional.empty());
  }

  /**
   * Serves on a free loopback port.
   *
   * @param interactions what it knows; of equally good matches the first answers
   * @param sampler makes replies for interactions without an example reply; called on the loop, so
   *     it must be quick and safe for parallel use
   * @throws java.io.UncheckedIOException when no port can be had
   */
  public static StubServer open(
      StormLoop loop,
      List<HttpInteraction> interactions,
      Function<HttpInteraction, Optional<HttpReply>> sampler) {
    return new StubServer(loop, interactions, sampler, false);
  }

  /**
   * The same in place of a provider under test: a request that the contract's validator refuses is
   * refused with 400.
   */
  public static StubServer strict(
      StormLoop loop,
      List<HttpInteraction> interactions,
      Function<HttpInteraction, Optional<HttpReply>> sampler) {
    return new StubServer(loop, interactions, sampler, true);
  }

  private void accept(Channel channel) {
    channels.add(channel);
    channel
        .pipeline()
        .addLast(new HttpServerCodec(Wire.decoder()))
        .addLast(new HttpObjectAggregator(Wire.MAX_BODY, true))
        .addLast(new Answering());
  }

  /** The loopback port clients are to be given. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** {@code METHOD target} of requests nothing matched, in order; the first hundred. */
  public List<String> unmatched() {
    synchronized (unmatched) {
      return List.copyOf(unmatched);
    }
  }

  /** The interactions that were asked for, in the order in which they first were. */
  public List<HttpInteraction> served() {
    synchronized (unmatched) {
      return List.copyOf(served);
    }
  }

  /** Forgets what was asked for, matched or not. */
  public void reset() {
    synchronized (unmatched) {
      unmatched.clear();
      served.clear();
    }
  }

  /** Stops listening and ends all connections. Idempotent. */
  @Override
  public void close() {
    server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private HttpReply answer(FullHttpRequest request) {
    if (!request.uri().startsWith("/")) {
      return noMatch(request);
    }
    HttpRequest asked = Wire.request(request, Payload.of(ByteBufUtil.getBytes(request.content())));
    Optional<StubBook.Match> found = book.find(asked);
    if (found.isEmpty()) {
      return noMatch(request);
    }
    synchronized (unmatched) {
      served.add(found.get().interaction());
    }
    if (strict) {
      List<Mismatch> wrong =
          found.get().interaction().expectation().checkRequest(asked).orElse(List.of());
      if (!wrong.isEmpty()) {
        Mismatch first = wrong.get(0);
        return Wire.problem(
            400,
            STUB_HEADER,
            "refused",
            "the contract refuses this request: "
                + first.path()
                + ": expected "
                + first.expected()
                + ", was "
                + first.actual());
      }
    }
    HttpReply reply = found.get().reply();
    return reply != null ? reply : sampled(found.get().interaction());
  }

  private HttpReply sampled(HttpInteraction interaction) {
    try {
      return sampler
          .apply(interaction)
          .orElseGet(
              () ->
                  Wire.problem(
                      501,
                      STUB_HEADER,
                      "no-example",
                      "the contract gives no reply for " + interaction.operation()));
    } catch (RuntimeException broken) {
      return Wire.problem(500, STUB_HEADER, "sampler-failed", broken.toString());
    }
  }

  private HttpReply noMatch(FullHttpRequest request) {
    String line = request.method().name() + " " + request.uri();
    String kept = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
    synchronized (unmatched) {
      if (unmatched.size() < MOST_UNMATCHED) {
        unmatched.add(kept);
      }
    }
    return Wire.problem(
        404, STUB_HEADER, "no-match", "the contract has no interaction for " + kept);
  }

  private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      if (request.decoderResult().isFailure()) {
        ctx.close();
        return;
      }
      send(ctx, answer(request), HttpUtil.isKeepAlive(request));
    }

    private void send(ChannelHandlerContext ctx, HttpReply reply, boolean keep) {
      HttpReply sent = reply;
      HttpResponse head;
      try {
        head = Wire.head(reply);
      } catch (IllegalArgumentException unwritable) {
        sent =
            Wire.problem(
                500, STUB_HEADER, "unwritable-reply", String.valueOf(unwritable.getMessage()));
        head = Wire.head(sent);
      }
      HttpUtil.setKeepAlive(head, keep);
      ctx.write(head);
      ChannelFuture done = ctx.writeAndFlush(Wire.last(sent.body()));
      if (!keep) {
        done.addListener(written -> Ending.fin(ctx.channel()));
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      // A client that does not read its replies is not read from either.
      ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
