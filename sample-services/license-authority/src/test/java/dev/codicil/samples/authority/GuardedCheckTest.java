package dev.codicil.samples.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The partner check behind a time limit and a fallback: no weather changes the reply. */
class GuardedCheckTest extends AuthorityTest {

  private static final PartnerStandIn PARTNER = new PartnerStandIn();
  private static final String VOUCHED =
      "{\"holder\":\"ada\",\"vouched\":true,\"assurance\":\"high\"}";

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("PARTNER_URL", PARTNER::url);
    registry.add("AUTHORITY_PARTNER_CHECK", () -> "guarded");
    // A busy machine must not make an answer late.
    registry.add("AUTHORITY_PARTNER_PATIENCE", () -> "2s");
  }

  @BeforeEach
  void vouched() {
    PARTNER.says(200, VOUCHED);
    state("license L-1 is active");
  }

  @AfterEach
  void speak() {
    PARTNER.speaks();
  }

  @AfterAll
  static void close() {
    PARTNER.close();
  }

  @Test
  void aVouchedHolderIsActiveAndAnUnvouchedOneForbidden() {
    active();
    assertThat(PARTNER.timesAsked()).isEqualTo(1);
    PARTNER.says(200, VOUCHED.replace("true", "false"));
    forbidden();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void aPartnerWhoFallsSilentCostsLittleTime(int afterBytes) {
    PARTNER.fallsSilentAfter(afterBytes);
    active();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"holder\":\"ada\",\"assurance\":\"high\"}",
        "{\"holder\":\"ada\",\"vouched\":null,\"assurance\":\"high\"}",
        "{\"holder\":\"ada\",\"vouched\":\"false\",\"assurance\":\"high\"}",
        "{\"holder\":\"bob\",\"vouched\":false,\"assurance\":\"high\"}",
        "{\"holder\":\"ada\",\"vouch",
        ""
      })
  void anAnswerThatBreaksTheContractIsNotBelieved(String answer) {
    PARTNER.says(200, answer);
    active();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500, 503})
  void anErrorOfThePartnerIsNoOpinion(int status) {
    PARTNER.says(status, "{}");
    active();
  }

  @Test
  void theLastKnownAnswerStandsWhileThePartnerIsSilent() {
    PARTNER.says(200, VOUCHED.replace("true", "false"));
    forbidden();
    PARTNER.says(503, "{}");
    forbidden();
    hook().post("/_reset").then().statusCode(204);
    state("license L-1 is active");
    active();
  }

  private void active() {
    api()
        .get("/licenses/L-1/validation")
        .then()
        .statusCode(200)
        .body("status", equalTo("active"), "validUntil", equalTo("2099-12-31T00:00:00Z"));
  }

  private void forbidden() {
    api().get("/licenses/L-1/validation").then().statusCode(403);
  }
}
