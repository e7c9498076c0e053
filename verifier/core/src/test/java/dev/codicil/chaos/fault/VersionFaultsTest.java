package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionFaultsTest {
  private static Injection.Plan plan(
      String id, Stream stream, String method, int call, Parameters written) {
    Fault fault = Faults.byId(id).orElseThrow();
    HttpReply reply = new HttpReply(200, Headers.NONE, Payload.of("{}"));
    Exchange exchange =
        new Exchange(
            "shop->bank",
            "",
            call,
            stream,
            new HttpRequest(method, "/accounts/1", Headers.NONE, Payload.EMPTY),
            stream == Stream.DOWNSTREAM ? reply : null);
    return fault.plan(
        exchange, fault.card().complete(written), Dice.of(1, "interaction", call, id));
  }

  /** One letter a call: o for the old version, n for the new one. */
  @ParameterizedTest
  @CsvSource({
    "flapping, POST, nononono",
    "failover, POST, nooooooo",
    "rollback, POST, onoooooo",
    "cache,    POST, nnnnnnnn",
    "flapping, GET,  nononono",
    "cache,    GET,  oooooooo",
    "cache,    HEAD, oooooooo",
    "cache,    PUT,  nnnnnnnn",
  })
  void aPatternSaysWhichCallsGoToTheOldVersion(String pattern, String method, String expected) {
    StringBuilder calls = new StringBuilder();
    for (int call = 0; call < 8; call++) {
      Injection.Plan plan =
          plan(
              "version-skew",
              Stream.UPSTREAM,
              method,
              call,
              Parameters.NONE.with("pattern", pattern));
      calls.append(plan.isEmpty() ? 'n' : 'o');
      assertThat(plan.effects())
          .isEqualTo(plan.isEmpty() ? List.of() : List.of(new Effect.Route("before")));
    }
    assertThat(calls.toString()).isEqualTo(expected);
  }

  @Test
  void theLogNamesTheCall() {
    assertThat(plan("version-skew", Stream.UPSTREAM, "GET", 3, Parameters.NONE).detail())
        .isEqualTo("call 4 to the old version, flapping");
  }

  @ParameterizedTest
  @CsvSource({"GET, 0, false", "GET, 1, true", "HEAD, 5, true", "POST, 1, false"})
  void onlyARepeatedReadCanBeStale(String method, int call, boolean strikes) {
    Injection.Plan plan = plan("stale-reply", Stream.DOWNSTREAM, method, call, Parameters.NONE);
    assertThat(plan.effects().equals(List.of(new Effect.Stale()))).isEqualTo(strikes);
    assertThat(plan.detail()).isNotEmpty();
  }

  @Test
  void aReadThatNothingLikeItCameBeforeIsNotStale() {
    HttpRequest other = new HttpRequest("GET", "/accounts/2", Headers.NONE, Payload.EMPTY);
    Exchange second =
        new Exchange(
            "shop->bank",
            "",
            1,
            Stream.DOWNSTREAM,
            other,
            new HttpReply(200, Headers.NONE, Payload.of("{}")),
            false);
    Fault fault = Faults.byId("stale-reply").orElseThrow();
    Injection.Plan plan =
        fault.plan(second, Parameters.NONE, Dice.of(1, "interaction", 1, "stale-reply"));
    assertThat(plan.effects()).isEmpty();
    assertThat(plan.detail()).isEqualTo("nothing of the kind was asked for before");
  }
}
