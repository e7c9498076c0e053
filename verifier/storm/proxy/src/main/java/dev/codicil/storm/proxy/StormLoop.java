package dev.codicil.storm.proxy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
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

  private StormLoop(EventLoopGroup group) {
    this.group = group;
  }

  /** Starts the loop. */
  public static StormLoop open() {
    return new StormLoop(
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("codicil-storm", true), NioIoHandler.newFactory()));
  }

  EventLoopGroup group() {
    return group;
  }

  /** Ends all connections and threads, waiting a few seconds at most. Idempotent. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(4, TimeUnit.SECONDS);
  }
}
