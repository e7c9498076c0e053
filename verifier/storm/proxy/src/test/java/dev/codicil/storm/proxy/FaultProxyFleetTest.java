package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.StrikeNode;
import dev.codicil.chaos.Effect.StrikeNode.Deed;
import dev.codicil.chaos.Effect.StrikeNode.Moment;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import dev.codicil.storm.proxy.NodeControl.Stage;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes behind one edge, and what is done to them at which moment. */
class FaultProxyFleetTest extends ProxyTestBase {
  @SuppressWarnings("NullAway.Init") // set before each test
  private RawServer zero;

  @SuppressWarnings("NullAway.Init") // set before each test
  private RawServer one;

  @BeforeEach
  void startNodes() throws Exception {
    zero = RawServer.replying(text("zero"));
    one = RawServer.replying(text("one"));
    proxy.nodes(List.of(zero.address(), one.address()));
  }

  @AfterEach
  void stopNodes() throws Exception {
    zero.close();
    one.close();
  }

  private static String text(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static Injector strike(Deed deed, Moment moment) {
    StrikeNode effect = new StrikeNode(deed, StrikeNode.ANSWERING, moment);
    return ScriptedFault.injector(
        Stream.UPSTREAM, false, exchange -> exchange.call() == 0 ? List.of(effect) : List.of());
  }

  @Test
  void exchangesGoToTheNodesInTurnAndTheLogSaysWhichAnswered() throws Exception {
    try (Raw client = client()) {
      proxy.arm(Injector.NONE);
      for (String body : List.of("zero", "one", "zero", "one")) {
        assertThat(client.say(GET).reply()).endsWith(body);
      }
      assertThat(proxy.disarm().answered()).isEqualTo(Map.of(0, 0, 1, 1, 2, 0, 3, 1));
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).reply()).as("a new cell begins anew").endsWith("zero");
    }
  }

  @Test
  void aNodeToWhichNoConnectionCanBeMadeIsPassedOver() throws Exception {
    InetSocketAddress nobody = zero.address();
    zero.close();
    proxy.nodes(List.of(nobody, one.address()));
    try (Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(post("{}")).reply()).endsWith("one");
      EdgeLog log = proxy.disarm();
      assertThat(log.answered()).isEqualTo(Map.of(0, 1));
      assertThat(log.notes()).isEmpty();
    }
  }

  @Test
  void whenNoNodeIsLeftTheAnswerIsTheProxys() throws Exception {
    proxy.nodes(Arrays.asList(null, null));
    try (Raw client = client()) {
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).reply()).startsWith("HTTP/1.1 502").contains("no node is up");
    }
  }

  @Test
  void whoRunsTheNodesIsAskedAtEachStage() throws Exception {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    proxy.control(
        (effect, node, stage) -> {
          asked.add(stage + " " + node);
          return CompletableFuture.completedFuture(null);
        });
    try (Raw client = client()) {
      proxy.arm(strike(Deed.KILL, Moment.AFTER));
      assertThat(client.say(GET).reply()).endsWith("zero");
      assertThat(asked).contains("REQUEST_CAME 0", "REQUEST_SENT 0", "REPLY_CAME 0");
      assertThat(asked.peek()).isEqualTo("REQUEST_CAME 0");
    }
  }

  @Test
  void aReplyThatCameOutlivesItsNode() throws Exception {
    proxy.control(
        (effect, node, stage) ->
            stage == Stage.REPLY_CAME
                ? CompletableFuture.runAsync(() -> end(zero))
                : CompletableFuture.completedFuture(null));
    try (Raw client = client()) {
      proxy.arm(strike(Deed.KILL, Moment.AFTER));
      assertThat(client.say(GET).reply()).endsWith("zero");
    }
    try (Raw client = client()) {
      assertThat(client.say(GET).reply()).endsWith("one");
      assertThat(proxy.disarm().answered()).isEqualTo(Map.of(0, 0, 1, 1));
    }
  }

  @Test
  void aNodeThatIsTakenAwayBeforeTheRequestDoesNotGetIt() throws Exception {
    proxy.control(
        (effect, node, stage) -> {
          if (stage == Stage.REQUEST_CAME) {
            proxy.nodes(Arrays.asList(null, one.address()));
          }
          return CompletableFuture.completedFuture(null);
        });
    try (Raw client = client()) {
      proxy.arm(strike(Deed.KILL, Moment.BEFORE));
      assertThat(client.say(GET).reply()).endsWith("one");
      assertThat(zero.requests).isEmpty();
    }
  }

  @Test
  void whatCannotBeDoneIsNotedAndTheExchangeGoesOn() throws Exception {
    proxy.control(
        (effect, node, stage) ->
            CompletableFuture.failedFuture(new IllegalStateException("no such signal")));
    try (Raw client = client()) {
      proxy.arm(strike(Deed.PAUSE, Moment.DURING));
      assertThat(client.say(GET).reply()).endsWith("zero");
      assertThat(proxy.disarm().notes())
          .contains(new ExchangeNote(0, ExchangeNote.Kind.NOT_PERFORMED, "no such signal"));
    }
  }

  @Test
  void withoutAnybodyWhoRunsTheNodesNothingIsDone() throws Exception {
    try (Raw client = client()) {
      proxy.arm(strike(Deed.KILL, Moment.BEFORE));
      assertThat(client.say(GET).reply()).endsWith("zero");
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::detail)
          .contains("nobody runs the nodes of this edge");
    }
  }

  @Test
  void theFirstExchangeGoesToThePredecessorWhichIsToldWhenItIsOver() throws Exception {
    AtomicInteger over = new AtomicInteger();
    try (RawServer before = RawServer.replying(text("before"));
        Raw client = client()) {
      proxy.handOver(before.address(), over::incrementAndGet);
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).reply()).endsWith("before");
      assertThat(over).hasPositiveValue();
      assertThat(client.say(GET).reply()).endsWith("one");
      assertThat(proxy.disarm().answered()).isEqualTo(Map.of(0, -1, 1, 1));
      proxy.handOver(null, () -> {});
      proxy.arm(Injector.NONE);
      assertThat(client.say(GET).reply()).endsWith("zero");
    }
  }

  @Test
  void eachNodeOfTheCallerHasAPortOfItsOwn() throws Exception {
    try (FaultProxy edge =
            FaultProxy.open(loop, ScriptedFault.EDGE, Tls.NONE, Patience.DEFAULT, 2);
        Raw first = new Raw(edge.port(0));
        Raw second = new Raw(edge.port(1))) {
      assertThat(edge.ports()).containsExactly(edge.port(), edge.port(1)).doesNotHaveDuplicates();
      edge.target(zero.address());
      edge.arm(
          ScriptedFault.injector(
              Stream.UPSTREAM,
              false,
              exchange ->
                  exchange.caller() == 1
                      ? List.of(new Effect.Answer(reply(503, "cut off")))
                      : List.of()));
      assertThat(first.say(GET).reply()).endsWith("zero");
      assertThat(second.say(GET).reply()).endsWith("cut off");
      assertThat(edge.disarm().exchanges()).isEqualTo(2);
    }
  }

  private static void end(RawServer server) {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
