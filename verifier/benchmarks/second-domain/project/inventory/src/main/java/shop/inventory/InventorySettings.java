package shop.inventory;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What differs from place to place. */
@ConfigurationProperties("inventory")
public record InventorySettings(Supplier supplier, LeadTime leadTime) {
  public record Supplier(URI url, Duration connectTimeout, Duration readTimeout) {}

  /**
   * @param ttl how long an answer of the supplier is taken for true
   * @param usualDays what is told when the supplier says nothing
   * @param refresh how often the lead times shown with items are asked for, in the background
   */
  public record LeadTime(Duration ttl, int usualDays, Duration refresh) {}
}
