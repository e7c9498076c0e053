package shop.orders;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What differs from place to place. */
@ConfigurationProperties("orders")
public record OrdersSettings(Inventory inventory) {
  /**
   * @param readTimeout how long one attempt may take
   * @param connections how many calls may be under way at once
   * @param attempts how often a call is made at most, the first time included
   * @param pause how long is waited before the next attempt
   */
  public record Inventory(
      URI url,
      Duration connectTimeout,
      Duration readTimeout,
      int connections,
      int attempts,
      Duration pause) {}
}
