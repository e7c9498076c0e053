package shop.inventory;

import java.util.List;

/** What shall be set aside, and for which order. */
public record ReservationRequest(String order, List<Wanted> lines) {
  /** So many of one item. */
  public record Wanted(String sku, Integer quantity) {}

  /** Refuses what is not a whole request. */
  void check() {
    if (order == null || order.isBlank() || order.length() > 64) {
      throw new BadRequest("order must be a text of 1 to 64 characters");
    }
    if (lines == null || lines.isEmpty()) {
      throw new BadRequest("lines must not be empty");
    }
    for (Wanted line : lines) {
      if (line == null || line.sku() == null || line.sku().isBlank()) {
        throw new BadRequest("each line must name its sku");
      }
      if (line.quantity() == null || line.quantity() < 1 || line.quantity() > 1000) {
        throw new BadRequest("quantity must be between 1 and 1000");
      }
    }
  }
}
