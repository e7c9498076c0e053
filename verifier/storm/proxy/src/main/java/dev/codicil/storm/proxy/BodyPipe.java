package dev.codicil.storm.proxy;

import dev.codicil.contract.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message on its way through the proxy: gathered, held, replaced, cut short, paced,
 * or handed straight on. Used from one event loop only.
 */
// How a Netty write ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class BodyPipe {
  /** How the way of a body ended, told once the last write has gone out. */
  enum End {
    /** All of it passed. */
    WHOLE,
    /** As many bytes passed as were allowed. */
    LIMIT,
    /** The source ended in the middle. */
    BROKEN
  }

  static final long NO_LIMIT = Long.MAX_VALUE;

  private static final int LEAST_HELD_FOR_A_PACE = 64 << 10;

  private final Deque<HttpContent> held = new ArrayDeque<>(2);
  private long size;
  private long heldBytes;
  private boolean complete;
  private boolean gathering = true;
  private boolean discarding;
  private boolean replaced;
  private boolean broken;
  private boolean ended;
  private boolean waiting;
  private boolean begun;
  private long room = NO_LIMIT;
  private @Nullable Pace pace;
  private @Nullable Channel sink;
  private @Nullable Consumer<End> whenEnded;

  /** Takes over one part. */
  void accept(HttpContent part) {
    if (complete || broken) {
      part.release();
      return;
    }
    int bytes = part.content().readableBytes();
    complete = part instanceof LastHttpContent;
    size += bytes;
    if (discarding) {
      part.release();
      return;
    }
    hold(part, bytes);
    if (sink != null) {
      drain(sink);
    }
  }

  private void hold(HttpContent part, int bytes) {
    held.add(part);
    heldBytes += bytes;
  }

  /** Whether the whole body came in. */
  boolean complete() {
    return complete;
  }

  /** How many bytes came in so far. */
  long size() {
    return size;
  }

  /** Whether the source should be read. */
  boolean wantsMore() {
    if (complete || broken) {
      return false;
    }
    if (gathering || discarding) {
      return true;
    }
    Channel to = sink;
    Pace steps = pace;
    return to != null
        && to.isWritable()
        && (steps == null || heldBytes < Math.max(steps.piece(), LEAST_HELD_FOR_A_PACE));
  }

  /** From now on parts wait at the source until the pipe is opened. */
  void pause() {
    gathering = false;
  }

  /** Parts are kept as they come, until {@link #pause}. */
  void gather() {
    gathering = true;
  }

  /** Whether all that will go out is held. */
  boolean settled() {
    return complete || replaced;
  }

  /** How many bytes are held. */
  long held() {
    return heldBytes;
  }

  /** A copy of what is held. */
  Payload gathered() {
    if (heldBytes == 0) {
      return Payload.EMPTY;
    }
    byte[] bytes = new byte[(int) heldBytes];
    int at = 0;
    for (HttpContent part : held) {
      ByteBuf content = part.content();
      int length = content.readableBytes();
      content.getBytes(content.readerIndex(), bytes, at, length);
      at += length;
    }
    return Payload.of(bytes);
  }

  /** Another body goes out; what is held and still comes, trailers too, is dropped. */
  void replace(Payload body) {
    discard();
    replaced = true;
    hold(Wire.last(body), body.size());
  }

  /** What is held and still comes is dropped. */
  void discard() {
    drop();
    discarding = true;
  }

  /** The source ended; what came before still goes out. */
  void breakOff() {
    if (!complete) {
      broken = true;
      if (sink != null) {
        drain(sink);
      }
    }
  }

  /**
   * The body in one part, when it is one and there is nothing to wait for; it has then left the
   * pipe. One write costs less than two.
   */
  @Nullable LastHttpContent takeWhole() {
    if (settled() && held.size() == 1 && held.element() instanceof LastHttpContent whole) {
      held.remove();
      heldBytes = 0;
      ended = true;
      discarding = true;
      gathering = false;
      return whole;
    }
    return null;
  }

  /**
   * Lets the body go, the head having been written to {@code to}.
   *
   * @param limit how many bytes may pass
   * @param steps in which pieces, null for as they come
   * @param then told on the event loop, once
   */
  void open(Channel to, long limit, @Nullable Pace steps, Consumer<End> then) {
    sink = to;
    room = limit;
    pace = steps;
    whenEnded = then;
    gathering = false;
    drain(to);
  }

  private void drain(Channel to) {
    Pace steps = pace;
    if (steps != null) {
      paced(to, steps);
      return;
    }
    ChannelFuture written = null;
    End end = room == 0 ? End.LIMIT : null;
    while (end == null && !held.isEmpty()) {
      HttpContent part = held.remove();
      int bytes = part.content().readableBytes();
      heldBytes -= bytes;
      if (bytes > room) {
        written = to.write(new DefaultHttpContent(part.content().readRetainedSlice((int) room)));
        part.release();
        room = 0;
      } else {
        room -= room == NO_LIMIT ? 0 : bytes;
        end = part instanceof LastHttpContent ? End.WHOLE : null;
        written = to.write(part);
      }
      if (end == null && room == 0) {
        end = End.LIMIT;
      }
    }
    if (end == null && broken) {
      end = End.BROKEN;
    }
    if (end == null || ended) {
      to.flush();
      return;
    }
    end(end, to, written);
  }

  /** One piece, once its time has come; the next one after it. */
  private void paced(Channel to, Pace steps) {
    if (waiting || ended) {
      return;
    }
    if (!begun) {
      to.flush();
    }
    long most = Math.min(steps.piece(), room);
    boolean last = complete || replaced || broken;
    if (heldBytes < most && !last) {
      return;
    }
    int bytes = (int) Math.min(most, heldBytes);
    long wait = bytes == 0 ? 0 : steps.waitNanos(bytes, !begun);
    begun = true;
    if (wait == 0) {
      piece(to, bytes);
      return;
    }
    waiting = true;
    to.eventLoop()
        .schedule(
            () -> {
              waiting = false;
              if (sink == to && !ended) {
                piece(to, bytes);
              }
            },
            wait,
            TimeUnit.NANOSECONDS);
  }

  private void piece(Channel to, int bytes) {
    ChannelFuture written = null;
    if (bytes > 0) {
      written = to.writeAndFlush(new DefaultHttpContent(take(to, bytes)));
      room -= room == NO_LIMIT ? 0 : bytes;
    }
    if (room == 0) {
      end(End.LIMIT, to, written);
    } else if (heldBytes == 0 && settled()) {
      HttpContent last = held.pollLast();
      drop();
      end(End.WHOLE, to, to.write(last == null ? LastHttpContent.EMPTY_LAST_CONTENT : last));
    } else if (heldBytes == 0 && broken) {
      end(End.BROKEN, to, written);
    } else {
      Pace steps = pace;
      // A new turn of the loop, so that pieces without a gap do not pile up on the stack.
      to.eventLoop()
          .execute(
              () -> {
                if (sink == to && !ended && steps != null) {
                  paced(to, steps);
                }
              });
    }
  }

  /** Exactly so many of the bytes held; the last part stays, for its trailers. */
  private ByteBuf take(Channel to, int bytes) {
    ByteBuf piece = to.alloc().buffer(bytes);
    while (piece.readableBytes() < bytes) {
      HttpContent part = held.element();
      ByteBuf content = part.content();
      piece.writeBytes(content, Math.min(content.readableBytes(), bytes - piece.readableBytes()));
      if (!content.isReadable()) {
        held.remove();
        if (part instanceof LastHttpContent end) {
          DefaultLastHttpContent rest = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
          rest.trailingHeaders().set(end.trailingHeaders());
          held.add(rest);
        }
        part.release();
      }
    }
    heldBytes -= bytes;
    return piece;
  }

  private void end(End end, Channel to, @Nullable ChannelFuture written) {
    ended = true;
    sink = null;
    discard();
    Consumer<End> then = whenEnded;
    if (then == null) {
      return;
    }
    // An empty write is flushed behind the head, so its end is the end of everything before it.
    ChannelFuture flushed = written == null ? to.write(Unpooled.EMPTY_BUFFER) : written;
    to.flush();
    if (flushed.isDone()) {
      then.accept(end);
    } else {
      flushed.addListener(done -> then.accept(end));
    }
  }

  private void drop() {
    for (HttpContent part : held) {
      part.release();
    }
    held.clear();
    heldBytes = 0;
  }

  /** Lets go of everything held, for good. Idempotent. */
  void release() {
    drop();
    ended = true;
    sink = null;
    pace = null;
  }
}
