package shop.inventory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** The lead times shown with items: asked for in the background, never while somebody waits. */
@Service
class LeadTimeBoard {
  private static final Logger LOG = LoggerFactory.getLogger(LeadTimeBoard.class);
  private final Stock stock;
  private final SupplierClient supplier;
  private final InventorySettings settings;
  private final Map<String, Integer> days = new ConcurrentHashMap<>();

  LeadTimeBoard(Stock stock, SupplierClient supplier, InventorySettings settings) {
    this.stock = stock;
    this.supplier = supplier;
    this.settings = settings;
  }

  int days(String sku) {
    return days.getOrDefault(sku, settings.leadTime().usualDays());
  }

  @Scheduled(
      initialDelayString = "${inventory.lead-time.refresh}",
      fixedDelayString = "${inventory.lead-time.refresh}")
  void refresh() {
    for (Item item : stock.all()) {
      try {
        days.put(item.sku(), supplier.leadDays(item.sku()));
      } catch (SupplierUnavailable e) {
        LOG.warn("lead time of {} stays as it was: {}", item.sku(), e.getMessage());
      }
    }
  }
}
