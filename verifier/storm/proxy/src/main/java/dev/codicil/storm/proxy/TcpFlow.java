package dev.codicil.storm.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way in one direction of a TCP connection: handed on, held back, let through in
 * pieces, or swallowed. Used from one event loop only.
 */
// How a Netty write ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class TcpFlow {
  private static final long MOST_HELD = 64 << 10;

  private final Channel to;
  private final Deque<ByteBuf> held = new ArrayDeque<>(2);
  private final Runnable changed;
  private long heldBytes;
  private boolean open;
  private int waiting;
  private boolean swallowing;
  private boolean over;
  private boolean ended;
  private boolean firstPiece;
  private @Nullable Pace pace;

  /**
   * @param to where it leads
   * @param changed told when there may be more room for what comes, or the flow has ended
   */
  TcpFlow(Channel to, Runnable changed) {
    this.to = to;
    this.changed = changed;
  }

  /** The other side can be spoken to. */
  void open() {
    open = true;
    pump();
  }

  /** What follows waits first, then passes in pieces; null for as it comes. */
  void order(Duration delay, @Nullable Pace steps) {
    pace = steps;
    firstPiece = true;
    if (!delay.isZero()) {
      after(delay.toNanos(), () -> {});
    }
  }

  /** Nothing passes until then. */
  private void after(long nanos, Runnable first) {
    waiting++;
    to.eventLoop()
        .schedule(
            () -> {
              waiting--;
              first.run();
              pump();
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }

  /** What follows passes as it comes. */
  void calm() {
    pace = null;
  }

  /** Nothing passes any more; what comes is read and dropped. */
  void swallow() {
    swallowing = true;
    release();
  }

  void take(ByteBuf bytes) {
    if (swallowing || ended) {
      bytes.release();
      return;
    }
    held.add(bytes);
    heldBytes += bytes.readableBytes();
    pump();
  }

  /** The sender sends nothing more; the receiver is told behind what is still on its way. */
  void sourceOver() {
    over = true;
    pump();
  }

  /** Whether something is held back that a fault of the cell is the reason for. */
  boolean busy() {
    return swallowing || waiting > 0 || (pace != null && heldBytes > 0);
  }

  /** Whether the sender should be read. */
  boolean wantsMore() {
    return !over && (swallowing || (open && heldBytes < MOST_HELD && to.isWritable()));
  }

  private void pump() {
    Pace steps = pace;
    if (!open || waiting > 0 || ended || swallowing) {
      return;
    }
    if (steps != null && heldBytes > 0) {
      piece(steps);
      return;
    }
    ChannelFuture last = null;
    while (!held.isEmpty()) {
      last = to.write(held.remove());
    }
    heldBytes = 0;
    to.flush();
    if (over) {
      end(last);
    }
    changed.run();
  }

  /** One piece, once its time has come; the next one after it. */
  private void piece(Pace steps) {
    int bytes = (int) Math.min(steps.piece(), heldBytes);
    long wait = steps.waitNanos(bytes, firstPiece);
    firstPiece = false;
    after(
        wait,
        () -> {
          if (!swallowing && !ended && heldBytes > 0) {
            to.writeAndFlush(cut(bytes));
          }
        });
  }

  private ByteBuf cut(int bytes) {
    ByteBuf piece = to.alloc().buffer(bytes);
    while (piece.readableBytes() < bytes && !held.isEmpty()) {
      ByteBuf next = held.element();
      piece.writeBytes(next, Math.min(next.readableBytes(), bytes - piece.readableBytes()));
      if (!next.isReadable()) {
        held.remove().release();
      }
    }
    heldBytes -= piece.readableBytes();
    return piece;
  }

  private void end(@Nullable ChannelFuture last) {
    ended = true;
    if (last == null || last.isDone()) {
      finish();
    } else {
      last.addListener(done -> finish());
    }
  }

  private void finish() {
    if (to instanceof DuplexChannel duplex && to.isActive() && !duplex.isOutputShutdown()) {
      duplex.shutdownOutput();
    }
    changed.run();
  }

  /** Whether all that the sender had to say has passed. */
  boolean ended() {
    return ended;
  }

  /** Lets go of everything held. Idempotent. */
  void release() {
    held.forEach(ByteBuf::release);
    held.clear();
    heldBytes = 0;
  }
}
