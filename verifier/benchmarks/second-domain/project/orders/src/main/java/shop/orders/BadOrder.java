package shop.orders;

/** What was sent is no order. */
class BadOrder extends RuntimeException {
  BadOrder(String message) {
    super(message);
  }
}
