package dev.codicil.storm.proxy;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The seam between the contract's nouns and Netty's messages. */
final class Wire {
  /** Request header in which a replayer names its exchange; it never leaves the proxy. */
  static final AsciiString EXCHANGE_HEADER = AsciiString.cached("x-codicil-exchange");

  /** Reply header that tells an answer of the proxy from one of the subject. */
  static final String PROXY_HEADER = "x-codicil-proxy";

  /** Largest body that is kept whole, in bytes. */
  static final int MAX_BODY = 8 << 20;

  private static final int MAX_LINE = 16 << 10;
  private static final int MAX_HEADERS = 64 << 10;

  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Names of headers with their hash known; what frames a body is left alone. */
  private static final List<AsciiString> STRIPPED =
      List.of(
          AsciiString.cached("connection"),
          AsciiString.cached("keep-alive"),
          AsciiString.cached("proxy-connection"),
          AsciiString.cached("te"),
          AsciiString.cached("upgrade"));

  private Wire() {}

  static HttpDecoderConfig decoder() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MAX_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setMaxChunkSize(MAX_HEADERS);
  }

  static boolean isJson(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .trim()
            .toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json");
  }

  static boolean isJson(HttpMessage head) {
    return isJson(head.headers().get(HttpHeaderNames.CONTENT_TYPE, ""));
  }

  /** Whether the end of the body can be told without the end of the connection. */
  static boolean isFramed(HttpMessage head) {
    return HttpUtil.isTransferEncodingChunked(head)
        || head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  /**
   * Why a request is not passed on: two ends that read its framing differently would see different
   * requests (RFC 9112, section 11.2). Null when it is fine.
   */
  static @Nullable String refusal(HttpRequest head) {
    if (head.protocolVersion().majorVersion() != 1) {
      return head.protocolVersion() + " instead of HTTP/1";
    }
    List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return null;
    }
    if (codings.size() > 1 || !codings.get(0).trim().equalsIgnoreCase("chunked")) {
      return "Transfer-Encoding: " + String.join(", ", codings) + " instead of chunked";
    }
    return head.protocolVersion().minorVersion() == 0 ? "Transfer-Encoding in HTTP/1.0" : null;
  }

  /** The declared length of the body in bytes, 0 when none or unreadable. */
  static long declaredLength(HttpMessage head) {
    try {
      return HttpUtil.getContentLength(head, 0L);
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }

  /** Takes off what concerns one connection only, except the framing of the body. */
  static void stripHopByHop(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.CONNECTION)) {
      stripNominated(headers);
    }
    for (AsciiString name : STRIPPED) {
      headers.remove(name);
    }
  }

  private static void stripNominated(HttpHeaders headers) {
    for (String line : headers.getAll(HttpHeaderNames.CONNECTION)) {
      for (String name : line.split(",", -1)) {
        String nominated = name.trim().toLowerCase(Locale.ROOT);
        if (!nominated.isEmpty()
            && !nominated.equals("content-length")
            && !nominated.equals("transfer-encoding")
            && !nominated.equals("host")) {
          headers.remove(nominated);
        }
      }
    }
  }

  /** Head and body in one message, which is encoded into one buffer. */
  static HttpMessage whole(HttpRequest head, LastHttpContent body) {
    return new DefaultFullHttpRequest(
        head.protocolVersion(),
        head.method(),
        head.uri(),
        body.content(),
        head.headers(),
        body.trailingHeaders());
  }

  /** The same for a reply. */
  static HttpMessage whole(HttpResponse head, LastHttpContent body) {
    return new DefaultFullHttpResponse(
        head.protocolVersion(),
        head.status(),
        body.content(),
        head.headers(),
        body.trailingHeaders());
  }

  static dev.codicil.contract.HttpRequest request(HttpRequest head, Payload body) {
    return new dev.codicil.contract.HttpRequest(
        head.method().name(),
        head.uri(),
        headers(head.headers(), Set.of("host", "content-length", "x-codicil-exchange")),
        body);
  }

  static HttpReply reply(HttpResponse head, Payload body) {
    return new HttpReply(head.status().code(), headers(head.headers(), Set.of()), body);
  }

  /** A request with its body decoded, as faults are shown it: it then has no coding. */
  static dev.codicil.contract.HttpRequest decoded(HttpRequest head, Payload body) {
    dev.codicil.contract.HttpRequest coded = request(head, body);
    return Coding.of(head.headers()).known()
        ? new dev.codicil.contract.HttpRequest(
            coded.method(), coded.target(), coded.headers().without("content-encoding"), body)
        : coded;
  }

  /** The same for a reply. */
  static HttpReply decoded(HttpResponse head, Payload body) {
    HttpReply coded = reply(head, body);
    return Coding.of(head.headers()).known()
        ? new HttpReply(coded.status(), coded.headers().without("content-encoding"), body)
        : coded;
  }

  private static Headers headers(HttpHeaders from, Set<String> without) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : from) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name) && !without.contains(name)) {
        fields.computeIfAbsent(name, unused -> new ArrayList<>()).add(field.getValue());
      }
    }
    return Headers.of(fields);
  }

  /**
   * The head of a reply whose content length is that of its body.
   *
   * @throws IllegalArgumentException when it cannot be written as HTTP
   */
  static HttpResponse head(HttpReply reply) {
    if (reply.status() < 200 || reply.status() > 999) {
      throw new IllegalArgumentException(reply.status() + " is not the status of a final reply");
    }
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    set(head.headers(), reply.headers(), HOP_BY_HOP);
    head.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().size());
    return head;
  }

  /**
   * Sets fields except those named; a field without values is removed.
   *
   * @throws IllegalArgumentException when one cannot be written as HTTP
   */
  static void set(HttpHeaders to, Headers fields, Set<String> except) {
    fields
        .asMap()
        .forEach(
            (name, values) -> {
              if (!except.contains(name)) {
                if (name.isEmpty()) {
                  throw new IllegalArgumentException("a header field without a name");
                }
                to.set(name, values);
              }
            });
  }

  static LastHttpContent last(Payload body) {
    return body.isEmpty()
        ? LastHttpContent.EMPTY_LAST_CONTENT
        : new DefaultLastHttpContent(Unpooled.wrappedBuffer(body.bytes()));
  }

  /** A problem+json answer of our own making, marked so that nobody takes it for the subject's. */
  static HttpReply problem(int status, String marker, String mark, String detail) {
    return new HttpReply(
        status,
        Headers.of("content-type", "application/problem+json").with(marker, mark),
        Payload.of(
            dev.codicil.contract.Json.mapper()
                .createObjectNode()
                .put("status", status)
                .put("title", mark)
                .put("detail", detail)));
  }

  /** The same reply with its body as its coding wants it on the wire, and digests that hold. */
  static HttpReply coded(HttpReply reply) {
    String declared = String.join(",", reply.headers().all("content-encoding"));
    Coding coding = Coding.of(declared);
    if (coding == Coding.IDENTITY) {
      return reply;
    }
    return coding == Coding.OTHER
        ? new HttpReply(reply.status(), reply.headers().without("content-encoding"), reply.body())
        : new HttpReply(reply.status(), reply.headers(), coding.encode(reply.body()));
  }

  /** An interim reply as the server sent it, less what concerns its connection only. */
  static ByteBuf interim(HttpResponse head) {
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(head.status()).append("\r\n");
    head.headers()
        .forEach(
            field ->
                text.append(field.getKey()).append(": ").append(field.getValue()).append("\r\n"));
    return Unpooled.copiedBuffer(text.append("\r\n"), StandardCharsets.ISO_8859_1);
  }

  /** Raw, beside the encoder: an interim reply must not count as the answer to a request. */
  static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
}
