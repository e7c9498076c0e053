package dev.codicil.storm.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * HTTP/1.1 towards a client. Knows what Netty's own codec does not tell: whether a head is open.
 */
final class ServerCodec
    extends CombinedChannelDuplexHandler<HttpRequestDecoder, HttpResponseEncoder> {
  private final Queue<HttpMethod> unanswered = new ArrayDeque<>(4);
  private boolean between = true;
  private boolean inHead;

  ServerCodec() {
    init(new Requests(), new Replies());
  }

  /** Whether the head of a request has begun and not ended. */
  boolean inHead() {
    return inHead;
  }

  private void came(Object message) {
    if (message instanceof HttpRequest request) {
      unanswered.add(request.method());
      between = false;
      inHead = false;
    }
    if (message instanceof LastHttpContent) {
      between = true;
    }
  }

  private final class Requests extends HttpRequestDecoder {
    Requests() {
      super(Wire.decoder());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
        throws Exception {
      // Empty lines before a request line are no part of it (RFC 9112, section 2.2).
      inHead = inHead || between && buffer.forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0;
      int before = out.size();
      super.decode(ctx, buffer, out);
      for (int i = before; i < out.size(); i++) {
        came(out.get(i));
      }
    }
  }

  private final class Replies extends HttpResponseEncoder {
    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse reply) {
      return HttpMethod.HEAD.equals(unanswered.poll()) || super.isContentAlwaysEmpty(reply);
    }
  }
}
