package dev.codicil.samples.checkout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class NormalModeTest {

  @LocalServerPort private int port;
  @Autowired private CheckoutSettings settings;

  @Test
  void twoAttemptsStayWithinTheCustomersPatience() {
    assertThat(settings.attemptTimeout().multipliedBy(2)).isLessThan(Duration.ofMillis(1250));
  }

  @Test
  void theHooksOfContractTestsAreNotThere() {
    given().port(port).post("/_reset").then().statusCode(404);
    given().port(port).get("/_effects").then().statusCode(404);
  }
}
