package shop.inventory;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What others may ask of the inventory. */
@RestController
class InventoryController {
  private final Stock stock;
  private final Reservations reservations;
  private final LeadTimes leadTimes;
  private final LeadTimeBoard board;

  InventoryController(
      Stock stock, Reservations reservations, LeadTimes leadTimes, LeadTimeBoard board) {
    this.stock = stock;
    this.reservations = reservations;
    this.leadTimes = leadTimes;
    this.board = board;
  }

  record Items(List<Item> items) {}

  record ItemPage(String sku, String name, int onHand, int leadDays) {}

  record Availability(String sku, int onHand, int leadDays, boolean estimated) {}

  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "UP");
  }

  @GetMapping("/items")
  Items items() {
    return new Items(stock.all());
  }

  @GetMapping("/items/{sku}")
  ItemPage item(@PathVariable String sku) {
    Item item = find(sku);
    return new ItemPage(item.sku(), item.name(), item.onHand(), board.days(sku));
  }

  @GetMapping("/items/{sku}/availability")
  Availability availability(@PathVariable String sku) {
    Item item = find(sku);
    LeadTimes.LeadTime leadTime = leadTimes.of(sku);
    return new Availability(sku, item.onHand(), leadTime.days(), leadTime.estimated());
  }

  @PostMapping("/reservations")
  ResponseEntity<Reservation> reserve(
      @RequestHeader("Idempotency-Key") String key, @RequestBody ReservationRequest request) {
    request.check();
    Reservation made = reservations.reserve(key, request);
    return ResponseEntity.created(URI.create("/reservations/" + made.id())).body(made);
  }

  @DeleteMapping("/reservations/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@PathVariable String id) {
    reservations.release(id);
  }

  private Item find(String sku) {
    return stock.find(sku).orElseThrow(() -> new NotFound("no item " + sku));
  }
}
