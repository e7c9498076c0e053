package dev.codicil.samples.authority.partner;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.PactDslWithProvider;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import dev.codicil.samples.authority.AuthoritySettings;
import dev.codicil.samples.authority.AuthoritySettings.Check;
import dev.codicil.samples.authority.AuthoritySettings.Database;
import dev.codicil.samples.authority.AuthoritySettings.ExpiryField;
import dev.codicil.samples.authority.AuthoritySettings.Fingerprint;
import dev.codicil.samples.authority.AuthoritySettings.Writes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** What the authority relies on at the partner; running this writes {@code contracts/pact}. */
@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = "partner", pactVersion = PactSpecVersion.V4)
class PartnerClientPactTest {

  @Pact(consumer = "license-authority")
  V4Pact vouched(PactDslWithProvider pact) {
    return pact.given("ada is vouched for")
        .uponReceiving("a question about a holder who is vouched for")
        .method("GET")
        .path("/identities/ada")
        .willRespondWith()
        .status(200)
        .body(identity("ada", true, "substantial"))
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "vouched")
  void aVouchedHolderIsVouchedFor(MockServer mock) {
    assertThat(client(mock).vouchedFor("ada")).isTrue();
  }

  @Pact(consumer = "license-authority")
  V4Pact unvouched(PactDslWithProvider pact) {
    return pact.given("mallory is not vouched for")
        .uponReceiving("a question about a holder who is not vouched for")
        .method("GET")
        .path("/identities/mallory")
        .willRespondWith()
        .status(200)
        .body(identity("mallory", false, "low"))
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "unvouched")
  void anUnvouchedHolderIsNotVouchedFor(MockServer mock) {
    assertThat(client(mock).vouchedFor("mallory")).isFalse();
  }

  @Pact(consumer = "license-authority")
  V4Pact unknown(PactDslWithProvider pact) {
    return pact.given("nobody is known")
        .uponReceiving("a question about an unknown holder")
        .method("GET")
        .path("/identities/nobody")
        .willRespondWith()
        .status(404)
        .headers(Map.of("Content-Type", "application/problem+json"))
        .body(newJsonBody(problem -> problem.stringType("title", "Not Found")).build())
        .toPact(V4Pact.class);
  }

  @Test
  @PactTestFor(pactMethod = "unknown")
  void anUnknownHolderIsNoAnswerAtAll(MockServer mock) {
    PartnerClient client = client(mock);
    assertThatThrownBy(() -> client.vouchedFor("nobody"))
        .isInstanceOf(HttpClientErrorException.NotFound.class);
  }

  private static DslPart identity(String holder, boolean vouched, String assurance) {
    return newJsonBody(
            identity -> {
              identity.stringValue("holder", holder);
              identity.booleanValue("vouched", vouched);
              identity.stringMatcher("assurance", "low|substantial|high", assurance);
            })
        .build();
  }

  private static PartnerClient client(MockServer mock) {
    return new PartnerClient(
        RestClient.builder(),
        new AuthoritySettings(
            "",
            false,
            false,
            Writes.DIRECT,
            Fingerprint.PLAIN,
            ExpiryField.VALID_UNTIL,
            Check.OFF,
            Check.OFF,
            Check.OFF,
            mock.getUrl(),
            Duration.ofMillis(300),
            new Database("", "", "", "authority", "")));
  }
}
