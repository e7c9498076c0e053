package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends that begin a message and do not end it, on raw sockets, with a short patience. */
class FaultProxySlowTest extends ProxyTestBase {
  private static final Duration LIMIT = Duration.ofMillis(150);
  private static final Duration NEVER = Duration.ofMinutes(5);

  @BeforeEach
  void openImpatientProxy() {
    proxy.close();
    proxy = FaultProxy.open(loop, ScriptedFault.EDGE, Tls.NONE, new Patience(LIMIT, LIMIT));
  }

  private void patience(Duration head, Duration still) {
    proxy.close();
    proxy = FaultProxy.open(loop, ScriptedFault.EDGE, Tls.NONE, new Patience(head, still));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET / HTTP/1.1\r\nHost: h\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\r",
        "\r\nGET",
        "PRI * HTTP/2"
      })
  void endsAConnectionWhoseFirstHeadIsNotWholeInTime(String begun) throws Exception {
    patience(LIMIT, NEVER);
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(begun).rest()).isEqualTo(new Raw.Rest("", "closed"));
      EdgeLog log = proxy.disarm();
      assertThat(log.notes())
          .containsExactly(
              new ExchangeNote(
                  ExchangeNote.NO_EXCHANGE,
                  ExchangeNote.Kind.SLOW_HEAD,
                  "the head of a request was not whole within 150ms"));
      assertThat(log.exchanges()).isZero();
      assertThat(server.connections).hasValue(0);
    }
    assertNothingIsLeft();
  }

  @Test
  void isNotFooledByAHeadThatComesByteByByte() throws Exception {
    patience(LIMIT, NEVER);
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say("GET / HTTP/1.1\r\n");
      int said = sayForEver(client, "a: b\r\n");
      assertThat(said).as("some of it came before the end").isPositive();
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.SLOW_HEAD);
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
      })
  void noticesAHeadThatBeganRightBehindAnotherRequest(String first) throws Exception {
    patience(LIMIT, NEVER);
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(first + "GET /sec");
      assertThat(client.reply()).endsWith("hello");
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "closed"));
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(1);
      assertThat(log.notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.SLOW_HEAD);
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\n\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab\r\n"
      })
  void leavesAnIdleConnectionBetweenTwoRequestsAlone(String request) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(request).reply()).endsWith("hello");
      assertThat(client.rest(3 * (int) LIMIT.toMillis())).isEqualTo(new Raw.Rest("", "open"));
      client.socket.setSoTimeout(20_000);
      assertThat(client.say(request).reply()).endsWith("hello");
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "H",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 2",
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n"
      })
  void endsAnExchangeWhoseReplyHeadIsNotWholeInTime(String begun) throws Exception {
    patience(LIMIT, NEVER);
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say(begun);
                  while (talk.read() >= 0) {
                    // until the proxy has had enough
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).rest().end()).isEqualTo("closed");
      assertThat(next(server.ends)).isEqualTo("closed");
      EdgeLog log = proxy.disarm();
      assertThat(log.notes())
          .containsExactly(
              new ExchangeNote(
                  0,
                  ExchangeNote.Kind.SLOW_HEAD,
                  "the head of the reply was not whole within 150ms"));
      assertThat(log.exchanges()).isEqualTo(1);
    }
    assertNothingIsLeft();
  }

  @Test
  void endsAnExchangeWhoseReplyHeadComesByteByByte() throws Exception {
    patience(LIMIT, NEVER);
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\n");
                  while (true) {
                    talk.say("a");
                    talk.say(": b\r");
                    talk.say("\n");
                    pauseALittle();
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(next(server.ends)).isEqualTo("reset");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.SLOW_HEAD);
    }
    assertNothingIsLeft();
  }

  @Test
  void neverBoundsTheTimeBeforeAReplyBegins() throws Exception {
    CountDownLatch replying = new CountDownLatch(1);
    try (RawServer server =
            serve(
                talk -> {
                  while (talk.request() != null) {
                    talk.say("HTTP/1.1 102 Processing\r\n\r\n");
                    await(replying);
                    talk.say(OK);
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(GET);
      assertThat(client.reply()).startsWith("HTTP/1.1 102");
      assertThat(client.rest(3 * (int) LIMIT.toMillis())).isEqualTo(new Raw.Rest("", "open"));
      replying.countDown();
      client.socket.setSoTimeout(20_000);
      assertThat(client.reply()).endsWith("hello");
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPSTREAM", "DOWNSTREAM"})
  void neverCutsAnInjectedDelay(Stream stream) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(stream, new Effect.Delay(LIMIT.multipliedBy(3))));
      long start = System.nanoTime();
      client.say(post("{}") + "GET /sec");
      assertThat(client.reply()).endsWith("hello");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LIMIT.multipliedBy(3));
      EdgeLog log = proxy.disarm();
      assertThat(log.injections()).hasSize(1);
      assertThat(log.notes())
          .extracting(ExchangeNote::detail)
          .containsExactly("the head of a request was not whole when the cell ended");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPSTREAM", "DOWNSTREAM"})
  void neverCutsABodyThatAFaultLetsPassSlowly(Stream stream) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(stream, new Effect.Slice(2, LIMIT.multipliedBy(2))));
      client.say(post("{\"a\":1}"));
      assertThat(client.reply()).endsWith("hello");
      assertThat(next(server.requests)).endsWith("{\"a\":1}");
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void letsAClientWaitForItsContinue() throws Exception {
    CountDownLatch replying = new CountDownLatch(1);
    try (RawServer server =
            serve(
                talk -> {
                  talk.requests().add(talk.head());
                  await(replying);
                  talk.say("HTTP/1.1 100 Continue\r\n\r\n");
                  talk.requests().add(talk.exactly(2));
                  talk.say(OK);
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertThat(next(server.requests)).contains("100-continue");
      assertThat(client.rest(3 * (int) LIMIT.toMillis())).isEqualTo(new Raw.Rest("", "open"));
      replying.countDown();
      client.socket.setSoTimeout(20_000);
      assertThat(client.reply()).startsWith("HTTP/1.1 100");
      assertThat(client.say("ab").reply()).endsWith("hello");
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void endsARequestWhoseBodyStops() throws Exception {
    patience(NEVER, LIMIT);
    try (RawServer server =
            serve(
                talk -> {
                  talk.requests().add(talk.head());
                  while (talk.read() >= 0) {
                    // until the proxy has had enough
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(next(server.ends)).isEqualTo("closed");
      assertThat(proxy.disarm().notes())
          .containsExactly(
              new ExchangeNote(
                  0,
                  ExchangeNote.Kind.STOOD_STILL,
                  "nothing more of the request's body came within 150ms"));
    }
    assertNothingIsLeft();
  }

  @Test
  void endsAReplyWhoseBodyStopsAndGivesTheClientWhatCame() throws Exception {
    patience(NEVER, LIMIT);
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc");
                  while (talk.read() >= 0) {
                    // until the proxy has had enough
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.end()).isEqualTo("closed");
      assertThat(rest.body()).isEqualTo("abc");
      assertThat(next(server.ends)).isEqualTo("closed");
      assertThat(proxy.disarm().notes())
          .containsExactly(
              new ExchangeNote(
                  0,
                  ExchangeNote.Kind.STOOD_STILL,
                  "nothing more of the reply's body came within 150ms"));
    }
    assertNothingIsLeft();
  }

  @Test
  void letsABodyPassThatNeverPausesForLong() throws Exception {
    patience(LIMIT, LIMIT);
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n");
                  for (int i = 0; i < 30; i++) {
                    talk.say("x".repeat(2_000));
                    pauseALittle();
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).reply()).endsWith("x".repeat(60_000));
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void endsAReplyThatItsClientDoesNotRead() throws Exception {
    patience(NEVER, LIMIT);
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
                  String piece = "x".repeat(1 << 16);
                  while (true) {
                    talk.say(piece);
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(GET);
      assertThat(next(server.ends)).isEqualTo("reset");
      assertThat(proxy.disarm().notes())
          .containsExactly(
              new ExchangeNote(
                  0,
                  ExchangeNote.Kind.STOOD_STILL,
                  "the client did not read its reply within 150ms"));
    }
    assertNothingIsLeft();
  }

  @Test
  void doesNotLetAHeadOfOneCellEndInTheNext() throws Exception {
    patience(NEVER, NEVER);
    try (RawServer server = serve(OK);
        Raw client = client();
        Raw idle = client()) {
      assertThat(idle.say(GET).reply()).endsWith("hello");
      proxy.arm(Injector.NONE);
      client.say("GET /a HTTP/1.1\r\nHost: h\r\n");
      assertThat(idle.say(GET).reply()).as("what was said has been read by now").endsWith("hello");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.CUT_AT_END);
      assertThat(client.rest().end()).isIn("closed", "reset");
      proxy.arm(Injector.NONE);
      assertThat(idle.say(GET).reply()).endsWith("hello");
      assertThat(proxy.disarm().exchanges()).isEqualTo(1);
    }
  }

  @Test
  void waitsLongerThanAnyCallThatIsWorthSomething() {
    assertThat(Patience.beyond(Duration.ofSeconds(2))).isEqualTo(Patience.DEFAULT);
    assertThat(Patience.beyond(Duration.ofSeconds(60)))
        .isEqualTo(new Patience(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    assertThatThrownBy(() -> new Patience(Duration.ZERO, NEVER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Says the same again and again until the connection has ended. */
  private static int sayForEver(Raw client, String text) throws Exception {
    client.socket.setSoTimeout(10);
    for (int i = 0; ; i++) {
      try {
        client.say(text);
      } catch (IOException ended) {
        return i;
      }
      Raw.Rest rest = client.rest();
      if (!rest.equals(new Raw.Rest("", "open"))) {
        return i;
      }
    }
  }

  /** A connection that is not ended by the test itself is no longer there. */
  private void assertNothingIsLeft() {
    for (int i = 0; i < 20_000 && proxy.connections() > 0; i++) {
      pauseALittle();
    }
    assertThat(proxy.connections()).isZero();
  }

  private static void pauseALittle() {
    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
