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
import org.junit.jupiter.params.provider.ValueSource;

class CredentialFaultTest {
  private static final String SECRET = "eyJhbGciOiJIUzI1NiJ9.s3cr3t";
  private static final Fault FAULT = Faults.byId("credential").orElseThrow();

  private static Injection.Plan plan(Headers sent, Parameters written) {
    Exchange exchange =
        new Exchange(
            "shop->bank",
            "",
            0,
            Stream.UPSTREAM,
            new HttpRequest("GET", "/accounts/1", sent, Payload.EMPTY),
            null);
    return FAULT.plan(
        exchange, FAULT.card().complete(written), Dice.of(1, "interaction", 0, "credential"));
  }

  private static Injection.Plan plan(Headers sent, String state) {
    return plan(sent, Parameters.NONE.with("state", state));
  }

  private static Headers changed(Injection.Plan plan) {
    return ((Effect.SetHeaders) plan.effects().get(0)).set();
  }

  private static HttpReply answer(Injection.Plan plan) {
    return ((Effect.Answer) plan.effects().get(0)).reply();
  }

  @Test
  void aMissingCredentialIsTakenOutOfTheRequest() {
    Injection.Plan plan =
        plan(Headers.of("Authorization", "Bearer " + SECRET).with("x-api-key", SECRET), "missing");
    assertThat(changed(plan).asMap())
        .containsOnlyKeys("authorization", "x-api-key")
        .allSatisfy((name, values) -> assertThat(values).isEmpty());
    assertThat(plan.detail()).isEqualTo("missing: authorization, x-api-key");
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer, Bearer [0-9a-f]{32}",
    "authorization, basic, basic [0-9a-f]{32}",
    "authorization, '', [0-9a-f]{32}",
    "authorization, hush, [0-9a-f]{32}",
    "x-api-key, '', [0-9a-f]{32}",
  })
  void aSwappedOneHasTheSchemeAndNothingElseOfTheOther(
      String header, String scheme, String expected) {
    String sent = scheme.isEmpty() ? SECRET : scheme + " " + SECRET;
    Injection.Plan plan = plan(Headers.of(header, sent), "swapped");
    assertThat(changed(plan).first(header).orElseThrow()).matches(expected);
    assertThat(plan).isEqualTo(plan(Headers.of(header, sent), "swapped"));
  }

  @ParameterizedTest
  @CsvSource({
    "expired, the access token expired",
    "revoked, the access token was revoked",
  })
  void aBearerTokenIsRefusedAsRfc6750Says(String state, String description) {
    HttpReply reply = answer(plan(Headers.of("authorization", "Bearer " + SECRET), state));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().all("www-authenticate"))
        .containsExactly(
            "Bearer error=\"invalid_token\", error_description=\"" + description + "\"");
    assertThat(reply.headers().mediaType()).isEqualTo("application/problem+json");
    assertThat(reply.body().json().orElseThrow().get("detail").asText())
        .isEqualTo("the credential is " + state);
  }

  @Test
  void basicIsChallengedAndAnApiKeyIsForbidden() {
    HttpReply basic = answer(plan(Headers.of("authorization", "Basic " + SECRET), "revoked"));
    assertThat(basic.status()).isEqualTo(401);
    assertThat(basic.headers().first("www-authenticate")).contains("Basic realm=\"codicil\"");
    HttpReply key = answer(plan(Headers.of("x-api-key", SECRET), "revoked"));
    assertThat(key.status()).isEqualTo(403);
    assertThat(key.headers().all("www-authenticate")).isEmpty();
  }

  /** Neither the log nor what is sent in its place tells anything of the credential. */
  @ParameterizedTest
  @ValueSource(strings = {"missing", "swapped", "revoked", "expired"})
  void theCredentialItselfIsToldNobody(String state) {
    List<Headers> all =
        List.of(
            Headers.of("authorization", "Bearer " + SECRET),
            Headers.of("authorization", SECRET),
            Headers.of("authorization", SECRET + " " + SECRET),
            Headers.of("x-api-key", SECRET),
            Headers.of("x-token", SECRET));
    for (Headers sent : all) {
      Injection.Plan plan =
          plan(
              sent,
              Parameters.NONE
                  .with("state", state)
                  .with("header", sent.asMap().keySet().iterator().next()));
      assertThat(plan.isEmpty()).isFalse();
      assertThat(plan.toString()).doesNotContain("s3cr3t").doesNotContain("eyJhbGci");
    }
  }

  @Test
  void aRequestWithoutOneIsLeftAlone() {
    assertThat(plan(Headers.of("accept", "*/*"), "swapped").detail())
        .isEqualTo("the request carries no credential");
    assertThat(
            plan(
                    Headers.of("authorization", "Bearer " + SECRET),
                    Parameters.NONE.with("state", "missing").with("header", "X-Token"))
                .isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "missing, UPSTREAM",
    "swapped, UPSTREAM",
    "revoked, DOWNSTREAM",
    "expired, DOWNSTREAM"
  })
  void whatIsStruckFollowsFromTheStateAndTheRequestDecides(String state, Stream stream) {
    Parameters parameters = Parameters.NONE.with("state", state);
    assertThat(FAULT.stream(parameters)).isEqualTo(stream);
    assertThat(FAULT.plannedAt(stream, parameters)).isEqualTo(Stream.UPSTREAM);
  }
}
