package shop.inventory;

/** There is nothing of that name. */
class NotFound extends RuntimeException {
  NotFound(String message) {
    super(message);
  }
}
