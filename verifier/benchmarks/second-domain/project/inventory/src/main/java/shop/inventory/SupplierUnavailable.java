package shop.inventory;

/** The supplier said nothing that could be used. */
class SupplierUnavailable extends RuntimeException {
  SupplierUnavailable(Exception cause) {
    super("the supplier gave no usable answer", cause);
  }
}
