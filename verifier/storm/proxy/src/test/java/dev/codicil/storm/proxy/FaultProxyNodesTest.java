package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that go to another node, and replies from the past. */
class FaultProxyNodesTest extends ProxyTestBase {
  private static final Injector FLAPPING =
      ScriptedFault.injector(
          Stream.UPSTREAM,
          false,
          exchange -> exchange.call() % 2 == 1 ? List.of(new Effect.Route("before")) : List.of());

  @Test
  void sendsARequestToTheNodeThatIsNamed() throws Exception {
    try (RawServer after = serve(OK);
        RawServer before = RawServer.replying(text("before"));
        Raw client = client()) {
      proxy.target("before", before.address());
      proxy.arm(FLAPPING);
      for (int i = 0; i < 3; i++) {
        assertThat(client.say(GET).reply()).endsWith("hello");
        assertThat(client.say(GET).reply()).endsWith("before");
      }
      assertThat(proxy.disarm().notes()).isEmpty();
      assertThat(after.requests).hasSize(3);
      assertThat(before.requests).hasSize(3);
    }
  }

  @Test
  void sendsARepeatedRequestToTheSameNode() throws Exception {
    try (RawServer after = serve(OK);
        RawServer before = RawServer.replying(text("before"));
        Raw client = client()) {
      proxy.target("before", before.address());
      proxy.arm(
          ScriptedFault.always(
              Stream.UPSTREAM, new Effect.Route("before"), new Effect.Duplicate()));
      assertThat(client.say(GET).reply()).endsWith("before");
      assertThat(before.requests).hasSize(2);
      assertThat(after.connections).hasValue(0);
    }
  }

  @Test
  void goesTheOrdinaryWayAndSaysSoWhenThereIsNoSuchNode() throws Exception {
    try (RawServer after = serve(OK);
        Raw client = client()) {
      proxy.target("before", after.address());
      proxy.target("before", null);
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Route("before")));
      assertThat(client.say(GET).reply()).endsWith("hello");
      assertThat(proxy.disarm().notes())
          .containsExactly(
              new ExchangeNote(
                  0, ExchangeNote.Kind.NOT_PERFORMED, "no node 'before' on this edge"));
    }
  }

  @Test
  void givesTheLastReplyToTheSameRequestFromAnEarlierCell() throws Exception {
    try (RawServer server = counting();
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(get("/a")).reply()).endsWith("number 1");
      assertThat(client.say(get("/a")).reply()).endsWith("number 2");
      assertThat(client.say(get("/a?b")).reply()).endsWith("number 3");
      proxy.disarm();
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Stale()));
      assertThat(client.say(get("/a")).reply()).endsWith("number 2");
      assertThat(client.say(get("/a")).reply()).as("not of a faulted one").endsWith("number 2");
      assertThat(client.say(get("/a?b")).reply()).endsWith("number 3");
      assertThat(server.requests).as("the server did its work").hasSize(6);
      assertThat(proxy.disarm().notes()).isEmpty();
    }
  }

  @Test
  void givesAStaleReplyInPlaceOfTheServer() throws Exception {
    try (RawServer server = counting();
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(get("/a")).reply()).endsWith("number 1");
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Stale()));
      assertThat(client.say(get("/a")).reply()).endsWith("number 1");
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void doesNotKeepWhatAFaultHasTouchedOrWhatPassedBetweenCells() throws Exception {
    try (RawServer server = counting();
        Raw client = client()) {
      client.say(get("/a")).reply();
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.ReplaceBody(Payload.of("broken"))));
      client.say(get("/a")).reply();
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Stale()));
      assertThat(client.say(get("/a")).reply()).endsWith("number 3");
      assertThat(proxy.disarm().notes())
          .containsExactly(
              new ExchangeNote(0, ExchangeNote.Kind.NOT_PERFORMED, "no earlier reply to GET /a"));
    }
  }

  @Test
  void forgetsRepliesWhenToldSo() throws Exception {
    try (RawServer server = counting();
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(get("/a")).reply();
      proxy.forgetReplies();
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Stale()));
      assertThat(client.say(get("/a")).reply()).endsWith("number 2");
      assertThat(proxy.disarm().notes()).hasSize(1);
    }
  }

  @Test
  void keepsABoundedNumberOfReplies() {
    StaleReplies replies = new StaleReplies();
    for (int i = 0; i < 1000; i++) {
      replies.keep("GET /" + i, reply(200, "x".repeat(100_000)));
    }
    assertThat(replies.find("GET /0")).isNull();
    assertThat(replies.find("GET /" + (999 - 45))).isNull();
    assertThat(replies.find("GET /" + (999 - 30))).isNotNull();
    replies.keep("GET /999", reply(200, "x".repeat(1 << 20)));
    assertThat(replies.find("GET /999"))
        .as("too large, and the old one is no longer last")
        .isNull();
  }

  private int number;

  private RawServer counting() throws Exception {
    return serve(
        talk -> {
          while (talk.request() != null) {
            number++;
            talk.say(text("number " + number));
          }
        });
  }

  private static String text(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }
}
