package shop.orders;

/** The inventory has less than was ordered. */
class NotInStock extends RuntimeException {
  NotInStock() {
    super("not enough in stock");
  }
}
