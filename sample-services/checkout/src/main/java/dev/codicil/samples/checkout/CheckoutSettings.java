package dev.codicil.samples.checkout;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the authority is, and how to be let in.
 *
 * @param authorityUrl its base URL
 * @param authorityToken the bearer token it asks for; empty when it asks for none
 * @param attemptTimeout how long one attempt to ask it may take
 */
@ConfigurationProperties("checkout")
public record CheckoutSettings(URI authorityUrl, String authorityToken, Duration attemptTimeout) {

  @Override
  public String toString() {
    return "authority at " + authorityUrl;
  }
}
