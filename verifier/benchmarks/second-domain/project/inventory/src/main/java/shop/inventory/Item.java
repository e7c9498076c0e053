package shop.inventory;

/** Something that is kept in stock. */
public record Item(String sku, String name, int onHand) {}
