package shop.orders;

/** The inventory knows no such product. */
class NoSuchProduct extends RuntimeException {
  NoSuchProduct() {
    super("no such product");
  }
}
