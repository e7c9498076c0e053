package dev.codicil.junit.client;

import static dev.codicil.junit.client.ChaosInterceptor.chaos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

class ChaosInterceptorTest {
  private static final String ITEM = "/items/A1";

  private final Items items = new Items();

  @AfterEach
  void close() {
    items.close();
  }

  private static Chaos weather(String profile, String storm) {
    return Chaos.of(profile).root(Path.of("src/test/resources/project")).each("GET", ITEM).stream()
        .filter(one -> one.toString().startsWith(storm))
        .findFirst()
        .orElseThrow();
  }

  private String get(ChaosInterceptor interceptor) {
    return String.valueOf(
        RestClient.builder()
            .requestInterceptor(interceptor)
            .build()
            .get()
            .uri(items.url(ITEM))
            .retrieve()
            .body(String.class));
  }

  @Test
  void aFieldIsMissing() {
    ChaosInterceptor interceptor = chaos(weather("field-loss", "drop-field(pointer=/price)"));

    assertThat(get(interceptor)).isEqualTo("{\"id\":\"A1\",\"note\":\"blue\"}");
    assertThat(interceptor.struck()).singleElement().asString().startsWith("drop-field: /price");
  }

  @Test
  void whatIsDownAnswersForItself() {
    assertThatThrownBy(() -> get(chaos(weather("outage", "status(retry-after=1s"))))
        .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
    assertThat(items.asked()).isEmpty();
  }

  @Test
  void aConnectionThatBreaksIsWhatRestClientMakesOfIt() {
    assertThatThrownBy(() -> get(chaos(weather("outage", "reset"))))
        .isInstanceOf(ResourceAccessException.class)
        .hasCauseInstanceOf(SocketException.class);
    assertThatThrownBy(() -> get(chaos(weather("dirty-wire", "truncate"))))
        .hasRootCauseInstanceOf(IOException.class)
        .hasStackTraceContaining("Premature EOF: ");
  }

  @Test
  void aDelayEndsAtTheTimeOutThatWasDeclared() {
    Chaos late = weather("slow-partner", "latency(latency=30s)").timeout(Duration.ofMillis(50));

    assertThatThrownBy(() -> get(chaos(late)))
        .isInstanceOf(ResourceAccessException.class)
        .hasCauseInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aRequestThatIsSentTwiceReachesTheServerTwice() {
    Chaos twice = weather("disorder", "duplicate");

    assertThat(get(chaos(twice))).isEqualTo(Items.ITEM);
    assertThat(items.asked()).hasSize(2);
  }
}
