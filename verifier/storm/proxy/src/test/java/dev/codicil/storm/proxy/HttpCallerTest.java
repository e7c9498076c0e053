package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallerTest extends ProxyTestBase {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static CallResult call(InetSocketAddress to, HttpRequest request, Duration deadline)
      throws Exception {
    return new HttpCaller(loop)
        .call(to, request, deadline, Map.of("X-Codicil-Exchange", "e"))
        .get(30, TimeUnit.SECONDS);
  }

  private static HttpRequest get() {
    return new HttpRequest("GET", "/a?b=c", Headers.of("Accept", "x/y"), Payload.EMPTY);
  }

  @Test
  void sendsExactlyTheRequestOnAFreshConnectionEachTime() throws Exception {
    try (RawServer server = RawServer.replying(OK)) {
      for (int i = 0; i < 2; i++) {
        HttpRequest post =
            new HttpRequest("POST", "/a", Headers.of("Content-Type", "t/u"), Payload.of("body"));
        CallResult result = call(server.address(), post, LONG);
        assertThat(result.ended()).isEqualTo(CallResult.Ended.REPLIED);
        assertThat(Objects.requireNonNull(result.reply()).body().utf8()).isEqualTo("hello");
        assertThat(result.reply().status()).isEqualTo(200);
        assertThat(next(server.requests))
            .isEqualTo(
                "POST /a HTTP/1.1\r\nhost: "
                    + server.address().getHostString()
                    + ":"
                    + server.address().getPort()
                    + "\r\ncontent-type: t/u\r\nX-Codicil-Exchange: e\r\n"
                    + "content-length: 4\r\n\r\nbody");
      }
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (RawServer server =
        RawServer.replying(
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")) {
      CallResult result = call(server.address(), get(), LONG);
      assertThat(Objects.requireNonNull(result.reply()).status()).isEqualTo(302);
      assertThat(server.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\nhi"
      })
  void readsEveryFraming(String reply) throws Exception {
    try (RawServer server = once(reply)) {
      CallResult result = call(server.address(), get(), LONG);
      assertThat(result.ended()).isEqualTo(CallResult.Ended.REPLIED);
      assertThat(Objects.requireNonNull(result.reply()).body().utf8()).isEqualTo("hi");
    }
  }

  @Test
  void readsTheReplyToHead() throws Exception {
    try (RawServer server = RawServer.replying("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")) {
      HttpRequest head = new HttpRequest("HEAD", "/a", Headers.NONE, Payload.EMPTY);
      assertThat(call(server.address(), head, LONG).ended()).isEqualTo(CallResult.Ended.REPLIED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | DISCONNECTED | closed before a reply",
        "HTTP/1.1 20 | DISCONNECTED | closed in the middle of the head",
        "'HTTP/1.1 200 OK~Content-Length: 9~~abc' | DISCONNECTED | closed after 3 of 9 body bytes",
        "'HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~abc~' | DISCONNECTED | closed after 3 body bytes",
        "'SSH-2.0-x' | GARBLED | closed in the middle of the head",
        "'nonsense all over~~' | GARBLED | not an HTTP reply",
        "'HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~' | GARBLED | not an HTTP reply"
      })
  void tellsHowAReplyFailed(String reply, CallResult.Ended ended, String detail) throws Exception {
    try (RawServer server = once(reply.replace("~", "\r\n"))) {
      CallResult result = call(server.address(), get(), LONG);
      assertThat(result.reply()).isNull();
      assertThat(result.detail()).startsWith(detail);
      assertThat(result.ended()).isEqualTo(ended);
    }
  }

  @Test
  void tellsAReset() throws Exception {
    try (RawServer server =
        new RawServer(
            talk -> {
              talk.request();
              talk.reset();
            })) {
      CallResult result = call(server.address(), get(), LONG);
      assertThat(result.ended()).isEqualTo(CallResult.Ended.DISCONNECTED);
      assertThat(result.detail()).isEqualTo("reset before a reply");
    }
  }

  @Test
  void holdsTheWholeExchangeToTheDeadline() throws Exception {
    try (RawServer server =
        new RawServer(
            talk -> {
              talk.request();
              talk.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
              talk.read();
            })) {
      CallResult result = call(server.address(), get(), Duration.ofMillis(200));
      assertThat(result.ended()).isEqualTo(CallResult.Ended.TIMED_OUT);
      assertThat(result.elapsedMillis()).isGreaterThanOrEqualTo(200);
      assertThat(next(server.ends)).as("the connection is given up").isNotNull();
    }
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    InetSocketAddress gone;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    assertThat(call(gone, get(), LONG).ended()).isEqualTo(CallResult.Ended.REFUSED);
  }

  @Test
  void stopsAtABodyThatIsTooLarge() throws Exception {
    try (RawServer server =
        new RawServer(
            talk -> {
              talk.request();
              talk.say("HTTP/1.1 200 OK\r\n\r\n");
              String block = "x".repeat(1 << 20);
              for (int i = 0; i < 64; i++) {
                talk.say(block);
              }
            })) {
      CallResult result = call(server.address(), get(), LONG);
      assertThat(result.ended()).isEqualTo(CallResult.Ended.GARBLED);
      assertThat(result.detail()).contains("over 8388608 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nX: y", "/\u00e4"})
  void refusesATargetThatIsNotEncoded(String target) {
    HttpRequest request = new HttpRequest("GET", target, Headers.NONE, Payload.EMPTY);
    assertThatThrownBy(() -> call(new InetSocketAddress("127.0.0.1", 1), request, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("percent-encoded");
  }

  @Test
  void refusesAHeaderThatWouldSplitTheRequest() {
    HttpRequest request =
        new HttpRequest("GET", "/", Headers.of("X", "a\r\nHost: evil"), Payload.EMPTY);
    assertThatThrownBy(() -> call(new InetSocketAddress("127.0.0.1", 1), request, LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RawServer once(String reply) throws Exception {
    return new RawServer(
        talk -> {
          talk.request();
          talk.say(reply);
        });
  }
}
