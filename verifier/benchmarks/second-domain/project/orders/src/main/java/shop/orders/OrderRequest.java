package shop.orders;

import java.util.List;

/** What a customer wants. */
public record OrderRequest(String customer, List<Line> lines) {
  /** So many of one product. */
  public record Line(String sku, Integer quantity) {}

  /** Refuses what is not a whole order. */
  void check() {
    if (customer == null || customer.isBlank() || customer.length() > 64) {
      throw new BadOrder("customer must be a text of 1 to 64 characters");
    }
    if (lines == null || lines.isEmpty()) {
      throw new BadOrder("an order has at least one line");
    }
    for (Line line : lines) {
      if (line == null || line.sku() == null || line.sku().isBlank()) {
        throw new BadOrder("each line must name its sku");
      }
      if (line.quantity() == null || line.quantity() < 1 || line.quantity() > 1000) {
        throw new BadOrder("quantity must be between 1 and 1000");
      }
    }
  }
}
