package dev.codicil.samples.checkout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.codicil.samples.checkout.AuthorityStandIn.Answer;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("contract-test")
class CheckoutTest {

  private static final AuthorityStandIn AUTHORITY = new AuthorityStandIn();
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.in("openapi/checkout.yaml");
  private static final String ORDER = "{\"sku\":\"A1\",\"license\":\"L-1\"}";
  private static final String PURCHASE = "{\"sku\":\"A1\",\"holder\":\"ada\"}";
  private static final String ACTIVE =
      "{\"licenseId\":\"L-1\",\"status\":\"active\",\"validUntil\":\"2099-12-31T00:00:00Z\","
          + "\"holder\":\"ada\"}";
  private static final String LICENSE =
      "{\"id\":\"L-1000\",\"sku\":\"A1\",\"holder\":\"ada\",\"status\":\"active\","
          + "\"validUntil\":\"2099-12-31T00:00:00Z\"}";

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("AUTHORITY_URL", AUTHORITY::url);
    // A busy machine must not make an answer late.
    registry.add("CHECKOUT_ATTEMPT_TIMEOUT", () -> "1500ms");
  }

  @BeforeEach
  void calm() {
    hook().post("/_reset").then().statusCode(204);
    AUTHORITY.says(200, ACTIVE);
  }

  @AfterEach
  void speak() {
    AUTHORITY.says(200, ACTIVE);
  }

  @AfterAll
  static void close() {
    AUTHORITY.close();
  }

  @Test
  void anActiveLicenseMakesAnOrder() {
    String id =
        order()
            .statusCode(201)
            .body("licenseValidUntil", equalTo("2099-12-31T00:00:00Z"))
            .extract()
            .path("orderId");
    api().get("/orders/{id}", id).then().statusCode(200).body("sku", equalTo("A1"));
    hook().get("/_effects").then().body("orders", equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "revoked"})
  void aLicenseThatEndedMakesNone(String status) {
    AUTHORITY.says(200, ACTIVE.replace("active", status));
    order().statusCode(402);
    hook().get("/_effects").then().body("orders", equalTo(0));
  }

  @Test
  void anUnknownLicenseIsUnprocessableAndNotAskedForTwice() {
    AUTHORITY.says(404, "{\"title\":\"Not Found\",\"status\":404}");
    order().statusCode(422);
    assertThat(AUTHORITY.keys()).hasSize(1);
  }

  @Test
  void aHolderWhoIsNotVouchedForCannotOrder() {
    AUTHORITY.says(403, "{\"title\":\"Forbidden\",\"status\":403}");
    order().statusCode(402);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "[]",
        "null",
        "{\"licenseId\":\"L-1\",\"status\":\"active\",\"holder\":\"ada\"}",
        "{\"licenseId\":\"L-1\",\"status\":\"active\",\"expiresAt\":\"2099-12-31T00:00:00Z\","
            + "\"holder\":\"ada\"}",
        "{\"licenseId\":\"L-1\",\"status\":\"active\",\"validUntil\":null,\"holder\":\"ada\"}",
        "{\"licenseId\":\"L-1\",\"status\":\"active\",\"validUntil\":4102358400,\"holder\":\"ada\"}",
        "{\"licenseId\":\"L-1\",\"status\":\"active\",\"validUntil\":\"soon\",\"holder\":\"ada\"}",
        "{\"licenseId\":\"L-1\",\"status\":\"dormant\",\"validUntil\":\"2099-12-31T00:00:00Z\","
            + "\"holder\":\"ada\"}",
        "{\"licenseId\":\"L-2\",\"status\":\"active\",\"validUntil\":\"2099-12-31T00:00:00Z\","
            + "\"holder\":\"ada\"}"
      })
  void anAnswerThatBreaksTheContractMeansGrace(String answer) {
    AUTHORITY.says(200, answer);
    grace();
    assertThat(AUTHORITY.keys()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 418, 500, 503})
  void aStatusNobodyDeclaredMeansGrace(int status) {
    AUTHORITY.says(status, "{}");
    grace();
  }

  @Test
  void aNotFoundThatIsNoProblemMeansGrace() {
    AUTHORITY.says(404, "nothing here");
    grace();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void aSilentAuthorityMeansGrace(int afterBytes) {
    AUTHORITY.fallsSilentAfter(afterBytes);
    grace();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void anAnswerCutShortMeansGraceAndIsAskedForTwice(int afterBytes) {
    AUTHORITY.hangsUpAfter(afterBytes);
    grace();
    assertThat(AUTHORITY.keys()).hasSize(2);
  }

  @Test
  void oneFailureIsHealedByTheSecondAttempt() {
    AUTHORITY.says(new Answer(503, "{}"), new Answer(200, ACTIVE));
    order().statusCode(201);
  }

  @Test
  void aFailingAuthorityIsLeftAloneUntilReset() {
    AUTHORITY.says(503, "{}");
    for (int i = 0; i < 10; i++) {
      grace();
    }
    AUTHORITY.says(200, ACTIVE);
    grace();
    assertThat(AUTHORITY.keys()).isEmpty();
    hook().post("/_reset").then().statusCode(204);
    order().statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"sku\":\"A1\",\"license\":1}",
        "{\"sku\":\"A1\",\"license\":\"../\"}"
      })
  void anOrderThatIsNotAsDeclaredIsABadRequest(String body) {
    api().body(body).post("/orders").then().statusCode(400);
    assertThat(AUTHORITY.keys()).isEmpty();
  }

  @Test
  void whatIsNotThereIsAProblem() {
    api().get("/orders/none").then().statusCode(404);
    hook().get("/nope").then().statusCode(404).contentType("application/problem+json");
    api().body("x").contentType(ContentType.TEXT).post("/orders").then().statusCode(415);
    hook().get("/actuator/health").then().statusCode(200);
  }

  @Test
  void aPurchaseIsALicense() {
    AUTHORITY.says(201, LICENSE);
    purchase().statusCode(201).body("license", equalTo("L-1000"));
  }

  @Test
  void aRepeatedAttemptAtAPurchaseCarriesTheSameKey() {
    AUTHORITY.says(new Answer(503, "{}"), new Answer(201, LICENSE));
    purchase().statusCode(201);
    assertThat(AUTHORITY.keys()).hasSize(2);
    assertThat(Set.copyOf(AUTHORITY.keys())).hasSize(1);
  }

  @Test
  void theKeyOfTheCallerIsHandedOn() {
    AUTHORITY.says(201, LICENSE);
    api().header("Idempotency-Key", "mine").body(PURCHASE).post("/purchases").then();
    assertThat(AUTHORITY.keys()).containsExactly("mine");
  }

  @Test
  void aPurchaseIsRefusedWhenTheAuthorityIsSilent() {
    AUTHORITY.says(201, LICENSE);
    AUTHORITY.fallsSilentAfter(20);
    purchase().statusCode(503);
  }

  @Test
  void aRenewalTellsTheNewEnd() {
    AUTHORITY.says(200, LICENSE);
    api()
        .body("{\"months\":12}")
        .post("/purchases/L-1000/renewal")
        .then()
        .statusCode(200)
        .body("validUntil", equalTo("2099-12-31T00:00:00Z"));
  }

  @Test
  void aRefusalByTheAuthorityIsHandedOn() {
    AUTHORITY.says(409, "{\"title\":\"Conflict\",\"status\":409}");
    api().body("{\"months\":12}").post("/purchases/L-1000/renewal").then().statusCode(422);
    AUTHORITY.says(404, "{\"title\":\"Not Found\",\"status\":404}");
    api().delete("/purchases/L-1000").then().statusCode(404);
  }

  @Test
  void aLicenseCanBeGivenBack() {
    AUTHORITY.says(204, "");
    api().delete("/purchases/L-1000").then().statusCode(204);
  }

  private void grace() {
    order().statusCode(202).body("grace", equalTo(true), "status", equalTo("confirmed"));
  }

  private ValidatableResponse order() {
    return api().body(ORDER).post("/orders").then();
  }

  private ValidatableResponse purchase() {
    return api().body(PURCHASE).post("/purchases").then();
  }

  private RequestSpecification api() {
    return hook().filter(DOCUMENT);
  }

  private RequestSpecification hook() {
    return given().port(port).contentType(ContentType.JSON);
  }
}
