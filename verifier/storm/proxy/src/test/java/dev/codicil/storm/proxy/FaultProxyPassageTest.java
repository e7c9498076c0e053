package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Reframe;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a message passes, rather than what it says: rates, pieces, silence, wrong framing. */
class FaultProxyPassageTest extends ProxyTestBase {
  private static final String TEN = "0123456789";
  private static final String OK_TEN = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + TEN;
  private static final String CHUNKED_TEN =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
          + "4\r\n0123\r\n6\r\n456789\r\n0\r\nX-Sum: 7\r\n\r\n";

  @Test
  void letsTheLastByteOfAReplyPassAfterItsSizeOverTheRate() throws Exception {
    try (RawServer server = serve(OK_TEN);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Throttle(50)));
      long sent = System.nanoTime();
      assertThat(client.say(GET).reply()).isEqualTo(OK_TEN);
      assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(millis(200));
      assertThat(client.say(GET).reply()).as("the connection stays").isEqualTo(OK_TEN);
    }
  }

  @Test
  void throttlesARequestAndNotItsReply() throws Exception {
    long[] whole = new long[1];
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  whole[0] = System.nanoTime();
                  talk.say(OK);
                });
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Throttle(50)));
      long sent = System.nanoTime();
      client.say(post(TEN)).reply();
      assertThat(whole[0] - sent).isGreaterThanOrEqualTo(millis(200));
    }
  }

  @Test
  void readsAThrottledReplyOnlyAsFastAsItPasses() throws Exception {
    long total = 64L << 20;
    AtomicLong written = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + total + "\r\n\r\n");
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
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Throttle(1000)));
      client.say(GET);
      // Until the sockets between are full the server goes on; then it must stand still.
      long before = -1;
      while (before != written.get() || before == 0) {
        before = written.get();
        ended.await(300, TimeUnit.MILLISECONDS);
      }
      assertThat(written).hasValueLessThan(total / 2);
      proxy.disarm();
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void sendsTheBodyInPiecesOfTheStatedSizeEachInAWriteOfItsOwn() throws Exception {
    try (RawServer server = serve(CHUNKED_TEN);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Slice(3, Duration.ofMillis(60))));
      long sent = System.nanoTime();
      client.say(GET);
      StringBuilder text = new StringBuilder();
      byte[] buffer = new byte[1000];
      int reads = 0;
      while (!text.toString().endsWith("\r\n\r\n") || text.indexOf("9") < 0) {
        text.append(
            new String(
                buffer,
                0,
                client.socket.getInputStream().read(buffer),
                java.nio.charset.StandardCharsets.ISO_8859_1));
        reads++;
      }
      assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(millis(180));
      assertThat(text.toString())
          .contains("\r\n\r\n3\r\n012\r\n3\r\n345\r\n3\r\n678\r\n1\r\n9\r\n0\r\nX-Sum: 7\r\n\r\n");
      assertThat(reads).isBetween(4, 7);
    }
  }

  @Test
  void cutsAThrottledBodyAtTheStatedByte() throws Exception {
    try (RawServer server = serve(OK_TEN);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(
              Stream.DOWNSTREAM,
              new Effect.Slice(4, Duration.ZERO),
              new Effect.Cut(Effect.Cut.How.RESET, 7)));
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.body()).isEqualTo("0123456");
      assertThat(rest.end()).isEqualTo("reset");
    }
  }

  @ParameterizedTest
  @EnumSource(Stream.class)
  void saysNothingUntilTheClientEnds(Stream stream) throws Exception {
    try (RawServer server = serve(OK)) {
      proxy.arm(ScriptedFault.always(stream, new Effect.Stall(null)));
      try (Raw client = client()) {
        assertThat(client.say(post("{}")).rest(150)).isEqualTo(new Raw.Rest("", "open"));
        assertThat(server.requests).hasSize(stream == Stream.UPSTREAM ? 0 : 1);
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (proxy.connections() > 0 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(proxy.connections()).as("nothing waits for a client that left").isZero();
      EdgeLog log = proxy.disarm();
      assertThat(log.injections()).hasSize(1);
      assertThat(log.notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.CLIENT_GONE);
    }
  }

  @Test
  void endsASilenceAfterItsTime() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Stall(Duration.ofMillis(150))));
      long sent = System.nanoTime();
      assertThat(client.say(GET).rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(millis(150));
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void endsTheConnectionLateAndDoesNotUseItAgain() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.SlowClose(Duration.ofMillis(200))));
      long sent = System.nanoTime();
      assertThat(client.say(GET).reply()).isEqualTo(OK);
      assertThat(client.say(GET).rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(millis(200));
      assertThat(server.requests).hasSize(1);
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void endsTheServersConnectionLateAndSendsTheNextRequestOnAnother() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.SlowClose(Duration.ofMillis(50))));
      assertThat(client.say(GET).reply()).isEqualTo(OK);
      assertThat(client.say(GET).reply()).isEqualTo(OK);
      assertThat(server.connections).hasValue(2);
      assertThat(next(server.ends)).isEqualTo("closed");
    }
  }

  @Test
  void sendsAChunkWhoseSizeIsNoNumber() throws Exception {
    for (String whole : List.of(OK_TEN, CHUNKED_TEN)) {
      try (RawServer server = serve(whole);
          Raw client = client()) {
        proxy.arm(
            ScriptedFault.always(
                Stream.DOWNSTREAM, new Effect.Reframe(Reframe.How.MALFORMED_CHUNK)));
        Raw.Rest rest = client.say(GET).rest();
        assertThat(rest.end()).isEqualTo("closed");
        assertThat(rest.body()).isEqualTo("5\r\n01234\r\nsize\r\n56789\r\n0\r\n\r\n");
        assertThat(Raw.field(rest.text(), "transfer-encoding")).isEqualTo("chunked");
        assertThat(Raw.field(rest.text(), "content-length")).isNull();
        assertThat(proxy.disarm().notes()).isEmpty();
      }
    }
  }

  @Test
  void declaresMoreThanItSendsAndEnds() throws Exception {
    try (RawServer server = serve(CHUNKED_TEN);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Reframe(Reframe.How.LENGTH_TOO_LONG)));
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.end()).isEqualTo("closed");
      assertThat(rest.body()).isEqualTo(TEN);
      assertThat(Raw.field(rest.text(), "content-length")).isEqualTo("16");
    }
  }

  @Test
  void declaresLessThanItSendsAndLeavesTheRestOnTheConnection() throws Exception {
    try (RawServer server = serve(OK_TEN);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.DOWNSTREAM,
              false,
              exchange ->
                  exchange.call() == 0
                      ? List.of(new Effect.Reframe(Reframe.How.LENGTH_TOO_SHORT))
                      : List.of()));
      String reply = client.say(GET).reply();
      assertThat(reply).endsWith("\r\n\r\n01234");
      assertThat(Raw.field(reply, "content-length")).isEqualTo("5");
      client.say(GET);
      assertThat(client.reply()).as("behind the rest").startsWith("56789HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @EnumSource(Reframe.How.class)
  void framesARequestWronglyAndUsesThatConnectionForNothingElse(Reframe.How how) throws Exception {
    StringBuilder got = new StringBuilder();
    try (RawServer server =
            serve(
                talk -> {
                  String head = talk.head();
                  got.append(head).append(talk.exactly(10));
                  talk.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                  talk.read();
                });
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Reframe(how)));
      assertThat(client.say(post(TEN)).reply()).startsWith("HTTP/1.1 400");
      switch (how) {
        case MALFORMED_CHUNK -> assertThat(got.toString()).endsWith("\r\n\r\n5\r\n01234\r\n");
        case LENGTH_TOO_LONG ->
            assertThat(got.toString()).contains("ength: 16").endsWith("\r\n\r\n" + TEN);
        case LENGTH_TOO_SHORT ->
            assertThat(got.toString()).contains("ength: 5").endsWith("\r\n\r\n" + TEN);
      }
      assertThat(client.say(post(TEN)).reply()).startsWith("HTTP/1.1 400");
      assertThat(server.connections).hasValue(2);
    }
  }

  /** All bytes that reach a server, to the end of the connection, from the real faults. */
  @ParameterizedTest
  @CsvSource({
    "malformed-chunk, , chunked, 5|01234|size|56789|0||, open",
    "wrong-length, long, 16, 0123456789, closed",
    "wrong-length, short, 5, 0123456789, open",
  })
  void sendsTheServerExactlyTheBytesOfABrokenFraming(
      String fault, @Nullable String length, String framing, String body, String end)
      throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    String bytes = body.replace("|", "\r\n");
    try (RawServer server =
            serve(
                talk -> {
                  got.add(talk.head());
                  got.add(talk.exactly(bytes.length()));
                  if (end.equals("closed")) {
                    got.add(talk.read() < 0 ? "closed" : "more");
                  }
                  talk.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                  got.add(talk.read() < 0 ? "the proxy ends it" : "more");
                });
        Raw client = client()) {
      PlannedFault planned =
          new PlannedFault(
              fault,
              ScriptedFault.EDGE,
              Stream.UPSTREAM,
              length == null ? Parameters.NONE : Parameters.NONE.with("length", length));
      proxy.arm(
          Injector.of(1, "s", List.of(new BoundFault(planned, Faults.byId(fault).orElseThrow()))));
      assertThat(client.say(post(TEN)).reply()).startsWith("HTTP/1.1 400");
      String head = next(got);
      assertThat(head).startsWith("POST /a HTTP/1.1\r\n");
      if (framing.equals("chunked")) {
        assertThat(Raw.field(head, "transfer-encoding")).isEqualTo("chunked");
        assertThat(Raw.field(head, "content-length")).isNull();
      } else {
        assertThat(Raw.field(head, "content-length")).isEqualTo(framing);
        assertThat(Raw.field(head, "transfer-encoding")).isNull();
      }
      assertThat(next(got)).isEqualTo(bytes);
      if (end.equals("closed")) {
        assertThat(next(got)).isEqualTo("closed");
      }
      EdgeLog log = proxy.disarm();
      assertThat(log.injections())
          .singleElement()
          .satisfies(line -> assertThat(line.stream()).isEqualTo(Stream.UPSTREAM));
      assertThat(log.notes()).isEmpty();
      client.close();
      assertThat(next(got)).isEqualTo("the proxy ends it");
    }
  }

  @Test
  void passesOnThatAServerClosedOnABrokenRequest() throws Exception {
    try (RawServer server = serve(talk -> talk.head());
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.UPSTREAM, new Effect.Reframe(Reframe.How.MALFORMED_CHUNK)));
      assertThat(client.say(post(TEN)).rest().end()).isIn("closed", "reset");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.UPSTREAM_CLOSED);
    }
  }

  @Test
  void saysWhenThereIsNoBodyToFrameWrongly() throws Exception {
    try (RawServer server = serve("HTTP/1.1 204 No Content\r\n\r\n");
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Reframe(Reframe.How.LENGTH_TOO_LONG)));
      assertThat(client.say(GET).reply()).startsWith("HTTP/1.1 204");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.NOT_PERFORMED);
    }
  }

  @Test
  void framesAReplacedBodyWronglyAsWell() throws Exception {
    try (RawServer server = serve(OK_TEN);
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(
              Stream.DOWNSTREAM,
              new Effect.ReplaceBody(Payload.of("abcd")),
              new Effect.Reframe(Reframe.How.LENGTH_TOO_LONG)));
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.body()).isEqualTo("abcd");
      assertThat(Raw.field(rest.text(), "content-length")).isEqualTo("7");
    }
  }

  private static long millis(int millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
