package shop.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An order as the customer sees it.
 *
 * @param status confirmed, or pending while the stock could not be asked
 * @param grace true for an order that was taken without asking the stock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(String id, String customer, String status, Boolean grace, List<Line> lines) {
  static final String CONFIRMED = "confirmed";
  static final String PENDING = "pending";

  /** So many of one product, and whence they are sent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(String sku, int quantity, String warehouse) {}
}
