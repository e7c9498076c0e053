package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Samples;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFaultsTest {
  private static Injection.Plan plan(
      String id, Exchange exchange, int call, Map<String, String> written) {
    Fault fault = Faults.byId(id).orElseThrow();
    Parameters parameters = fault.card().complete(new Parameters(written));
    return fault.plan(exchange, parameters, Dice.of(99, "interaction", call, id));
  }

  private static Exchange reply(String body) {
    return Samples.json(Stream.DOWNSTREAM, body);
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "65536"})
  void corruptBytesAreNeverValidUtf8AndTheLengthStays(int count) {
    for (int call = 0; call < 200; call++) {
      String text = "{\"name\":\"Zo\u00eb\"}";
      Injection.Plan plan =
          plan("corrupt", reply(text), call, Map.of("bytes", Integer.toString(count)));
      byte[] body = ((Effect.ReplaceBody) plan.effects().get(0)).body().bytes();
      byte[] before = text.getBytes(StandardCharsets.UTF_8);
      assertThat(body).as("call %d", call).hasSameSizeAs(before);
      assertThat(strictlyReadable(body)).as("call %d", call).isFalse();
      int changed = 0;
      for (int i = 0; i < body.length; i++) {
        changed += body[i] == before[i] ? 0 : 1;
      }
      assertThat(changed).isEqualTo(Math.min(count, before.length));
    }
  }

  private static boolean strictlyReadable(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException invalid) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, false",
    "application/octet-stream, false",
    "text/plain; charset=ISO-8859-1, false",
    "text/plain; charset=\"utf-8\", true",
    "application/problem+json, true",
    "application/json;charset=UTF-8, true"
  })
  void corruptsOnlyWhatMustBeUtf8(String type, boolean strikes) {
    Exchange exchange =
        Samples.message(
            Stream.DOWNSTREAM, Headers.of("content-type", type), Payload.of("some text"));
    assertThat(plan("corrupt", exchange, 0, Map.of()).isEmpty()).isEqualTo(!strikes);
  }

  @Test
  void truncationAlwaysLeavesSomethingOut() {
    for (int call = 0; call < 200; call++) {
      assertThat(cut(plan("truncate", reply("{\"a\":1}"), call, Map.of()))).isBetween(0, 6);
    }
    assertThat(cut(plan("truncate", reply("0123456789"), 0, Map.of("at", "0.5")))).isEqualTo(5);
    assertThat(cut(plan("truncate", reply("0123456789"), 0, Map.of("at", "1")))).isEqualTo(9);
    assertThat(cut(plan("truncate", reply("x"), 0, Map.of("at", "0.99")))).isZero();
    assertThat(plan("truncate", reply(""), 0, Map.of()).isEmpty()).isTrue();
  }

  private static int cut(Injection.Plan plan) {
    Effect.Cut cut = (Effect.Cut) plan.effects().get(0);
    assertThat(cut.how()).isEqualTo(Effect.Cut.How.CLOSE);
    return cut.afterBodyBytes();
  }

  @Test
  void latencyIsExactWithoutJitter() {
    assertThat(plan("latency", reply(""), 0, Map.of("latency", "400ms")))
        .isEqualTo(Injection.Plan.of(new Effect.Delay(Duration.ofMillis(400)), "waits 400ms"));
  }

  @Test
  void jitterSpreadsToBothSidesOfTheLatency() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int call = 0; call < 1_000; call++) {
      Injection.Plan plan =
          plan("latency", reply(""), call, Map.of("latency", "100ms", "jitter", "20ms"));
      long nanos = ((Effect.Delay) plan.effects().get(0)).time().toNanos();
      assertThat(nanos).isBetween(80_000_000L, 120_000_000L);
      assertThat(plan.detail()).matches("waits [0-9]+(us|ms)");
      least = Math.min(least, nanos);
      most = Math.max(most, nanos);
    }
    assertThat(least).isLessThan(82_000_000L);
    assertThat(most).isGreaterThan(118_000_000L);
  }

  @Test
  void resetsWhereItIsTold() {
    Exchange request = Samples.json(Stream.UPSTREAM, "{}");
    Effect whole = new Effect.Cut(Effect.Cut.How.RESET, -1);
    assertThat(plan("reset", request, 0, Map.of("after", "before-request")).effects())
        .containsExactly(whole);
    assertThat(plan("reset", reply("{}"), 0, Map.of("after", "before-request")).isEmpty()).isTrue();
    assertThat(plan("reset", reply("{}"), 0, Map.of()).effects()).containsExactly(whole);
    assertThat(plan("reset", request, 0, Map.of()).isEmpty()).isTrue();
    Effect.Cut middle =
        (Effect.Cut)
            plan("reset", reply("0123456789"), 0, Map.of("after", "mid-reply")).effects().get(0);
    assertThat(middle.how()).isEqualTo(Effect.Cut.How.RESET);
    assertThat(middle.afterBodyBytes()).isBetween(0, 9);
    assertThat(plan("reset", reply(""), 0, Map.of("after", "mid-reply")).effects())
        .as("a reply without a body is lost whole")
        .containsExactly(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-request", "before-reply", "mid-reply"})
  void resetKnowsWhichMessageItStrikes(String after) {
    Fault reset = Faults.byId("reset").orElseThrow();
    Parameters parameters = Parameters.NONE.with("after", after);
    Stream expected = after.equals("before-request") ? Stream.UPSTREAM : Stream.DOWNSTREAM;
    assertThat(reset.stream(parameters)).isEqualTo(expected);
    assertThat(reset.plannedAt(expected, parameters)).isEqualTo(expected);
    assertThat(reset.needsBody(parameters)).isEqualTo(after.equals("mid-reply"));
  }

  @Test
  void statusAnswersInPlaceOfTheServer() {
    Injection.Plan plan =
        plan("status", Samples.json(Stream.UPSTREAM, "{}"), 0, Map.of("retry-after", "2s"));
    HttpReply answer = ((Effect.Answer) plan.effects().get(0)).reply();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers().first("retry-after")).contains("2");
    assertThat(answer.headers().mediaType()).isEqualTo("application/problem+json");
    assertThat(answer.body().utf8())
        .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503}");
    assertThat(plan.detail()).isEqualTo("503 retry-after 2s in place of the server");
  }

  @Test
  void statusAfterProcessingReplacesTheReply() {
    Injection.Plan plan =
        plan("status", reply("{}"), 0, Map.of("status", "204", "processed", "true"));
    assertThat(plan)
        .isEqualTo(
            Injection.Plan.of(
                new Effect.ReplaceReply(new HttpReply(204, Headers.NONE, Payload.EMPTY)),
                "204 after processing"));
    Fault status = Faults.byId("status").orElseThrow();
    assertThat(status.plannedAt(Stream.DOWNSTREAM, Parameters.NONE.with("processed", "true")))
        .isEqualTo(Stream.DOWNSTREAM);
    assertThat(status.plannedAt(Stream.DOWNSTREAM, Parameters.NONE.with("processed", "false")))
        .isEqualTo(Stream.UPSTREAM);
  }

  @Test
  void statusSendsNoBodyToHead() {
    Exchange head =
        new Exchange(
            "e",
            "",
            0,
            Stream.UPSTREAM,
            new HttpRequest("HEAD", "/", Headers.NONE, Payload.EMPTY),
            null);
    Effect.Answer answer = (Effect.Answer) plan("status", head, 0, Map.of()).effects().get(0);
    assertThat(answer.reply().body().isEmpty()).isTrue();
  }

  @Test
  void reorderHoldsTheFirstAndLetsOthersPass() {
    Exchange first = Samples.json(Stream.UPSTREAM, "{}");
    assertThat(plan("reorder", first, 0, Map.of()).effects())
        .containsExactly(new Effect.Hold("second"));
    assertThat(plan("reorder", first, 0, Map.of("first", "other")).isEmpty()).isTrue();
  }

  @Test
  void duplicateSendsTheRequestTwice() {
    assertThat(plan("duplicate", Samples.json(Stream.UPSTREAM, "{}"), 0, Map.of()).effects())
        .containsExactly(new Effect.Duplicate());
  }
}
