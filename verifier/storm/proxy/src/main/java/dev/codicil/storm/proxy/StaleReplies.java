package dev.codicil.storm.proxy;

import dev.codicil.contract.HttpReply;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last reply to each request (method and target) on one edge that no fault has touched, as a
 * cache would keep it. Bounded: the request that was not repeated for longest is forgotten first.
 * Thread-safe.
 */
final class StaleReplies {
  private static final int MOST = 256;
  private static final int LARGEST = 256 << 10;
  private static final long MOST_BYTES = 4L << 20;

  private final Map<String, HttpReply> replies = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param key method and target
   */
  synchronized void keep(String key, HttpReply reply) {
    HttpReply before = replies.remove(key);
    bytes -= before == null ? 0 : before.body().size();
    if (reply.body().size() > LARGEST) {
      return;
    }
    replies.put(key, reply);
    bytes += reply.body().size();
    Iterator<HttpReply> oldest = replies.values().iterator();
    while (replies.size() > MOST || bytes > MOST_BYTES) {
      bytes -= oldest.next().body().size();
      oldest.remove();
    }
  }

  synchronized @Nullable HttpReply find(String key) {
    return replies.get(key);
  }

  synchronized void forget() {
    replies.clear();
    bytes = 0;
  }
}
