package shop.orders;

import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What customers may ask. */
@RestController
class OrdersController {
  private static final Logger LOG = LoggerFactory.getLogger(OrdersController.class);
  private final OrderTaking taking;
  private final OrderBook book;
  private final InventoryClient inventory;

  OrdersController(OrderTaking taking, OrderBook book, InventoryClient inventory) {
    this.taking = taking;
    this.book = book;
    this.inventory = inventory;
  }

  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "UP");
  }

  @PostMapping("/orders")
  ResponseEntity<Order> take(
      @RequestHeader("Idempotency-Key") String key, @RequestBody OrderRequest request) {
    request.check();
    Order order = taking.take(key, request);
    HttpStatus status =
        order.status().equals(Order.CONFIRMED) ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
    return ResponseEntity.status(status)
        .location(URI.create("/orders/" + order.id()))
        .body(order);
  }

  @GetMapping("/orders/{id}")
  Order order(@PathVariable String id) {
    return book.byId(id).orElseThrow(() -> new OrderNotFound(id));
  }

  @GetMapping("/products/{sku}")
  Product product(@PathVariable String sku) {
    try {
      InventoryClient.Availability now = inventory.availability(sku);
      String word = Boolean.TRUE.equals(now.estimated()) ? "estimated" : "live";
      return new Product(sku, word, now.onHand(), now.leadDays());
    } catch (InventoryUnavailable e) {
      LOG.warn("availability of {} is unknown: {}", sku, e.getMessage());
      return new Product(sku, "unknown", null, null);
    }
  }
}
