package dev.codicil.verdict;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractionPatternTest {

  @ParameterizedTest
  @CsvSource({
    "POST /orders, a purchase, POST /orders, true",
    "post /orders, a purchase, POST /orders, true",
    "POST /orders, a purchase, GET /orders, false",
    "POST /orders, POST /orders, GET /else, false",
    "GET /beta/**, '', GET /beta/licenses/{id}, true",
    "GET /beta/*, '', GET /beta/licenses/{id}, false",
    "GET /beta/*, '', GET /beta/licenses, true",
    "GET /beta/**, '', GET /beta, false",
    "* /orders/**, '', DELETE /orders/{id}, true",
    "GET /licenses/{licenseId}, '', GET /licenses/{id}, true",
    "GET /licenses/{licenseId}, '', GET /licenses/search, false",
    "GET /licenses/?, '', GET /licenses/a, true",
    "buy*, buy, POST /orders, true",
    "buy*, buy-under-expired-license, POST /orders, true",
    "buy*, a buy, POST /orders, false",
    "buy, Buy, POST /orders, false",
    "RECEIVE licensing.*, life of a license, RECEIVE licensing.licenses, true",
    "'', '', '', true",
    "*, anything / at all, '', true",
  })
  void namesInteractionsByOperationOrByName(
      String pattern, String name, String operation, boolean matches) {
    assertThat(new InteractionPattern(pattern).matches(name, operation)).isEqualTo(matches);
  }

  @Test
  void manyStarsTakeNoMoreThanTheirLength() {
    String pattern = "*a".repeat(150) + "b";
    String text = "a".repeat(20_000);
    boolean found =
        assertTimeoutPreemptively(
            ofSeconds(20), () -> new InteractionPattern(pattern).matches(text));
    assertThat(found).isFalse();
  }
}
