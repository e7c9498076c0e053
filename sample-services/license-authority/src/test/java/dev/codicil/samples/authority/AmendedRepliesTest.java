package dev.codicil.samples.authority;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The amended sides, each held to its own amended document; and the token. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "AUTHORITY_REPLY_SEATS=true",
      "AUTHORITY_RENEWAL_NOTE=true",
      "AUTHORITY_FINGERPRINT=hashed",
      "AUTHORITY_EXPIRY_FIELD=expiresAt",
      "AUTHORITY_TOKEN=open-sesame"
    })
class AmendedRepliesTest extends AuthorityTest {

  @Test
  void seatsAreToldWhereAskedFor() {
    state("license L-1 is active");
    amended("seats-in-license").get("/licenses/L-1").then().body("seats", equalTo(1));
  }

  @Test
  void theExpiryGoesByItsNewName() {
    state("license L-1 is active");
    amended("expiry-renamed")
        .get("/licenses/L-1/validation")
        .then()
        .statusCode(200)
        .body("expiresAt", equalTo("2099-12-31T00:00:00Z"), "$", not(hasKey("validUntil")));
  }

  @Test
  void aRenewalSaysWhatItDid() {
    state("license L-1 is active");
    amended("renewal-note")
        .header("Idempotency-Key", "k1")
        .body("{\"months\":12}")
        .post("/licenses/L-1/renewal")
        .then()
        .statusCode(200)
        .body("note", equalTo("renewed by 12 months"));
  }

  @Test
  void aRepeatedIssueIsAnsweredAndNotRedoneUnderAHashedFingerprintToo() {
    String first = issued("k2", "ada").statusCode(201).extract().path("id");
    issued("k2", "ada").statusCode(201).body("id", equalTo(first));
    issued("k2", "eve").statusCode(409);
  }

  private ValidatableResponse issued(String key, String holder) {
    return amended("seats-in-license")
        .header("Idempotency-Key", key)
        .body("{\"sku\":\"A1\",\"holder\":\"" + holder + "\"}")
        .post("/licenses")
        .then();
  }

  @Test
  void withoutTheTokenNobodyGetsIn() {
    api().get("/licenses/L-1").then().statusCode(401);
    api().header("Authorization", "Bearer guess").get("/licenses/L-1").then().statusCode(401);
    hook().get("/actuator/health").then().statusCode(200);
  }

  private RequestSpecification amended(String amendment) {
    return hook()
        .header("Authorization", "Bearer open-sesame")
        .filter(OpenApiDocument.in("amendments/" + amendment + "/openapi/license-authority.yaml"));
  }
}
