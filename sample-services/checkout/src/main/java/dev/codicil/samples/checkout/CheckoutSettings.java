package dev.codicil.samples.checkout;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the authority is, and how to be let in.
 *
 * @param authorityUrl its base URL
 * @param authorityToken the bearer token it asks for; empty when it asks for none
 */
@ConfigurationProperties("checkout")
public record CheckoutSettings(URI authorityUrl, String authorityToken) {

  @Override
  public String toString() {
    return "authority at " + authorityUrl;
  }
}
