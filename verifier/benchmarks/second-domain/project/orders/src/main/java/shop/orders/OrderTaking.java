package shop.orders;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes orders, once for each idempotency key. While the inventory cannot be asked an order is
 * taken as pending: whoever packs it looks at the shelf.
 */
@Service
class OrderTaking {
  private static final Logger LOG = LoggerFactory.getLogger(OrderTaking.class);
  private final OrderBook book;
  private final InventoryClient inventory;
  private final TransactionTemplate transaction;

  OrderTaking(OrderBook book, InventoryClient inventory, TransactionTemplate transaction) {
    this.book = book;
    this.inventory = inventory;
    this.transaction = transaction;
  }

  Order take(String key, OrderRequest request) {
    Optional<Order> known = book.byKey(key);
    if (known.isPresent()) {
      return known.get();
    }
    // The same key gives the same number, so that whatever is tried again is known again.
    String id = UUID.nameUUIDFromBytes(("order " + key).getBytes()).toString();
    Order order = reserve(id, request);
    try {
      transaction.executeWithoutResult(status -> book.write(key, order));
    } catch (DuplicateKeyException e) {
      return book.byKey(key).orElseThrow(() -> e);
    }
    return order;
  }

  private Order reserve(String id, OrderRequest request) {
    try {
      InventoryClient.Reservation made = inventory.reserve(id, request.lines());
      List<Order.Line> lines =
          request.lines().stream()
              .map(line -> new Order.Line(line.sku(), line.quantity(), warehouse(made, line.sku())))
              .toList();
      return new Order(id, request.customer(), Order.CONFIRMED, null, lines);
    } catch (InventoryUnavailable e) {
      LOG.warn("order {} is pending: {}", id, e.getMessage());
      List<Order.Line> lines =
          request.lines().stream()
              .map(line -> new Order.Line(line.sku(), line.quantity(), null))
              .toList();
      return new Order(id, request.customer(), Order.PENDING, true, lines);
    }
  }

  private static String warehouse(InventoryClient.Reservation made, String sku) {
    return made.lines().stream()
        .filter(line -> line != null && sku.equals(line.sku()) && line.warehouse() != null)
        .map(InventoryClient.Reservation.Line::warehouse)
        .findFirst()
        .orElseThrow(() -> new InventoryUnavailable("no warehouse for " + sku, null));
  }
}
