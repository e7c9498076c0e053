package dev.codicil.samples.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The first draft of the partner check, with the faults it is here to be found out by. */
class InlineCheckTest extends AuthorityTest {

  private static final PartnerStandIn PARTNER = new PartnerStandIn();
  private static final String VOUCHED =
      "{\"holder\":\"ada\",\"vouched\":true,\"assurance\":\"high\"}";

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("PARTNER_URL", PARTNER::url);
    registry.add("AUTHORITY_PARTNER_CHECK", () -> "inline");
    registry.add("AUTHORITY_RENEWAL_CHECK", () -> "inline");
  }

  @BeforeEach
  void vouched() {
    PARTNER.says(200, VOUCHED);
    state("license L-1 is active");
  }

  @AfterAll
  static void close() {
    PARTNER.close();
  }

  @Test
  void inCalmWeatherNothingIsDifferent() {
    api()
        .get("/licenses/L-1/validation")
        .then()
        .statusCode(200)
        .body("status", equalTo("active"), "validUntil", equalTo("2099-12-31T00:00:00Z"));
    once("k1", "{\"months\":12}").post("/licenses/L-1/renewal").then().statusCode(200);
    assertThat(PARTNER.timesAsked()).isEqualTo(2);
  }

  @Test
  void onlyAnActiveLicenseIsAskedAbout() {
    state("license L-9 is expired");
    api().get("/licenses/L-9/validation").then().statusCode(200);
    assertThat(PARTNER.timesAsked()).isZero();
  }

  @Test
  void aHolderWhoIsNotVouchedForIsForbidden() {
    PARTNER.says(200, VOUCHED.replace("true", "false"));
    api().get("/licenses/L-1/validation").then().statusCode(403);
    once("k1", "{\"months\":12}").post("/licenses/L-1/renewal").then().statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"holder\":\"ada\",\"assurance\":\"high\"}",
        "{\"holder\":\"ada\",\"vouched\":null,\"assurance\":\"high\"}",
        "{\"holder\":\"ada\",\"vouched\":\"true\",\"assurance\":\"high\"}",
        "{\"holder\":\"ada\",\"vouch",
        ""
      })
  void anAnswerThatBreaksTheContractBecomesAnUndeclaredError(String answer) {
    PARTNER.says(200, answer);
    undeclaredError();
  }

  @Test
  void anErrorOfThePartnerIsAskedAboutOnceAndBecomesAnUndeclaredError() {
    PARTNER.says(503, "{}");
    undeclaredError();
    assertThat(PARTNER.timesAsked()).isEqualTo(1);
  }

  @Test
  void aSilentPartnerKeepsTheCallerWaiting() throws InterruptedException {
    PARTNER.fallsSilentAfter(0);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> hook().get("/licenses/L-1/validation").statusCode());
    assertThat(PARTNER.awaitQuestion()).isTrue();
    assertThat(status).isNotDone();
    PARTNER.speaks();
    assertThat(status.join()).isEqualTo(200);
  }

  private void undeclaredError() {
    hook()
        .get("/licenses/L-1/validation")
        .then()
        .statusCode(500)
        .contentType("application/problem+json")
        .body(not(containsString("xception")));
  }
}
