package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Cut.How;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection over which nobody knows what is said, and the one to the server behind it;
 * both on one event loop. Connections outlive cells, as in the pools that databases are called
 * from; so does a turn, and only what begins in a cell belongs to it.
 */
// How a Netty write or close ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class TcpConnection implements Connected {
  private static final int CONNECT_MILLIS = 5_000;

  private final FaultProxy proxy;
  private final Channel client;
  private final int caller;
  private final Channel server;
  private final ChannelFuture connecting;
  private final TcpFlow toServer;
  private final TcpFlow toClient;
  private @Nullable EdgeCell cell;
  private int turn;
  private boolean clientSpoke;
  private boolean answered;
  private boolean ending;

  /**
   * @param caller number of the caller's node
   */
  TcpConnection(FaultProxy proxy, Channel client, int caller) {
    this.proxy = proxy;
    this.caller = caller;
    this.client = client;
    client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    client.config().setAutoRead(false);
    InetSocketAddress target = proxy.target();
    this.connecting =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(proxy.loop().connecting())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOCATOR, client.alloc())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(new Side(Stream.DOWNSTREAM))
            .connect(target == null ? new InetSocketAddress("127.0.0.1", 0) : target);
    this.server = connecting.channel();
    this.toServer = new TcpFlow(server, this::changed);
    this.toClient = new TcpFlow(client, this::changed);
  }

  /** Lets bytes pass as soon as the server is connected. */
  void open() {
    client.pipeline().addLast(new Side(Stream.UPSTREAM));
    toClient.open();
    connecting.addListener(
        (ChannelFutureListener)
            done -> {
              if (done.isSuccess()) {
                toServer.open();
                updateReads();
              } else {
                proxy
                    .cell()
                    .note(
                        ExchangeNote.NO_EXCHANGE,
                        ExchangeNote.Kind.UPSTREAM_REFUSED,
                        String.valueOf(done.cause().getMessage()));
                end(How.RESET, How.CLOSE);
              }
            });
    updateReads();
  }

  @Override
  public Channel channel() {
    return client;
  }

  private void changed() {
    if (toServer.ended() && toClient.ended()) {
      close();
    }
    updateReads();
  }

  private void updateReads() {
    if (!ending) {
      // Until the server is there the client's first bytes wait in the kernel.
      client.config().setAutoRead(toServer.wantsMore());
      server.config().setAutoRead(server.isActive() && toClient.wantsMore());
    }
  }

  /** Bytes of one side: the client's begin a turn when the server spoke last. */
  private void read(Stream from, ByteBuf bytes) {
    EdgeCell current = proxy.cell();
    boolean client = from == Stream.UPSTREAM;
    boolean begins = current != cell || (client && (answered || !clientSpoke));
    if (begins) {
      cell = current;
      turn = current.begin(proxy.edge());
      clientSpoke = client;
      answered = !client;
    } else if (!client && !answered) {
      answered = true;
      begins = true;
    }
    current.seeBody(from);
    Orders orders = begins ? ask(current, from) : Orders.NONE;
    Effect.Cut cut = orders.cut();
    Effect.Stall stall = orders.stall();
    TcpFlow flow = client ? toServer : toClient;
    if (cut != null) {
      bytes.release();
      end(cut.how(), How.CLOSE);
      return;
    }
    if (stall != null) {
      flow.swallow();
      if (stall.closeAfter() != null) {
        this.client
            .eventLoop()
            .schedule(
                () -> end(How.CLOSE, How.CLOSE),
                stall.closeAfter().toNanos(),
                TimeUnit.NANOSECONDS);
      }
    } else if (begins) {
      flow.order(orders.delay(), orders.pace());
    }
    flow.take(bytes);
    updateReads();
  }

  private Orders ask(EdgeCell current, Stream stream) {
    if (!current.asks(proxy.edge(), stream)) {
      return Orders.NONE;
    }
    try {
      Injector.Injected planned =
          current.plan(
              new Exchange(
                  proxy.edge(), "", turn, stream, EdgeCell.NO_REQUEST, null, false, caller));
      return Orders.of(planned.effects());
    } catch (RuntimeException failed) {
      current.note(turn, ExchangeNote.Kind.INJECTOR_FAILED, String.valueOf(failed.getMessage()));
      return Orders.NONE;
    }
  }

  private void end(How how, How upstreamHow) {
    if (ending) {
      return;
    }
    ending = true;
    toServer.swallow();
    toClient.swallow();
    Ending.end(server, upstreamHow, false);
    Ending.end(client, how, false);
  }

  @Override
  public void cellOver(EdgeCell over) {
    if (cell != over || !over.recording()) {
      return;
    }
    if (toServer.busy() || toClient.busy()) {
      over.note(turn, ExchangeNote.Kind.CUT_AT_END, "still held back when the cell ended");
      close();
    }
    toServer.calm();
    toClient.calm();
  }

  @Override
  public void closeIdle() {
    close();
  }

  @Override
  public void close() {
    ending = true;
    toServer.swallow();
    toClient.swallow();
    server.close();
    client.close();
  }

  /** One of the two ends. */
  private final class Side extends ChannelInboundHandlerAdapter {
    private final Stream from;
    private boolean broken;

    Side(Stream from) {
      this.from = from;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (!ending && message instanceof ByteBuf bytes) {
        read(from, bytes);
      } else {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      updateReads();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        ctx.channel().config().setAutoRead(false);
        if (ending) {
          ctx.close();
        } else {
          (from == Stream.UPSTREAM ? toServer : toClient).sourceOver();
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      broken = true;
      ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      Channel other = from == Stream.UPSTREAM ? server : client;
      if (!ending) {
        ending = true;
        toServer.swallow();
        toClient.swallow();
        Ending.end(other, broken ? How.RESET : How.CLOSE, false);
      }
      if (from == Stream.UPSTREAM) {
        proxy.forget(TcpConnection.this);
      }
    }
  }
}
