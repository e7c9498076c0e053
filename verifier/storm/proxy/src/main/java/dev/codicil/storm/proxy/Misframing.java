package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect.Reframe.How;
import dev.codicil.contract.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import java.nio.charset.StandardCharsets;

/** Wrong framing of a body whose bytes are right. */
final class Misframing {
  static final String NO_BODY = "the message has no body, or one too large, to frame wrongly";

  private Misframing() {}

  static boolean possible(How how, BodyPipe pipe, boolean bodiless) {
    return !bodiless && pipe.settled() && (pipe.held() > 0 || how == How.LENGTH_TOO_LONG);
  }

  /** Declares the wrong framing; half a body too much, or half of it. */
  static void apply(How how, HttpMessage head, long size) {
    head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    head.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    head.headers().remove(HttpHeaderNames.TRAILER);
    if (how == How.MALFORMED_CHUNK) {
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    } else {
      long wrong = how == How.LENGTH_TOO_LONG ? size + size / 2 + 1 : size / 2;
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, wrong);
    }
  }

  /** A good chunk with the first half, then one whose size is no number. */
  static ByteBuf malformedChunks(Payload body) {
    byte[] bytes = body.bytes();
    int half = bytes.length / 2;
    String first = half == 0 ? "" : Integer.toHexString(half) + "\r\n";
    return Unpooled.wrappedBuffer(
        ascii(first),
        Unpooled.wrappedBuffer(bytes, 0, half),
        ascii(half == 0 ? "size\r\n" : "\r\nsize\r\n"),
        Unpooled.wrappedBuffer(bytes, half, bytes.length - half),
        ascii("\r\n0\r\n\r\n"));
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
  }
}
