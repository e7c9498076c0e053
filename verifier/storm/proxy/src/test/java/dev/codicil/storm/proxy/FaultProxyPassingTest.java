package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the proxy does to traffic it injects nothing into: as little as it can. */
class FaultProxyPassingTest extends ProxyTestBase {

  @Test
  void passesRequestAndReplyAndStripsWhatIsItsOwn() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(
          "GET /a?b=%20c HTTP/1.1\r\nHost: shop.example\r\nX-Codicil-Exchange: e1\r\n"
              + "Accept-Encoding: br, gzip;q=0.5\r\nConnection: X-Hop, keep-alive\r\nX-Hop: 1\r\n"
              + "X-Kept: 2\r\n\r\n");
      assertThat(client.reply()).isEqualTo(OK);
      String request = next(server.requests);
      assertThat(request).startsWith("GET /a?b=%20c HTTP/1.1\r\n").contains("X-Kept: 2");
      assertThat(Raw.field(request, "host")).isEqualTo("shop.example");
      assertThat(request.toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("codicil")
          .doesNotContain("x-hop");
      assertThat(Raw.field(request, "accept-encoding")).isEqualTo("gzip;q=0.5");
      EdgeLog log = proxy.disarm();
      assertThat(log.exchanges()).isEqualTo(1);
      assertThat(log.injections()).isEmpty();
      assertThat(kinds(log)).containsExactly(ExchangeNote.Kind.ACCEPT_ENCODING_NARROWED);
    }
  }

  @Test
  void keepsBothConnectionsForSeveralExchanges() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      for (int i = 0; i < 5; i++) {
        assertThat(client.say(post("{\"n\":" + i + "}")).reply()).endsWith("hello");
        assertThat(next(server.requests)).endsWith("{\"n\":" + i + "}");
      }
      assertThat(server.connections).hasValue(1);
      assertThat(proxy.disarm().exchanges()).isEqualTo(5);
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  String request = talk.request();
                  while (request != null) {
                    String path = request.substring(4, request.indexOf(" HTTP"));
                    talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + path);
                    request = talk.request();
                  }
                });
        Raw client = client()) {
      StringBuilder all = new StringBuilder();
      for (int i = 1; i <= 9; i++) {
        all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
      }
      client.say(all.toString());
      for (int i = 1; i <= 9; i++) {
        assertThat(client.reply()).endsWith("/" + i);
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void passesHead204And304WithoutWaitingForABody() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
                  talk.request();
                  talk.say("HTTP/1.1 204 No Content\r\n\r\n");
                  talk.request();
                  talk.say("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\nETag: x\r\n\r\n");
                  talk.request();
                  talk.say(OK);
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(Raw.field(client.reply(true), "content-length")).isEqualTo("1234");
      assertThat(client.say(GET).reply()).startsWith("HTTP/1.1 204");
      assertThat(client.say(GET).reply()).startsWith("HTTP/1.1 304").contains("ETag: x");
      assertThat(client.say(GET).reply()).endsWith("hello");
      assertThat(server.connections).hasValue(1);
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void passesChunkedBodiesWithTrailersBothWays() throws Exception {
    String chunked = "4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\nX-Sum: 7\r\n\r\n";
    String framing = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawServer server = serve("HTTP/1.1 200 OK\r\n" + framing + chunked);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say("POST /a HTTP/1.1\r\nHost: h\r\n" + framing + chunked);
      assertThat(client.reply()).endsWith("{\"a\":1}[trailer X-Sum: 7]");
      assertThat(next(server.requests)).endsWith("{\"a\":1}[trailer X-Sum: 7]");
      EdgeLog log = proxy.disarm();
      assertThat(log.seenUpstream()).containsExactly("/a");
      assertThat(log.seenDownstream()).containsExactly("/a");
    }
  }

  @Test
  void leavesItToTheServerWhetherABodyMayCome() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  String head = talk.head();
                  talk.requests().add(head);
                  talk.say("HTTP/1.1 100 Continue\r\n\r\n");
                  talk.requests().add(talk.exactly(3));
                  talk.say(OK);
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(
          "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.reply()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(next(server.requests)).contains("100-continue");
      assertThat(client.say("abc").reply()).endsWith("hello");
      assertThat(next(server.requests)).isEqualTo("abc");
      assertThat(kinds(proxy.disarm())).isEmpty();
    }
  }

  @Test
  void givesTheServersRefusalOfABodyThatDidNotComeYet() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.head();
                  talk.say("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno");
                  talk.read();
                });
        Raw client = client()) {
      client.say(
          "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.reply()).startsWith("HTTP/1.1 417").endsWith("no");
    }
  }

  @Test
  void asksItselfForABodyThatAFaultNeeds() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.injector(Stream.UPSTREAM, true, exchange -> List.of()));
      client.say(
          "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.reply()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.say("abc").reply()).endsWith("hello");
      assertThat(next(server.requests)).endsWith("abc").doesNotContain("100-continue");
      assertThat(kinds(proxy.disarm())).containsExactly(ExchangeNote.Kind.EXPECT_ANSWERED);
    }
  }

  @Test
  void passesInterimRepliesOfTheServer() throws Exception {
    try (RawServer server = serve("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK);
        Raw client = client()) {
      assertThat(client.say(GET).reply())
          .isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
      assertThat(client.reply()).startsWith("HTTP/1.1 200").endsWith("hello");
    }
  }

  @Test
  void answersAClientThatHasSentAllItWillSend() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      client.say(GET + GET);
      client.socket.shutdownOutput();
      Raw.Rest rest = client.rest();
      assertThat(rest).isEqualTo(new Raw.Rest(OK + OK, "closed"));
    }
  }

  @Test
  void givesBodiesThatEndWithTheConnectionTheSameEnd() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}");
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.end()).isEqualTo("closed");
      assertThat(rest.body()).isEqualTo("{\"a\":1}");
      EdgeLog log = proxy.disarm();
      assertThat(log.notes()).isEmpty();
      assertThat(log.seenDownstream()).containsExactly("/a");
    }
  }

  @Test
  void closesBehindAReplyThatSaysSo() throws Exception {
    try (RawServer server =
            serve("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        Raw client = client()) {
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.body()).isEqualTo("hi");
      assertThat(rest.end()).isEqualTo("closed");
      assertThat(Raw.field(rest.text(), "connection")).isEqualTo("close");
    }
  }

  @Test
  void tellsTheServerThatTheClientWillClose() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      Raw.Rest rest = client.say("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").rest();
      assertThat(rest.body()).isEqualTo("hello");
      assertThat(Raw.field(next(server.requests), "connection")).isEqualTo("close");
      assertThat(next(server.ends)).isEqualTo("closed");
    }
  }

  @Test
  void endsAnIdleClientWhenTheServerEnds() throws Exception {
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say(OK);
                });
        Raw client = client()) {
      assertThat(client.say(GET).reply()).endsWith("hello");
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "closed"));
    }
  }

  @Test
  void answersForAServerThatIsGoneAndSaysSo() throws Exception {
    InetSocketAddress gone;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    proxy.target(gone);
    proxy.arm(Injector.NONE);
    try (Raw client = client()) {
      String reply = client.say(post("{}")).reply();
      assertThat(reply).startsWith("HTTP/1.1 502");
      assertThat(Raw.field(reply, "x-codicil-proxy")).isEqualTo("upstream-refused");
      try (RawServer back = serve(OK)) {
        assertThat(client.say(GET).reply()).endsWith("hello");
      }
    }
    EdgeLog log = proxy.disarm();
    assertThat(log.exchanges()).isEqualTo(2);
    assertThat(kinds(log)).containsExactly(ExchangeNote.Kind.UPSTREAM_REFUSED);
    assertThat(log.notes().get(0).call()).isZero();
  }

  @Test
  void answersAsRefusedWithoutATarget() throws Exception {
    try (Raw client = client()) {
      assertThat(client.say(GET).reply()).startsWith("HTTP/1.1 502").contains("no target is set");
    }
  }

  @Test
  void endsTheClientAsTheServerEnded() throws Exception {
    try (RawServer closing = serve(talk -> talk.request());
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).rest()).isEqualTo(new Raw.Rest("", "closed"));
      assertThat(kinds(proxy.disarm())).containsExactly(ExchangeNote.Kind.UPSTREAM_CLOSED);
    }
    try (RawServer resetting =
            serve(
                talk -> {
                  talk.request();
                  talk.reset();
                });
        Raw client = client()) {
      assertThat(client.say(GET).rest()).isEqualTo(new Raw.Rest("", "reset"));
    }
  }

  @Test
  void passesWhatCameOfAReplyThatBreaksOff() throws Exception {
    String part =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"a\":1";
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say(part);
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.end()).isEqualTo("closed");
      assertThat(rest.body()).isEqualTo("{\"a\":1");
      assertThat(Raw.field(rest.text(), "content-length")).isEqualTo("50");
      EdgeLog log = proxy.disarm();
      assertThat(kinds(log)).containsExactly(ExchangeNote.Kind.UPSTREAM_CLOSED);
      assertThat(log.seenDownstream()).isEmpty();
    }
  }

  @Test
  void stripsUpgradesAndRefusesConnect() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(
          "GET /a HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n");
      assertThat(client.reply()).endsWith("hello");
      assertThat(next(server.requests)).doesNotContain("h2c").doesNotContain("AAA");
      client.say("CONNECT db:5432 HTTP/1.1\r\nHost: db:5432\r\n\r\n");
      assertThat(client.reply(true)).startsWith("HTTP/1.1 501").contains("not-supported");
      assertThat(kinds(proxy.disarm()))
          .containsExactly(ExchangeNote.Kind.UPGRADE_STRIPPED, ExchangeNote.Kind.NOT_SUPPORTED);
    }
  }

  @Test
  void turnsAnAbsoluteTargetIntoAPath() throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      client.say("GET http://shop.example/x?y=1 HTTP/1.1\r\nHost: shop.example\r\n\r\n").reply();
      assertThat(next(server.requests)).startsWith("GET /x?y=1 HTTP/1.1\r\n");
    }
  }

  @Test
  void keepsTheListsOfSeenFieldsPerCell() throws Exception {
    String json = "{\"items\":[{\"id\":1}],\"a/b\":null}";
    try (RawServer server =
            serve(
                "HTTP/1.1 200 OK\r\nContent-Type: application/problem+json\r\nContent-Length: "
                    + json.length()
                    + "\r\n\r\n"
                    + json);
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(post("{\"q\":{\"r\":2}}")).reply();
      EdgeLog first = proxy.disarm();
      assertThat(first.seenUpstream()).containsExactly("/q", "/q/r");
      assertThat(first.seenDownstream())
          .containsExactly("/a~1b", "/items", "/items/*", "/items/*/id");
      proxy.arm(Injector.NONE);
      assertThat(proxy.disarm())
          .isEqualTo(new EdgeLog(0, List.of(), sorted(), sorted(), Set.of(), List.of()));
    }
  }

  @Test
  void passesBodiesThatAreTooLargeToSeeAndNotesThem() throws Exception {
    String large = "[\"" + "x".repeat(3 << 20) + "\"]";
    try (RawServer server =
            serve(
                talk -> {
                  talk.request();
                  talk.say(
                      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                          + "Transfer-Encoding: chunked\r\n\r\n"
                          + Integer.toHexString(large.length())
                          + "\r\n"
                          + large
                          + "\r\n0\r\n\r\n");
                });
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(post(large)).reply()).endsWith("\r\n\r\n" + large);
      assertThat(next(server.requests)).endsWith("\r\n\r\n" + large);
      assertThat(kinds(proxy.disarm()))
          .containsExactly(ExchangeNote.Kind.NOT_SEEN, ExchangeNote.Kind.NOT_SEEN);
    }
  }

  static java.util.SortedSet<String> sorted() {
    return new java.util.TreeSet<>();
  }

  static List<ExchangeNote.Kind> kinds(EdgeLog log) {
    return log.notes().stream().map(ExchangeNote::kind).toList();
  }
}
