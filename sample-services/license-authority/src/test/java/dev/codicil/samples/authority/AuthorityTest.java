package dev.codicil.samples.authority;

import static io.restassured.RestAssured.given;

import dev.codicil.samples.authority.database.EmbeddedDatabase;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A running authority. All of them share one PostgreSQL, which ends with the JVM. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("contract-test")
public abstract class AuthorityTest {

  private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.start("authority");
  private static final OpenApiDocument DOCUMENT =
      OpenApiDocument.in("openapi/license-authority.yaml");

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    registry.add("authority.database.url", DATABASE::jdbcUrl);
  }

  @BeforeEach
  void reset() {
    hook().post("/_reset").then().statusCode(204);
  }

  /** Returns a request whose reply is held to the OpenAPI document. */
  protected final RequestSpecification api() {
    return hook().filter(DOCUMENT);
  }

  /** Returns a request whose reply may be anything. */
  protected final RequestSpecification hook() {
    return given().port(port).contentType(ContentType.JSON);
  }

  /** Returns a JSON request under an idempotency key. */
  protected final RequestSpecification once(String key, String json) {
    return api().header("Idempotency-Key", key).body(json);
  }

  /** Puts the authority into a state. */
  protected final void state(String state) {
    hook()
        .body(Map.of("state", state, "action", "setup", "params", Map.of()))
        .post("/_states")
        .then()
        .statusCode(204);
  }

  protected final int port() {
    return port;
  }
}
