package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that misbehave, and many at once. */
class FaultProxyHostileTest extends ProxyTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001\u0002\u0000\u0001 hello\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n",
        // Shapes that two ends read differently: request smuggling.
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\n\u0000X: 1\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: lots\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /a HTTP/1.1\r\nHost : h\r\n\r\n"
      })
  void closesOnAClientThatDoesNotSpeakHttpAndSaysSo(String garbage) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      Raw.Rest rest = client.say(garbage).rest();
      assertThat(rest.text()).isEmpty();
      assertThat(rest.end()).isNotEqualTo("open");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.MALFORMED_REQUEST);
    }
  }

  @Test
  void closesOnOversizedHeaders() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say("GET /a HTTP/1.1\r\nHost: h\r\nX-Big: " + "x".repeat(70_000) + "\r\n\r\n");
      assertThat(client.rest().text()).isEmpty();
      assertThat(server.connections).hasValue(0);
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.MALFORMED_REQUEST);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 smtp ready\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nq\r\n"
      })
  void closesOnAServerThatDoesNotSpeakHttpAndSaysSo(String garbage) throws Exception {
    try (RawServer server = serve(garbage);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.MALFORMED_REPLY);
    }
  }

  @Test
  void saysOneFramingOnlyWhereTheClientSaidTwo() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(
          "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2\r\nhi\r\n0\r\n\r\n");
      // Refused or made one; either way the server never sees both.
      client.rest(300);
      for (String request : server.requests) {
        assertThat(Raw.field(request, "content-length")).isNull();
        assertThat(request).endsWith("\r\n\r\nhi");
      }
      assertThat(proxy.disarm().exchanges()).isEqualTo(server.requests.size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\r\nHost: h\r\nX-Folded: a\r\n b: c\r\n\r\n",
        "GET /a HTTP/1.1\nHost: h\nX-Bare: a\n\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nX-Cr: a\rb\r\n\r\n"
      })
  void normalizesOrRefusesLinesThatEndInOtherWays(String request) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      Raw.Rest rest = client.say(request).rest(300);
      EdgeLog log = proxy.disarm();
      if (server.requests.isEmpty()) {
        assertThat(rest.text()).isEmpty();
        assertThat(log.notes())
            .extracting(ExchangeNote::kind)
            .containsExactly(ExchangeNote.Kind.MALFORMED_REQUEST);
      } else {
        String seen = next(server.requests);
        assertThat(seen.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        assertThat(seen).doesNotContain("\r\n ");
      }
    }
  }

  @Test
  void doesNotBufferForAClientThatNeverReads() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(1);
    long total = 256L << 20;
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + total + "\r\n\r\n");
                  byte[] block = new byte[1 << 16];
                  try {
                    while (sent.get() < total) {
                      talk.socket.getOutputStream().write(block);
                      sent.addAndGet(block.length);
                    }
                  } finally {
                    ended.countDown();
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(GET);
      // Until the sockets between are full the server goes on; then it must stand still.
      long before = -1;
      while (before != sent.get() || before == 0) {
        before = sent.get();
        ended.await(300, TimeUnit.MILLISECONDS);
      }
      assertThat(sent).hasValueLessThan(total / 2);
      EdgeLog log = proxy.disarm();
      assertThat(log.notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.CUT_AT_END);
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void survivesAClientThatLeavesDuringADelay() throws Exception {
    try (RawServer server = serve(OK)) {
      proxy.arm(
          ScriptedFault.always(
              Stream.UPSTREAM, new Effect.Delay(java.time.Duration.ofMillis(100))));
      try (Raw client = client()) {
        client.say(post("{}"));
      }
      assertThat(next(server.requests)).as("it was on its way").endsWith("{}");
      try (Raw client = client()) {
        assertThat(client.say(GET).reply()).endsWith("hello");
      }
    }
  }

  @Test
  void passesAReplyThatComesBeforeTheRequestIsWhole() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  for (int i = 0; i < 60; i++) {
                    talk.read();
                  }
                  talk.say("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                  while (talk.read() >= 0) {
                    // the rest of what came before the end
                  }
                });
        Raw client = client()) {
      client.say("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(99));
      Raw.Rest rest = client.rest();
      assertThat(rest.text()).startsWith("HTTP/1.1 413");
      assertThat(rest.body()).isEqualTo("big");
    }
  }

  @Test
  void keepsNotesBounded() throws Exception {
    try (RawServer server = serve(OK)) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.UPSTREAM,
              false,
              exchange -> {
                throw new IllegalStateException("always");
              }));
      try (Raw client = client()) {
        for (int i = 0; i < 300; i++) {
          client.say(GET).reply();
        }
      }
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(300);
      assertThat(log.notes()).hasSize(257);
      assertThat(log.notes().get(0).kind()).isEqualTo(ExchangeNote.Kind.MORE_NOTES);
    }
  }

  @Test
  void serves32ConnectionsAtOnceWithoutMixingThemUp() throws Exception {
    int clients = 32;
    int rounds = 40;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (RawServer server =
        serve(
            talk -> {
              String request = talk.request();
              while (request != null) {
                String body = request.substring(request.indexOf("\r\n\r\n") + 4);
                talk.say(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
                request = talk.request();
              }
            })) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.DOWNSTREAM,
              true,
              exchange ->
                  List.of(
                      new Effect.ReplaceBody(
                          Payload.of("<" + exchange.request().body().utf8() + ">")))));
      List<Future<Integer>> all = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int number = c;
        all.add(threads.submit(() -> rounds(number, rounds)));
      }
      for (Future<Integer> one : all) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(rounds);
      }
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(clients * rounds);
      assertThat(log.injections())
          .extracting(injection -> injection.call())
          .isSorted()
          .doesNotHaveDuplicates()
          .hasSize(clients * rounds);
      assertThat(log.notes()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  private int rounds(int number, int rounds) throws Exception {
    int right = 0;
    try (Raw client = client()) {
      for (int r = 0; r < rounds; r++) {
        String body = "{\"c\":" + number + ",\"r\":" + r + "}";
        if (client.say(post(body)).reply().endsWith("\r\n\r\n<" + body + ">")) {
          right++;
        }
      }
    }
    return right;
  }

  @Test
  void closesTwiceAndEndsItsClients() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      client.say(GET).reply();
      proxy.close();
      proxy.close();
      assertThat(client.rest().end()).isNotEqualTo("open");
      assertThat(proxy.disarm().exchanges()).isZero();
    }
  }
}
