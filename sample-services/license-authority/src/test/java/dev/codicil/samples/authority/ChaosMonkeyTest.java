package dev.codicil.samples.authority;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** The service with a database of its own, the monkey awake, and no hooks for contract tests. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "DATABASE_NAME=authority_base")
@ActiveProfiles("chaos-monkey")
class ChaosMonkeyTest {

  @LocalServerPort private int port;

  @Test
  void assaultsCanBeSetThroughTheActuator() {
    given().port(port).get("/actuator/chaosmonkey/status").then().statusCode(200);
    given()
        .port(port)
        .contentType("application/json")
        .body("{\"level\":1,\"exceptionsActive\":true,\"latencyActive\":false}")
        .post("/actuator/chaosmonkey/assaults")
        .then()
        .statusCode(200);
    given()
        .port(port)
        .get("/licenses/L-1")
        .then()
        .statusCode(500)
        .contentType("application/problem+json")
        .body("title", equalTo("Internal Server Error"));
  }

  @Test
  void theHooksOfContractTestsAreNotThere() {
    given().port(port).post("/_states").then().statusCode(404);
    given().port(port).post("/_reset").then().statusCode(404);
    given().port(port).get("/_effects").then().statusCode(404);
  }
}
