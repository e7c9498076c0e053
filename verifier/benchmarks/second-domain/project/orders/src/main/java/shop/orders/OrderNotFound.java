package shop.orders;

/** There is no such order. */
class OrderNotFound extends RuntimeException {
  OrderNotFound(String id) {
    super("no order " + id);
  }
}
