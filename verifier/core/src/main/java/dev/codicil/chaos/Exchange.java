package dev.codicil.chaos;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply as they pass an edge, as a fault sees them.
 *
 * @param edge id of the edge
 * @param name who sent it: value of the replayer's exchange header, or empty for a subject's own
 *     calls
 * @param call 0-based number of the exchange on this edge within the cell
 * @param stream which message is asked about
 * @param request the request; its body is there only when the fault's card asks for bodies
 * @param reply the reply; null while the request is asked about
 * @param repeated whether the same method and target was asked for earlier on this edge within the
 *     cell
 * @param caller number of the caller's node from which it comes; 0 where the caller has only one
 */
public record Exchange(
    String edge,
    String name,
    int call,
    Stream stream,
    HttpRequest request,
    @Nullable HttpReply reply,
    boolean repeated,
    int caller) {

  /** An exchange that comes from the only node of its caller. */
  public Exchange(
      String edge,
      String name,
      int call,
      Stream stream,
      HttpRequest request,
      @Nullable HttpReply reply,
      boolean repeated) {
    this(edge, name, call, stream, request, reply, repeated, 0);
  }

  /** An exchange that repeats one before it, unless it is the first. */
  public Exchange(
      String edge,
      String name,
      int call,
      Stream stream,
      HttpRequest request,
      @Nullable HttpReply reply) {
    this(edge, name, call, stream, request, reply, call > 0);
  }

  /** Headers of the message that is asked about. */
  public Headers headers() {
    if (stream == Stream.UPSTREAM) {
      return request.headers();
    }
    return reply == null ? Headers.NONE : reply.headers();
  }

  /** Body of the message that is asked about; empty when it has none. */
  public Payload body() {
    if (stream == Stream.UPSTREAM) {
      return request.body();
    }
    return reply == null ? Payload.EMPTY : reply.body();
  }

  /** The same exchange after an effect has changed its message, as the next fault sees it. */
  public Exchange after(Effect effect) {
    if (effect instanceof Effect.ReplaceBody replaced) {
      return withMessage(headers(), replaced.body());
    }
    if (effect instanceof Effect.SetHeaders changed) {
      Map<String, List<String>> joined = new TreeMap<>(headers().asMap());
      joined.putAll(changed.set().asMap());
      joined.values().removeIf(List::isEmpty);
      return withMessage(Headers.of(joined), body());
    }
    if (effect instanceof Effect.ReplaceReply replaced) {
      return new Exchange(edge, name, call, stream, request, replaced.reply(), repeated, caller);
    }
    return this;
  }

  private Exchange withMessage(Headers headers, Payload body) {
    if (stream == Stream.UPSTREAM) {
      HttpRequest changed = new HttpRequest(request.method(), request.target(), headers, body);
      return new Exchange(edge, name, call, stream, changed, reply, repeated, caller);
    }
    HttpReply changed = reply == null ? null : new HttpReply(reply.status(), headers, body);
    return new Exchange(edge, name, call, stream, request, changed, repeated, caller);
  }
}
