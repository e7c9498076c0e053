package dev.codicil.samples.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseApiTest extends AuthorityTest {

  private static final String FOR_ADA = "{\"sku\":\"A1\",\"holder\":\"ada\"}";
  private static final String PROBLEM = "application/problem+json";

  @Test
  void anIssuedLicenseIsActiveAndCanBeRead() {
    String id = once("k1", FOR_ADA).post("/licenses").then().statusCode(201).extract().path("id");
    api().get("/licenses/{id}", id).then().statusCode(200).body("holder", equalTo("ada"));
    api()
        .get("/licenses/{id}/validation", id)
        .then()
        .statusCode(200)
        .body("status", equalTo("active"));
  }

  @Test
  void anIdentityIsKept() {
    once("k1", "{\"sku\":\"A1\",\"holder\":\"ada\",\"identity\":\"passport-7\"}")
        .post("/licenses")
        .then()
        .statusCode(201)
        .body("identity", equalTo("passport-7"), "seats", nullValue());
  }

  @Test
  void aRepeatedIssueIsAnsweredAlikeAndIssuesNothing() {
    String first = once("k1", FOR_ADA).post("/licenses").asString();
    once("k1", FOR_ADA).post("/licenses").then().statusCode(201).body(equalTo(first));
    effects("issued", 1);
  }

  @Test
  void twoIssuesAtOnceUnderOneKeyIssueOneLicense() {
    List<CompletableFuture<String>> replies =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> once("k1", FOR_ADA).post("/licenses").asString()))
            .limit(4)
            .toList();
    Set<String> answers = replies.stream().map(CompletableFuture::join).collect(Collectors.toSet());
    assertThat(answers).hasSize(1);
    effects("issued", 1);
  }

  @Test
  void aKeyUsedForAnotherRequestIsAConflict() {
    once("k1", FOR_ADA).post("/licenses").then().statusCode(201);
    once("k1", "{\"sku\":\"B2\",\"holder\":\"ada\"}").post("/licenses").then().statusCode(409);
    state("license L-1 is active");
    once("k1", "{\"months\":12}").post("/licenses/L-1/renewal").then().statusCode(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "null",
        "[]",
        "{\"sku\":\"A1\"}",
        "{\"sku\":null,\"holder\":\"ada\"}",
        "{\"sku\":1,\"holder\":\"ada\"}",
        "{\"sku\":\"A1\",\"holder\":\"ada\",\"identity\":null}",
        "{\"sku\":\"A1\",\"holder\":\"ada\",\"holder\":\"bob\"}",
        "{\"sku\":\"A1\",\"holder\":\"ada\"} {}"
      })
  void aBodyThatIsNotAsDeclaredIsABadRequest(String body) {
    once("k1", body).post("/licenses").then().statusCode(400);
    effects("issued", 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"sku\":\"A 1\",\"holder\":\"ada\"}", "{\"sku\":\"A1\",\"holder\":\"\"}"})
  void aValueThatCannotBeIsUnprocessable(String body) {
    once("k1", body).post("/licenses").then().statusCode(422);
  }

  @Test
  void aMissingOrUnreadableKeyIsABadRequest() {
    api().body(FOR_ADA).post("/licenses").then().statusCode(400);
    once("k".repeat(65), FOR_ADA).post("/licenses").then().statusCode(400);
  }

  @Test
  void anotherMediaTypeIsUnsupported() {
    once("k1", FOR_ADA).contentType(ContentType.TEXT).post("/licenses").then().statusCode(415);
  }

  @Test
  void whatEndedSaysSo() {
    state("license L-9 is expired");
    state("license L-1 is revoked");
    validation("L-9").body("status", equalTo("expired"));
    validation("L-1").body("status", equalTo("revoked"));
  }

  @Test
  void anUnknownLicenseIsNotFoundAnywhere() {
    state("no licenses exist");
    api().get("/licenses/L-404").then().statusCode(404);
    api().get("/licenses/L-404/validation").then().statusCode(404);
    api().delete("/licenses/L-404").then().statusCode(404);
    once("k1", "{\"months\":1}").post("/licenses/L-404/renewal").then().statusCode(404);
    api().get("/licenses/L_404'--").then().statusCode(404);
  }

  @Test
  void aRenewalLengthensOnceUnderOneKey() {
    state("license L-1 is active");
    for (int i = 0; i < 2; i++) {
      once("k1", "{\"months\":12}")
          .post("/licenses/L-1/renewal")
          .then()
          .statusCode(200)
          .body("validUntil", equalTo("2100-12-31T00:00:00Z"));
    }
    effects("renewed", 1);
  }

  @Test
  void anExpiredLicenseIsRenewedFromToday() {
    state("license L-9 is expired");
    once("k1", "{\"months\":1}")
        .post("/licenses/L-9/renewal")
        .then()
        .statusCode(200)
        .body("status", equalTo("active"));
  }

  @Test
  void aRevokedLicenseIsNotRenewed() {
    state("license L-1 is revoked");
    once("k1", "{\"months\":1}").post("/licenses/L-1/renewal").then().statusCode(409);
    effects("renewed", 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"months\":\"1\"}", "{\"months\":1.5}", "{\"months\":null}", "{}"})
  void monthsOfAnotherTypeAreABadRequest(String body) {
    state("license L-1 is active");
    once("k1", body).post("/licenses/L-1/renewal").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"months\":0}", "{\"months\":61}", "{\"months\":99999999999}"})
  void monthsOutOfRangeAreUnprocessable(String body) {
    state("license L-1 is active");
    once("k1", body).post("/licenses/L-1/renewal").then().statusCode(422);
  }

  @Test
  void aSecondRevocationChangesNothing() {
    state("license L-1 is active");
    api().delete("/licenses/L-1").then().statusCode(204);
    api().delete("/licenses/L-1").then().statusCode(204);
    effects("revoked", 1);
    validation("L-1").body("status", equalTo("revoked"));
  }

  @Test
  void whatNobodyCouldReadIsNotAcceptable() {
    state("license L-1 is active");
    api().accept("application/xml").get("/licenses/L-1").then().statusCode(406);
  }

  @Test
  void pathsAndMethodsThatAreNotThereAreProblems() {
    hook().get("/nope").then().statusCode(404).contentType(PROBLEM);
    hook().get("/error").then().statusCode(404).contentType(PROBLEM);
    hook().patch("/licenses/L-1").then().statusCode(405).contentType(PROBLEM);
  }

  @Test
  void whatTheServerItselfRefusesIsAProblemToo() throws IOException {
    try (Socket socket = new Socket("localhost", port())) {
      socket
          .getOutputStream()
          .write(
              "GET /licenses/{} HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(reply).startsWith("HTTP/1.1 400").contains(PROBLEM).doesNotContain("org.apache");
    }
  }

  @Test
  void anUnknownStateIsToldTheKnownOnes() {
    hook()
        .body("{\"state\":\"the moon is full\"}")
        .post("/_states")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("detail", containsString("license ID is active"));
  }

  @Test
  void aStateCanBeTakenBack() {
    state("license L-1 is active");
    hook()
        .body("{\"state\":\"license L-1 is active\",\"action\":\"teardown\"}")
        .post("/_states")
        .then()
        .statusCode(204);
    api().get("/licenses/L-1").then().statusCode(404);
  }

  @Test
  void chaosMonkeyIsAsleep() {
    hook().get("/actuator/chaosmonkey").then().statusCode(404);
    hook().get("/actuator/health").then().statusCode(200).body("status", equalTo("UP"));
    hook().get("/actuator/health").then().body(not(containsString("jdbc")));
  }

  private ValidatableResponse validation(String id) {
    return api().get("/licenses/{id}/validation", id).then().statusCode(200);
  }

  private void effects(String kind, int times) {
    hook().get("/_effects").then().statusCode(200).body(kind, equalTo(times));
  }
}
