package shop.inventory;

/** So many of one item, in one warehouse. */
public record Line(String sku, int quantity, String warehouse) {}
