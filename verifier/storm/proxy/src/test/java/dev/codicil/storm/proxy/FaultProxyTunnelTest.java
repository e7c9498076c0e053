package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Connections that go on in another protocol. */
class FaultProxyTunnelTest extends ProxyTestBase {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final String UPGRADE =
      "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Key: k\r\nSec-WebSocket-Version: 13\r\n\r\n";
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
          + "sec-websocket-accept: x\r\n\r\n";

  @Test
  void passesHttp2ThroughAsTcpByteForByteAndSaysSoInEveryCell() throws Exception {
    try (RawServer server = echo();
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Stall(null)));
      client.say(PREFACE.substring(0, 3));
      client.say(PREFACE.substring(3) + "\u0000\u0000\u0000\u0004frame");
      String sent = PREFACE + "\u0000\u0000\u0000\u0004frame";
      assertThat(client.exactly(sent.length())).isEqualTo(sent);
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isZero();
      assertThat(log.notes()).isEqualTo(noted("HTTP/2"));
      proxy.arm(Injector.NONE);
      assertThat(client.say("more").exactly(4)).isEqualTo("more");
      assertThat(client.say("more").exactly(4)).isEqualTo("more");
      assertThat(proxy.disarm().notes()).isEqualTo(noted("HTTP/2"));
      proxy.arm(Injector.NONE);
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void givesTheServerTheEndOfAClientAndTheClientTheRestAndTheEndOfTheServer() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  while (talk.read() >= 0) {
                    // until the client has said all
                  }
                  talk.say("x".repeat(1_000_000));
                });
        Raw client = client()) {
      client.say(PREFACE);
      client.socket.shutdownOutput();
      Raw.Rest rest = client.rest();
      assertThat(rest.text()).hasSize(1_000_000);
      assertThat(rest.end()).isEqualTo("closed");
    }
  }

  @Test
  void passesAWebSocketThroughOnceTheServerHasAgreed() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.requests().add(talk.head());
                  talk.say(SWITCH + "first");
                  for (int next = talk.read(); next >= 0; next = talk.read()) {
                    talk.say("" + (char) next);
                  }
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(UPGRADE);
      assertThat(client.exactly(SWITCH.length() + 5)).isEqualTo(SWITCH + "first");
      String request = next(server.requests);
      assertThat(Raw.field(request, "upgrade")).isEqualTo("websocket");
      assertThat(Raw.field(request, "connection")).isEqualToIgnoringCase("upgrade");
      assertThat(Raw.field(request, "sec-websocket-key")).isEqualTo("k");
      assertThat(client.say("\u0081\u0005hello").exactly(7)).isEqualTo("\u0081\u0005hello");
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(1);
      assertThat(log.notes()).isEqualTo(noted("websocket"));
      client.socket.shutdownOutput();
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(next(server.ends)).isEqualTo("closed");
    }
  }

  @Test
  void staysHttpWhenTheServerDoesNotAgree() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(UPGRADE).reply()).endsWith("hello");
      assertThat(client.say(GET).reply()).endsWith("hello");
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void resetsAnHttp2ClientWhoseServerIsGone() throws Exception {
    try (Raw client = client()) {
      client.say(PREFACE);
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "reset"));
    }
  }

  @Test
  void doesNotReadFasterThanTheOtherSideTakes() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(1);
    long total = 256L << 20;
    try (RawServer server =
            serve(
                talk -> {
                  byte[] block = new byte[1 << 16];
                  try {
                    while (written.get() < total) {
                      talk.socket.getOutputStream().write(block);
                      written.addAndGet(block.length);
                    }
                  } finally {
                    ended.countDown();
                  }
                });
        Raw client = client()) {
      client.say(PREFACE);
      long before = -1;
      while (before != written.get() || before == 0) {
        before = written.get();
        ended.await(300, TimeUnit.MILLISECONDS);
      }
      assertThat(written).hasValueLessThan(total / 2);
    }
  }

  private RawServer echo() throws Exception {
    return serve(
        talk -> {
          for (int next = talk.read(); next >= 0; next = talk.read()) {
            talk.say("" + (char) next);
          }
        });
  }

  private static List<ExchangeNote> noted(String protocol) {
    return List.of(
        new ExchangeNote(
            ExchangeNote.NO_EXCHANGE,
            ExchangeNote.Kind.PASSED_THROUGH,
            protocol + " passed through as TCP"));
  }
}
