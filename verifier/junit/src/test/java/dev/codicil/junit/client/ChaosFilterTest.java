package dev.codicil.junit.client;

import static dev.codicil.junit.client.ChaosFilter.chaos;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.InputException;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.apache.http.ConnectionClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChaosFilterTest {
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

  private Response get(ChaosFilter filter) {
    return given().filter(filter).get(items.url(ITEM));
  }

  @Test
  void aFieldIsMissingAndNothingElseIsChanged() {
    ChaosFilter filter = chaos(weather("field-loss", "drop-field(pointer=/price)"));

    Response reply = get(filter);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.asString()).isEqualTo("{\"id\":\"A1\",\"note\":\"blue\"}");
    assertThat(reply.header("Date")).as("other headers stay").isNotNull();
    assertThat(filter.struck()).singleElement().asString().startsWith("drop-field: /price");
  }

  @Test
  void whatIsDownAnswersForItself() {
    Response reply = get(chaos(weather("outage", "status(retry-after=1s")));

    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(items.asked()).isEmpty();
  }

  @Test
  void whatIsNotStruckComesAsItIs() {
    RestAssured.reset();
    ChaosFilter filter = chaos(weather("slow-partner", "latency(latency=150ms)"));

    assertThat(get(filter).jsonPath().getInt("price")).isEqualTo(12);
    assertThat(filter.struck()).containsExactly("latency: waits 150ms");
  }

  @Test
  void aResetAndATruncatedBodyAreThrownAsApacheThrowsThem() {
    assertThatThrownBy(() -> get(chaos(weather("outage", "reset"))))
        .isInstanceOf(SocketException.class)
        .hasMessage("Connection reset");
    assertThatThrownBy(() -> get(chaos(weather("dirty-wire", "truncate"))))
        .isInstanceOf(ConnectionClosedException.class)
        .hasMessageContaining("Premature end of Content-Length delimited message body");
  }

  @Test
  void whatThisClientCannotDoIsRefusedWhenTheFilterIsMade() {
    assertThatThrownBy(() -> chaos(weather("disorder", "duplicate")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("duplicate (this client sends a request once)");
  }

  @Test
  void aDelayEndsAtTheSocketTimeOut() {
    RestAssuredConfig impatient =
        RestAssuredConfig.config()
            .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 50));

    assertThatThrownBy(
            () ->
                given()
                    .config(impatient)
                    .filter(chaos(weather("slow-partner", "latency(latency=30s)")))
                    .get(items.url(ITEM)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("Read timed out");
  }
}
