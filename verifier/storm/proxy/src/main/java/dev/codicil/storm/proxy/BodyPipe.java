package dev.codicil.storm.proxy;

import dev.codicil.contract.Payload;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message on its way through the proxy: gathered, held, replaced, cut short, or
 * handed straight on. Used from one event loop only.
 */
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

  private final Deque<HttpContent> held = new ArrayDeque<>();
  private long size;
  private boolean complete;
  private boolean gathering = true;
  private boolean discarding;
  private boolean replaced;
  private boolean broken;
  private boolean ended;
  private long room = NO_LIMIT;
  private @Nullable Channel sink;
  private @Nullable Consumer<End> whenEnded;

  /** Takes over one part. */
  void accept(HttpContent part) {
    if (complete || broken) {
      part.release();
      return;
    }
    complete = part instanceof LastHttpContent;
    size += part.content().readableBytes();
    if (discarding) {
      part.release();
      return;
    }
    held.add(part);
    if (sink != null) {
      drain(sink);
    }
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
    return gathering || discarding || (sink != null && sink.isWritable());
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

  /** A copy of what is held. */
  Payload gathered() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (HttpContent part : held) {
      byte[] copy = new byte[part.content().readableBytes()];
      part.content().getBytes(part.content().readerIndex(), copy);
      bytes.writeBytes(copy);
    }
    return Payload.of(bytes.toByteArray());
  }

  /** Another body goes out; what is held and still comes, trailers too, is dropped. */
  void replace(Payload body) {
    discard();
    replaced = true;
    held.add(Wire.last(body));
  }

  /** What is held and still comes is dropped. */
  void discard() {
    release();
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
   * Lets the body go, the head having been written to {@code to}.
   *
   * @param limit how many bytes may pass
   * @param then told on the event loop, once
   */
  void open(Channel to, long limit, Consumer<End> then) {
    sink = to;
    room = limit;
    whenEnded = then;
    gathering = false;
    drain(to);
  }

  private void drain(Channel to) {
    ChannelFuture written = null;
    End end = room == 0 ? End.LIMIT : null;
    while (end == null && !held.isEmpty()) {
      HttpContent part = held.remove();
      int bytes = part.content().readableBytes();
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
    ended = true;
    sink = null;
    discard();
    tell(end, to, written);
  }

  private void tell(End end, Channel to, @Nullable ChannelFuture written) {
    Consumer<End> then = whenEnded;
    if (then == null) {
      return;
    }
    // An empty write is flushed behind the head, so its end is the end of everything before it.
    ChannelFuture flushed =
        written == null ? to.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER) : written;
    to.flush();
    flushed.addListener(done -> then.accept(end));
  }

  /** Lets go of everything held. Idempotent. */
  void release() {
    for (HttpContent part : held) {
      part.release();
    }
    held.clear();
  }
}
