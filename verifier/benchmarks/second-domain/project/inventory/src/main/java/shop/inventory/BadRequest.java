package shop.inventory;

/** What was sent is not what was agreed. */
class BadRequest extends RuntimeException {
  BadRequest(String message) {
    super(message);
  }
}
