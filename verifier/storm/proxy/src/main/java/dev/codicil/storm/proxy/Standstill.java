package dev.codicil.storm.proxy;

import dev.codicil.chaos.Durations;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a message which has begun does not go on. Looked after when something has been read;
 * a timer runs only while a message is unfinished. Used from one event loop only.
 */
final class Standstill {
  /** Who has to do something now. */
  enum Awaited {
    NOBODY("", false),
    REQUEST_HEAD("the head of a request was not whole", true),
    REPLY_HEAD("the head of the reply was not whole", true),
    REQUEST_BODY("nothing more of the request's body came", false),
    REPLY_BODY("nothing more of the reply's body came", false),
    CLIENT_READING("the client did not read its reply", false),
    SERVER_READING("the server did not read the request", false);

    private final String complaint;
    private final boolean head;

    Awaited(String complaint, boolean head) {
      this.complaint = complaint;
      this.head = head;
    }

    boolean head() {
      return head;
    }
  }

  /** The two connections that are looked after. */
  interface Watched {
    /** Who has to do something now. */
    Awaited awaited();

    /** Something that changes whenever bytes leave. */
    long unsent();

    /** Nothing came in time. */
    void stoodStill(Awaited awaited, String complaint);
  }

  private final Patience patience;
  private final EventLoop loop;
  private final Watched watched;
  private Awaited awaited = Awaited.NOBODY;
  private long since;
  private long unsent;
  private @Nullable Future<?> timer;

  Standstill(Patience patience, EventLoop loop, Watched watched) {
    this.patience = patience;
    this.loop = loop;
    this.watched = watched;
  }

  /** A head has ended; should the next one have begun already, its time begins now. */
  void headOver() {
    awaited = Awaited.NOBODY;
  }

  /** Something came or went. */
  void moved() {
    Awaited now = watched.awaited();
    if (now == Awaited.NOBODY) {
      awaited = now;
      return;
    }
    if (now != awaited || !now.head()) {
      awaited = now;
      since = System.nanoTime();
      unsent = watched.unsent();
    }
    if (timer == null) {
      schedule(limit(now).toNanos());
    }
  }

  private void schedule(long wait) {
    timer = loop.schedule(this::look, wait, TimeUnit.NANOSECONDS);
  }

  private void look() {
    timer = null;
    Awaited now = watched.awaited();
    if (now != awaited || now == Awaited.NOBODY) {
      moved();
      return;
    }
    long pending = watched.unsent();
    if (!now.head() && pending != unsent) {
      unsent = pending;
      since = System.nanoTime();
    }
    long left = limit(now).toNanos() - (System.nanoTime() - since);
    if (left > 0) {
      schedule(left);
    } else {
      awaited = Awaited.NOBODY;
      watched.stoodStill(now, now.complaint + " within " + Durations.format(limit(now)));
    }
  }

  private Duration limit(Awaited of) {
    return of.head() ? patience.head() : patience.still();
  }

  /** Nothing is looked after any more. Idempotent. */
  void end() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }
}
