package dev.codicil.samples.checkout.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.junit.Accept;
import dev.codicil.junit.AmendmentTest;
import dev.codicil.junit.ProviderUrl;
import dev.codicil.samples.checkout.CheckoutSettings;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Checkout's own client meets an amended authority, in calm and while fields and time get lost. */
@Accept(AuthorityUnavailable.class)
class AuthorityClientStormTest {

  @AmendmentTest(
      provider = "license-authority",
      consumer = "checkout",
      amendment = "seats-in-license",
      chaos = {"field-loss", "slow-partner"})
  void anActiveLicenseIsActive(@ProviderUrl URI authority) {
    CheckoutSettings settings = new CheckoutSettings(authority, "", Duration.ofMillis(500));
    AuthorityClient client = new AuthorityClient(JsonMapper.builder().build(), settings);

    Validation validation = new PatientAuthority(settings).ask(client.validation("L-1"));

    assertThat(validation.status()).isEqualTo(Validation.Status.ACTIVE);
  }
}
