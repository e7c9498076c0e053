package shop.inventory;

/** There is less than is wanted. */
class OutOfStock extends RuntimeException {
  OutOfStock(String sku) {
    super("not enough of " + sku);
  }
}
