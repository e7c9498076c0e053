package dev.codicil.samples.checkout;

import static io.restassured.RestAssured.given;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class NormalModeTest {

  @LocalServerPort private int port;

  @Test
  void theHooksOfContractTestsAreNotThere() {
    given().port(port).post("/_reset").then().statusCode(404);
    given().port(port).get("/_effects").then().statusCode(404);
  }
}
