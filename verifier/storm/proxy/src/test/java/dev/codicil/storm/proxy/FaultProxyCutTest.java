package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Cut.How;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Stream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are cut: how, and at which byte. */
class FaultProxyCutTest extends ProxyTestBase {

  @ParameterizedTest
  @EnumSource(How.class)
  void cutsBeforeTheReplyAfterTheServerHasDoneItsWork(How how) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Cut(how, -1)));
      assertThat(client.say(post("{}")).rest()).isEqualTo(new Raw.Rest("", seen(how)));
      assertThat(next(server.requests)).endsWith("{}");
      assertThat(proxy.disarm().injections())
          .containsExactly(
              new Injection(ScriptedFault.EDGE, 0, Stream.DOWNSTREAM, "scripted", "scripted"));
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  void cutsBeforeTheRequestSoThatTheServerNeverSeesIt(How how) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Cut(how, -1)));
      assertThat(client.say(post("{}")).rest()).isEqualTo(new Raw.Rest("", seen(how)));
      proxy.disarm();
      assertThat(server.connections).hasValue(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"RESET,0", "CLOSE,0", "RESET,3", "CLOSE,3", "CLOSE,5", "RESET,9"})
  void endsTheBodyExactlyWhereItWasToldWithTheOriginalLength(How how, int bytes) throws Exception {
    try (RawServer server = serve(OK);
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Cut(how, bytes)));
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.end()).isEqualTo(seen(how));
      assertThat(rest.body()).isEqualTo("hello".substring(0, Math.min(5, bytes)));
      assertThat(Raw.field(rest.text(), "content-length")).isEqualTo("5");
    }
  }

  @Test
  void cutsAGatheredChunkedReplyWithoutItsEnd() throws Exception {
    try (RawServer server =
            serve(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n3\r\n23]\r\n0\r\n\r\n");
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Cut(How.CLOSE, 4)));
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.body()).isEqualTo("3\r\n[1,\r\n1\r\n2\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  void cutsInTheMiddleOfTheRequestOnBothSides(How how) throws Exception {
    StringBuilder got = new StringBuilder();
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer server =
            serve(
                talk -> {
                  try {
                    for (int next = talk.read(); next >= 0; next = talk.read()) {
                      got.append((char) next);
                    }
                  } finally {
                    ended.countDown();
                  }
                });
        Raw client = client()) {
      proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Cut(how, 4)));
      assertThat(client.say(post("{\"a\":1}")).rest()).isEqualTo(new Raw.Rest("", seen(how)));
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(next(server.ends)).isEqualTo(seen(how));
      assertThat(got.toString()).contains("ength: 7\r\n").endsWith("\r\n\r\n{\"a\"");
    }
  }

  @Test
  void cutsAClientWhoseServerIsGoneAsOrdered() throws Exception {
    InetSocketAddress gone;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    proxy.target(gone);
    proxy.arm(ScriptedFault.always(Stream.UPSTREAM, new Effect.Cut(How.RESET, 2)));
    try (Raw client = client()) {
      assertThat(client.say(post("{}")).rest().end()).isEqualTo("reset");
    }
  }

  private static String seen(How how) {
    return how == How.RESET ? "reset" : "closed";
  }
}
