package dev.codicil.samples.checkout.authority;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.PactDslWithProvider;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import dev.codicil.junit.Accept;
import dev.codicil.junit.Storm;
import dev.codicil.samples.checkout.CheckoutSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Checkout's Pact consumer test, put into the storm by one annotation. */
@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = "license-authority", pactVersion = PactSpecVersion.V4)
@Accept(AuthorityUnavailable.class)
class AuthorityClientPactStormTest {

  private static final String ISO = "yyyy-MM-dd'T'HH:mm:ssX";
  private static final Instant VALID_UNTIL = Instant.parse("2099-12-31T00:00:00Z");

  @Pact(consumer = "checkout")
  V4Pact active(PactDslWithProvider pact) {
    return pact.given("license L-1 is active")
        .uponReceiving("a validation of an active license")
        .method("GET")
        .path("/licenses/L-1/validation")
        .willRespondWith()
        .status(200)
        .body(
            newJsonBody(
                    validation -> {
                      validation.stringValue("licenseId", "L-1");
                      validation.stringValue("status", "active");
                      validation.datetime(
                          "validUntil", ISO, Date.from(VALID_UNTIL), TimeZone.getTimeZone("UTC"));
                      validation.stringType("holder", "ada");
                    })
                .build())
        .toPact(V4Pact.class);
  }

  @Storm(profiles = {"field-loss", "slow-partner", "outage"})
  @PactTestFor(pactMethod = "active")
  void anActiveLicenseIsActive(MockServer mock) {
    CheckoutSettings settings =
        new CheckoutSettings(URI.create(mock.getUrl()), "", Duration.ofMillis(500));
    AuthorityClient client = new AuthorityClient(JsonMapper.builder().build(), settings);

    Validation validation = new PatientAuthority(settings).ask(client.validation("L-1"));

    assertThat(validation.status()).isEqualTo(Validation.Status.ACTIVE);
  }
}
