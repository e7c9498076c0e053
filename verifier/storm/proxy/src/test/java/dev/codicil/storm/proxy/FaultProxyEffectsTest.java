package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every effect but the cuts, seen from plain sockets on both ends. */
class FaultProxyEffectsTest extends ProxyTestBase {
  private static final Duration LONG_ENOUGH = Duration.ofMillis(300);

  @Test
  void delaysARequestBeforeTheServerSeesIt() throws Exception {
    long[] arrived = new long[1];
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  arrived[0] = System.nanoTime();
                  talk.say(OK);
                });
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Delay(LONG_ENOUGH)));
      long sent = System.nanoTime();
      assertThat(client.say(post("{}")).reply()).endsWith("hello");
      assertThat(arrived[0] - sent).isGreaterThanOrEqualTo(LONG_ENOUGH.toNanos());
    }
  }

  @Test
  void delaysAReplyAfterTheServerHasSeenTheRequest() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  arrived.countDown();
                  talk.say(OK);
                });
        Raw client = client()) {
      // An hour: only an early release, which there must not be, could end the wait.
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Delay(Duration.ofHours(1))));
      client.say(GET);
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      client.socket.setSoTimeout(300);
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "open"));
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.CUT_AT_END);
      client.socket.setSoTimeout(20_000);
      assertThat(client.rest().end()).isEqualTo("closed");
    }
  }

  @Test
  void givesADelayedReplyWholeAfterItsTime() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(
              Stream.DOWNSTREAM,
              new Effect.Delay(LONG_ENOUGH.dividedBy(2)),
              new Effect.Delay(LONG_ENOUGH.dividedBy(2))));
      long sent = System.nanoTime();
      assertThat(client.say(GET).reply()).isEqualTo(OK);
      assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(LONG_ENOUGH.toNanos());
    }
  }

  @Test
  void replacesBodiesOnBothWaysAndKeepsTheFraming() throws Exception {
    String chunkedReply =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Trailer: X-Sum\r\n\r\n2\r\n{}\r\n0\r\nX-Sum: 1\r\n\r\n";
    try (RawServer server = serve(chunkedReply);
        Raw client = client()) {
      proxy.arm(
          Injector.of(
              1,
              "s",
              List.of(
                  ScriptedFault.bound(
                      Stream.UPSTREAM,
                      true,
                      exchange ->
                          List.of(
                              new Effect.ReplaceBody(
                                  Payload.of(exchange.request().body().utf8() + " and more")))),
                  ScriptedFault.bound(
                      Stream.DOWNSTREAM,
                      false,
                      exchange ->
                          List.of(new Effect.ReplaceBody(Payload.of("{\"longer\":true}")))))));
      String reply = client.say(post("{\"a\":1}")).reply();
      assertThat(reply).endsWith("{\"longer\":true}").doesNotContain("Sum");
      String request = next(server.requests);
      assertThat(request).endsWith("{\"a\":1} and more");
      assertThat(Raw.field(request, "content-length")).isEqualTo("16");
      assertThat(client.say(GET).reply()).endsWith("{\"longer\":true}");
      EdgeLog log = proxy.disarm();
      assertThat(log.injections())
          .extracting(Injection::call, Injection::stream)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(0, Stream.UPSTREAM),
              org.assertj.core.groups.Tuple.tuple(0, Stream.DOWNSTREAM),
              org.assertj.core.groups.Tuple.tuple(1, Stream.UPSTREAM),
              org.assertj.core.groups.Tuple.tuple(1, Stream.DOWNSTREAM));
      assertThat(log.seenUpstream()).as("as the client sent it").containsExactly("/a");
      assertThat(log.seenDownstream()).as("as the server sent it").isEmpty();
    }
  }

  @Test
  void fixesTheLengthOfAReplacedReplyBody() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.ReplaceBody(Payload.of("goodbye"))));
      String reply = client.say(GET).reply();
      assertThat(reply).endsWith("\r\n\r\ngoodbye");
      assertThat(Raw.field(reply, "content-length")).isEqualTo("7");
    }
  }

  @Test
  void setsAndRemovesHeaders() throws Exception {
    try (RawServer server =
            serve("HTTP/1.1 200 OK\r\nETag: a\r\nX-Gone: 1\r\nContent-Length: 2\r\n\r\nhi");
        Raw client = client()) {
      Headers fields = Headers.of(Map.of("etag", List.of("b"), "x-gone", List.of()));
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.SetHeaders(fields)));
      String reply = client.say(GET).reply();
      assertThat(Raw.field(reply, "etag")).isEqualTo("b");
      assertThat(Raw.field(reply, "x-gone")).isNull();
    }
  }

  @Test
  void notesAHeaderThatCannotBeWrittenAndInjectsNothingIntoTheStream() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      Headers split = Headers.of("x-a", "1\r\nSet-Cookie: evil=1");
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.SetHeaders(split)));
      assertThat(client.say(GET).reply()).endsWith("hello").doesNotContain("evil");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.NOT_PERFORMED);
    }
  }

  @Test
  void answersInPlaceOfTheServer() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.UPSTREAM,
              false,
              exchange ->
                  exchange.call() == 0
                      ? List.of(new Effect.Answer(reply(503, "down")))
                      : List.of()));
      String large = "x".repeat(300_000);
      String answer = client.say(post(large)).reply();
      assertThat(answer).startsWith("HTTP/1.1 503").endsWith("down");
      assertThat(Raw.field(answer, "content-length")).isEqualTo("4");
      assertThat(server.connections).hasValue(0);
      assertThat(client.say(GET).reply()).endsWith("hello");
      assertThat(next(server.requests)).startsWith("GET /a");
    }
  }

  @Test
  void replacesAReplyAfterTheServerHasDoneItsWork() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.ReplaceReply(reply(409, "conflict"))));
      assertThat(client.say(GET).reply()).startsWith("HTTP/1.1 409").endsWith("conflict");
      assertThat(next(server.requests)).startsWith("GET /a");
    }
  }

  @Test
  void sendsADuplicateOnItsOwnConnectionBeforeTheClientHasTheFirstReply() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  while (talk.request() != null) {
                    String body = "number " + talkNumber();
                    talk.say(
                        "HTTP/1.1 201 Created\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
                  }
                });
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Duplicate()));
      String reply =
          client
              .say(
                  "POST /orders?x=1 HTTP/1.1\r\nHost: shop\r\nX-Key: k\r\n"
                      + "X-Codicil-Exchange: one\r\nContent-Length: 3\r\n\r\nabc")
              .reply();
      assertThat(reply).endsWith("number 1");
      // Both are there by the time the client has its reply: no waiting here.
      assertThat(server.requests).hasSize(2);
      String first = next(server.requests);
      String second = next(server.requests);
      for (String request : List.of(first, second)) {
        assertThat(request).startsWith("POST /orders?x=1 HTTP/1.1\r\n").endsWith("\r\n\r\nabc");
        assertThat(Raw.field(request, "x-key")).isEqualTo("k");
        assertThat(Raw.field(request, "host")).isEqualTo("shop");
        assertThat(Raw.field(request, "x-codicil-exchange")).isNull();
      }
      assertThat(server.connections).hasValue(2);
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  private final java.util.concurrent.atomic.AtomicInteger numbers =
      new java.util.concurrent.atomic.AtomicInteger();

  private int talkNumber() {
    return numbers.incrementAndGet();
  }

  @Test
  void givesTheClientItsReplyEvenWhenTheDuplicateHasNone() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  if (talkNumber() == 1) {
                    talk.say(OK);
                    talk.request();
                  } else {
                    talk.reset();
                  }
                });
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Duplicate()));
      assertThat(client.say(post("{}")).reply()).endsWith("hello");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.DUPLICATE_UNFINISHED);
    }
  }

  @Test
  void holdsARequestUntilTheOtherHasItsReply() throws Exception {
    try (RawServer server = serve(OK);
        Raw first = client();
        Raw second = client()) {
      CountDownLatch planned = new CountDownLatch(1);
      proxy.arm(
          ScriptedFault.injector(
              Stream.UPSTREAM,
              false,
              exchange -> {
                if (!exchange.name().equals("first")) {
                  return List.of();
                }
                planned.countDown();
                return List.of(new Effect.Hold("second"));
              }));
      first.say(named("first", "/first"));
      assertThat(planned.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.say(named("second", "/second")).reply()).endsWith("hello");
      assertThat(first.reply()).endsWith("hello");
      assertThat(next(server.requests)).startsWith("GET /second");
      assertThat(next(server.requests)).startsWith("GET /first");
    }
  }

  @Test
  void doesNotHoldARequestWhoseOtherHasItsReplyAlready() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.UPSTREAM,
              false,
              exchange -> exchange.call() == 1 ? List.of(new Effect.Hold("second")) : List.of()));
      assertThat(client.say(named("second", "/second")).reply()).endsWith("hello");
      assertThat(client.say(named("first", "/first")).reply()).endsWith("hello");
    }
  }

  @Test
  void cutsWhatIsStillHeldWhenTheCellEnds() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client();
        Raw idle = client()) {
      CountDownLatch planned = new CountDownLatch(1);
      proxy.arm(
          ScriptedFault.injector(
              Stream.UPSTREAM,
              false,
              exchange -> {
                if (exchange.name().isEmpty()) {
                  return List.of();
                }
                planned.countDown();
                return List.of(new Effect.Hold("never"));
              }));
      assertThat(idle.say(GET).reply()).endsWith("hello");
      client.say(named("first", "/first"));
      assertThat(planned.await(20, TimeUnit.SECONDS)).isTrue();
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(2);
      assertThat(log.injections()).hasSize(1);
      assertThat(log.notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.CUT_AT_END);
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(idle.say(GET).reply()).as("a connection that was idle stays").endsWith("hello");
      assertThat(server.requests).hasSize(2).noneMatch(request -> request.contains("/first"));
    }
  }

  @Test
  void goesOnWithoutFaultsWhenPlanningThrows() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.UPSTREAM,
              false,
              exchange -> {
                throw new IllegalStateException("a\nbug");
              }));
      assertThat(client.say(GET).reply()).endsWith("hello");
      assertThat(proxy.disarm().notes())
          .containsExactly(
              new ExchangeNote(
                  0, ExchangeNote.Kind.INJECTOR_FAILED, "java.lang.IllegalStateException: a bug"));
    }
  }

  @Test
  void answersWithAnErrorOfItsOwnWhenAnAnswerCannotBeWritten() throws Exception {
    HttpReply unwritable = new HttpReply(503, Headers.of("bad name", "x"), Payload.EMPTY);
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Answer(unwritable)));
      String reply = client.say(GET).reply();
      assertThat(reply).startsWith("HTTP/1.1 500").contains("unwritable-answer");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.NOT_PERFORMED);
    }
  }
}
