package shop.orders;

/** The inventory said nothing that could be used. */
class InventoryUnavailable extends RuntimeException {
  InventoryUnavailable(String message, Exception cause) {
    super(message, cause);
  }
}
