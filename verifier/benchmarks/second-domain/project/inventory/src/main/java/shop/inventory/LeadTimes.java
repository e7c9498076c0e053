package shop.inventory;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Lead times, kept for a while. While the supplier is silent the usual lead time is told as an
 * estimate, and kept as long, so that a supplier in trouble is not asked by every visitor.
 */
@Service
class LeadTimes {
  private static final Logger LOG = LoggerFactory.getLogger(LeadTimes.class);

  /** How long a delivery takes, and whether that is a guess. */
  record LeadTime(int days, boolean estimated) {}

  private record Kept(LeadTime leadTime, Instant until) {}

  private final SupplierClient supplier;
  private final InventorySettings settings;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  LeadTimes(SupplierClient supplier, InventorySettings settings) {
    this.supplier = supplier;
    this.settings = settings;
  }

  LeadTime of(String sku) {
    Kept known = kept.get(sku);
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.leadTime();
    }
    LeadTime now = ask(sku);
    kept.put(sku, new Kept(now, clock.instant().plus(settings.leadTime().ttl())));
    return now;
  }

  private LeadTime ask(String sku) {
    try {
      return new LeadTime(supplier.leadDays(sku), false);
    } catch (SupplierUnavailable e) {
      LOG.warn("lead time of {} is estimated: {}", sku, e.getMessage());
      return new LeadTime(settings.leadTime().usualDays(), true);
    }
  }

  void forget() {
    kept.clear();
  }
}
