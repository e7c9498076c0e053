package dev.codicil.samples.checkout.authority;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactDslWithProvider;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import dev.codicil.samples.checkout.CheckoutSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** What checkout relies on; running this writes {@code contracts/pact}. */
@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = "license-authority", pactVersion = PactSpecVersion.V4)
class AuthorityClientPactTest {

  private static final String JSON = "application/json";
  private static final String KEY = "7f0c9a52-once";
  private static final String KEY_PATTERN = "[!-~]{1,64}";
  private static final String ISO = "yyyy-MM-dd'T'HH:mm:ssX";
  private static final String ID = "L-[0-9]+";
  private static final Instant VALID_UNTIL = Instant.parse("2099-12-31T00:00:00Z");
  private static final Instant EXPIRED = Instant.parse("2020-12-31T00:00:00Z");
  private static final Instant RENEWED = Instant.parse("2100-12-31T00:00:00Z");

  @Pact(consumer = "checkout")
  V4Pact active(PactDslWithProvider pact) {
    return pact.given("license L-1 is active")
        .uponReceiving("a validation of an active license")
        .method("GET")
        .path("/licenses/L-1/validation")
        .willRespondWith()
        .status(200)
        .body(validation("L-1", "active", VALID_UNTIL))
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "active")
  void anActiveLicenseIsReadWithItsEnd(MockServer mock) {
    assertThat(answer(client(mock).validation("L-1")))
        .isEqualTo(new Validation("L-1", Validation.Status.ACTIVE, VALID_UNTIL));
  }

  @Pact(consumer = "checkout")
  V4Pact expired(PactDslWithProvider pact) {
    return pact.given("license L-9 is expired")
        .uponReceiving("a validation of an expired license")
        .method("GET")
        .path("/licenses/L-9/validation")
        .willRespondWith()
        .status(200)
        .body(validation("L-9", "expired", EXPIRED))
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "expired")
  void anExpiredLicenseIsReadAsExpired(MockServer mock) {
    assertThat(answer(client(mock).validation("L-9")).status())
        .isEqualTo(Validation.Status.EXPIRED);
  }

  @Pact(consumer = "checkout")
  V4Pact unknown(PactDslWithProvider pact) {
    return pact.given("no licenses exist")
        .uponReceiving("a validation of an unknown license")
        .method("GET")
        .path("/licenses/L-404/validation")
        .willRespondWith()
        .status(404)
        .headers(Map.of("Content-Type", "application/problem+json"))
        .body(
            newJsonBody(
                    problem -> {
                      problem.stringType("title", "Not Found");
                      problem.numberValue("status", 404);
                    })
                .build())
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "unknown")
  void anUnknownLicenseIsARefusalAndNoOutage(MockServer mock) {
    Call<Validation> call = client(mock).validation("L-404");
    assertThatThrownBy(() -> answer(call))
        .isInstanceOfSatisfying(
            AuthorityRefused.class, refused -> assertThat(refused.status()).isEqualTo(404));
  }

  @Pact(consumer = "checkout")
  V4Pact issue(PactDslWithProvider pact) {
    return pact.uponReceiving("an issue of a license")
        .method("POST")
        .path("/licenses")
        .headers(Map.of("Content-Type", JSON))
        .matchHeader("Idempotency-Key", KEY_PATTERN, KEY)
        .body(
            newJsonBody(
                    request -> {
                      request.stringType("holder", "ada");
                      request.stringType("sku", "A1");
                    })
                .build())
        .willRespondWith()
        .status(201)
        .body(
            license(
                license -> {
                  license.stringMatcher("id", ID, "L-1000");
                  end(license, VALID_UNTIL);
                }))
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "issue")
  void anIssuedLicenseIsReadWithItsNumber(MockServer mock) {
    assertThat(answer(client(mock).issue(KEY, "A1", "ada")))
        .isEqualTo(new License("L-1000", "A1", "ada", VALID_UNTIL));
  }

  @Pact(consumer = "checkout")
  V4Pact renewal(PactDslWithProvider pact) {
    return pact.given("license L-1 is active")
        .uponReceiving("a renewal of an active license")
        .method("POST")
        .path("/licenses/L-1/renewal")
        .headers(Map.of("Content-Type", JSON))
        .matchHeader("Idempotency-Key", KEY_PATTERN, KEY)
        .body(newJsonBody(request -> request.integerType("months", 12)).build())
        .willRespondWith()
        .status(200)
        .body(
            license(
                license -> {
                  license.stringValue("id", "L-1");
                  end(license, RENEWED);
                }))
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "renewal")
  void aRenewedLicenseIsReadWithItsNewEnd(MockServer mock) {
    assertThat(answer(client(mock).renewal("L-1", KEY, 12)).validUntil()).isEqualTo(RENEWED);
  }

  @Pact(consumer = "checkout")
  V4Pact revocation(PactDslWithProvider pact) {
    return pact.given("license L-1 is active")
        .uponReceiving("a revocation of an active license")
        .method("DELETE")
        .path("/licenses/L-1")
        .willRespondWith()
        .status(204)
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "revocation")
  void aRevocationNeedsNoBody(MockServer mock) {
    assertThat(answer(client(mock).revocation("L-1"))).isTrue();
  }

  private static DslPart validation(String id, String status, Instant validUntil) {
    return newJsonBody(
            validation -> {
              validation.stringValue("licenseId", id);
              validation.stringValue("status", status);
              end(validation, validUntil);
              validation.stringType("holder", "ada");
            })
        .build();
  }

  private static DslPart license(Consumer<LambdaDslObject> more) {
    return newJsonBody(
            license -> {
              license.stringType("sku", "A1");
              license.stringType("holder", "ada");
              license.stringMatcher("status", "active|expired|revoked", "active");
              more.accept(license);
            })
        .build();
  }

  private static void end(LambdaDslObject license, Instant example) {
    license.datetime("validUntil", ISO, Date.from(example), TimeZone.getTimeZone("UTC"));
  }

  private static AuthorityClient client(MockServer mock) {
    return new AuthorityClient(
        JsonMapper.builder().build(),
        new CheckoutSettings(URI.create(mock.getUrl()), "", Duration.ofMillis(500)));
  }

  private static <T> T answer(Call<T> call) {
    return call.read(call.send().join());
  }
}
