package dev.codicil.storm.proxy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The few daemon threads on which every proxy, stub and call of a run lives. Nothing may block on
 * them: futures complete there, so whoever continues such a future with slow work must do so
 * elsewhere.
 */
public final class StormLoop implements AutoCloseable {
  private static final int THREADS = 2;

  private final EventLoopGroup group;
  private final Class<? extends ServerSocketChannel> listening;
  private final Class<? extends SocketChannel> connecting;

  private StormLoop(
      IoHandlerFactory io,
      Class<? extends ServerSocketChannel> listening,
      Class<? extends SocketChannel> connecting) {
    this.group =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("codicil-storm", true), io);
    this.listening = listening;
    this.connecting = connecting;
  }

  /** Starts the loop: on epoll where its library is at hand (Linux), on the JDK's NIO elsewhere. */
  public static StormLoop open() {
    return Epoll.isAvailable()
        ? new StormLoop(
            EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class)
        : portable();
  }

  /** Starts the loop on the JDK's NIO. */
  static StormLoop portable() {
    return new StormLoop(
        NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
  }

  EventLoopGroup group() {
    return group;
  }

  Class<? extends ServerSocketChannel> listening() {
    return listening;
  }

  Class<? extends SocketChannel> connecting() {
    return connecting;
  }

  /** Ends all connections and threads, waiting a few seconds at most. Idempotent. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(4, TimeUnit.SECONDS);
  }
}
