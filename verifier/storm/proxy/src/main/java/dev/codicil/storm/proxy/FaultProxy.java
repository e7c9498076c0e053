package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Handshake.How;
import dev.codicil.chaos.Injector;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A proxy, of HTTP/1.1 or of bytes, that stands on one edge, performs what the faults of the armed
 * cell plan, and logs it. Between cells it passes everything on. Thread-safe, except that one cell
 * is armed and disarmed by one thread at a time.
 */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
public final class FaultProxy implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final StormLoop loop;
  private final Handshakes handshakes;
  private final String edge;
  private final List<Channel> servers;
  private final boolean bytes;
  private final List<Channel> outer = new CopyOnWriteArrayList<>();
  private final HttpCaller caller;
  private final Patience patience;
  private final Set<Connected> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, InetSocketAddress> nodes = new ConcurrentHashMap<>();
  private final StaleReplies replies = new StaleReplies();
  private final Balancer balancer = new Balancer();
  private volatile @Nullable NodeControl control;
  private volatile EdgeCell cell = EdgeCell.idle();
  private volatile boolean closed;

  private FaultProxy(
      StormLoop loop, String edge, Tls tls, Patience patience, int callers, boolean bytes) {
    this.patience = patience;
    this.handshakes = new Handshakes(tls);
    this.edge = edge;
    this.loop = loop;
    this.caller = new HttpCaller(loop, handshakes);
    this.bytes = bytes;
    this.servers = listen(InetAddress.getLoopbackAddress(), callers);
  }

  private List<Channel> listen(InetAddress address, int callers) {
    List<Channel> listening = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      int caller = i;
      listening.add(
          listen(
              loop,
              address,
              bytes
                  ? channel -> acceptBytes(channel, caller)
                  : channel -> accept(channel, caller)));
    }
    return List.copyOf(listening);
  }

  /**
   * Listens at another address of this machine as well, where containers reach it.
   *
   * @return the ports there, one for each node of the caller
   * @throws UncheckedIOException when no port can be had
   */
  public List<Integer> listen(InetAddress address) {
    List<Channel> more = listen(address, servers.size());
    outer.addAll(more);
    return more.stream().map(FaultProxy::port).toList();
  }

  /**
   * Starts a proxy on a free loopback port.
   *
   * @throws UncheckedIOException when no port can be had
   */
  public static FaultProxy open(StormLoop loop, String edge) {
    return open(loop, edge, Tls.NONE);
  }

  /**
   * Starts a proxy on a free loopback port that speaks TLS on either side or both.
   *
   * @throws UncheckedIOException when no port can be had
   */
  public static FaultProxy open(StormLoop loop, String edge, Tls tls) {
    return open(loop, edge, tls, Patience.DEFAULT);
  }

  /**
   * The same, with another patience than the default.
   *
   * @throws UncheckedIOException when no port can be had
   */
  public static FaultProxy open(StormLoop loop, String edge, Tls tls, Patience patience) {
    return open(loop, edge, tls, patience, 1);
  }

  /**
   * The same, with a port for each node of the caller, so that it is known which one calls.
   *
   * @param callers how many nodes the caller has, from 1
   * @throws UncheckedIOException when no port can be had
   */
  public static FaultProxy open(
      StormLoop loop, String edge, Tls tls, Patience patience, int callers) {
    return new FaultProxy(loop, edge, tls, patience, callers, false);
  }

  /**
   * Starts a proxy over which something else than HTTP passes, with a free loopback port for each
   * node of the caller. An exchange is a turn of a connection: what its client sends, and what
   * comes back until it sends again. Faults strike turns, and see nothing of what they say.
   *
   * @param callers how many nodes the caller has, from 1
   * @throws UncheckedIOException when no port can be had
   */
  public static FaultProxy openTcp(StormLoop loop, String edge, int callers) {
    return new FaultProxy(loop, edge, Tls.NONE, Patience.DEFAULT, callers, true);
  }

  static Channel listen(StormLoop loop, Consumer<Channel> accept) {
    return listen(loop, InetAddress.getLoopbackAddress(), accept);
  }

  private static Channel listen(StormLoop loop, InetAddress address, Consumer<Channel> accept) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop.group())
            .channel(loop.listening())
            .option(ChannelOption.SO_BACKLOG, 512)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept.accept(channel);
                  }
                })
            .bind(new InetSocketAddress(address, 0))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          "no port of " + address.getHostAddress() + " could be opened",
          new IOException(bound.cause()));
    }
    return bound.channel();
  }

  private void accept(Channel channel, int caller) {
    ServerCodec codec = new ServerCodec();
    ClientConnection connection = new ClientConnection(this, channel, codec, caller);
    connections.add(connection);
    // A client that has sent all it will send still waits for its reply.
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    shakeHands(channel, connection);
    channel.pipeline().addLast(new Greeting(connection)).addLast(codec).addLast(connection);
    if (closed) {
      channel.close();
    }
  }

  private void acceptBytes(Channel channel, int caller) {
    TcpConnection connection = new TcpConnection(this, channel, caller);
    connections.add(connection);
    connection.open();
    if (closed) {
      connection.close();
    }
  }

  private void shakeHands(Channel channel, ClientConnection connection) {
    How broken = null;
    EdgeCell current = cell;
    for (Effect effect : current.connect(edge)) {
      broken = effect instanceof Effect.Handshake handshake ? handshake.how() : broken;
    }
    if (broken != null && !handshakes.listens()) {
      current.noteOnce(ExchangeNote.Kind.NOT_PERFORMED, "this edge does not speak TLS");
    } else if (broken == How.CUT) {
      channel.pipeline().addLast(new FirstWords());
    }
    SslHandler ours = handshakes.towardsClient(channel.alloc(), broken);
    if (ours != null) {
      Handshakes.choose(ours.engine(), connection::offersHttp2, connection::agreedHttp2);
      ours.setHandshakeTimeoutMillis(patience.head().toMillis());
      channel.pipeline().addLast(ours);
    }
  }

  /** Resets a connection when its client has said something. */
  private static final class FirstWords extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      Ending.reset(ctx.channel());
    }
  }

  /** Id of the edge. */
  public String edge() {
    return edge;
  }

  /**
   * Lets one call pass: the first one loads most of what a proxy is made of.
   *
   * @param loop that makes the call
   * @param most how long it may take
   */
  public void warmUp(StormLoop loop, Duration most) {
    new HttpCaller(loop)
        .call(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port()),
            new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY),
            most,
            Map.of())
        .join();
  }

  /** The loopback port clients are to be given. */
  public int port() {
    return port(0);
  }

  /**
   * The loopback port for one node of the caller.
   *
   * @param caller its number, from 0
   */
  public int port(int caller) {
    return port(servers.get(caller));
  }

  private static int port(Channel server) {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** The loopback ports for all nodes of the caller. */
  public List<Integer> ports() {
    return servers.stream().map(FaultProxy::port).toList();
  }

  /** Stands before a stub. */
  public void targetStub(StubServer stub) {
    target(new InetSocketAddress(InetAddress.getLoopbackAddress(), stub.port()));
  }

  /** Stands before a stub as well, which plays a node of that name. */
  public void targetStub(String node, StubServer stub) {
    target(node, new InetSocketAddress(InetAddress.getLoopbackAddress(), stub.port()));
  }

  /**
   * Sets where requests go; until then they are answered 502. Requests that are under way stay
   * where they went.
   */
  public void target(InetSocketAddress upstream) {
    nodes(List.of(upstream));
  }

  /**
   * Sets where requests go when several nodes stand behind the edge: exchange N of a cell to node N
   * modulo their number. A node to which no connection can be made is passed over for the next one;
   * what was sent is never sent again.
   *
   * @param nodes their addresses; null for one that is down
   */
  public void nodes(List<? extends @Nullable InetSocketAddress> nodes) {
    balancer.nodes(nodes);
  }

  /**
   * Sets whose turn it is first in the cells to come.
   *
   * @param node its number; 0 unless set
   */
  public void firstNode(int node) {
    balancer.first(node);
  }

  /** Sets who does what faults want done to nodes. */
  public void control(NodeControl nodes) {
    control = nodes;
  }

  /**
   * Sends the first exchange of the next cell to another node.
   *
   * @param address its address; null for the ordinary way again
   * @param over run when that exchange has its answer or another one begins, perhaps more than
   *     once, on an event loop
   */
  public void handOver(@Nullable InetSocketAddress address, Runnable over) {
    balancer.predecessor(address, over);
  }

  /**
   * Sets where requests go that a fault sends to another node of the same service.
   *
   * @param node name of the node, as in {@code Effect.Route}
   * @param upstream its address; null forgets the node, so that its requests go the ordinary way
   */
  public void target(String node, @Nullable InetSocketAddress upstream) {
    if (upstream == null) {
      nodes.remove(node);
    } else {
      nodes.put(node, upstream);
    }
  }

  /** Forgets the replies that are kept for {@code Effect.Stale}. */
  public void forgetReplies() {
    replies.forget();
  }

  /** Ends the connections over which nothing is under way, so that their clients make new ones. */
  public void closeIdle() {
    onEach(Connected::closeIdle);
  }

  /** Starts a cell: the call counter at 0, an empty log, these faults. */
  public void arm(Injector injector) {
    if (cell.recording()) {
      disarm();
    }
    cell = EdgeCell.armed(injector);
    if (injector.asksConnections(edge)) {
      // A fault on new connections must not miss a client that holds an old one.
      closeIdle();
    }
  }

  /**
   * Ends the cell: what is held, delayed or otherwise under way is cut on both sides, and the log
   * is complete when this returns. Without an armed cell the log is empty.
   */
  public EdgeLog disarm() {
    EdgeCell ended = cell;
    cell = EdgeCell.idle();
    onEach(connection -> connection.cellOver(ended));
    return ended.end();
  }

  private void onEach(Consumer<Connected> action) {
    List<Future<?>> done = new ArrayList<>();
    for (Connected connection : connections) {
      if (!connection.channel().eventLoop().isShuttingDown()) {
        done.add(connection.channel().eventLoop().submit(() -> action.accept(connection)));
      }
    }
    done.forEach(future -> future.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Nullable InetSocketAddress target() {
    return balancer.any();
  }

  Balancer balancer() {
    return balancer;
  }

  @Nullable NodeControl control() {
    return control;
  }

  @Nullable InetSocketAddress target(String node) {
    return nodes.get(node);
  }

  StaleReplies replies() {
    return replies;
  }

  EdgeCell cell() {
    return cell;
  }

  Patience patience() {
    return patience;
  }

  Handshakes handshakes() {
    return handshakes;
  }

  StormLoop loop() {
    return loop;
  }

  HttpCaller caller() {
    return caller;
  }

  /** How many clients are connected. */
  int connections() {
    return connections.size();
  }

  void forget(Connected connection) {
    connections.remove(connection);
  }

  /** Stops listening and ends all connections. Idempotent. */
  @Override
  public void close() {
    closed = true;
    servers.forEach(FaultProxy::stop);
    outer.forEach(FaultProxy::stop);
    onEach(Connected::close);
  }

  private static void stop(Channel server) {
    server.close().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
