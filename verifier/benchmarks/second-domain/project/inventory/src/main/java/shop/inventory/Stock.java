package shop.inventory;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The shelves. */
@Repository
class Stock {
  private final JdbcTemplate jdbc;

  Stock(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  List<Item> all() {
    return jdbc.query(
        "select sku, name, on_hand from item order by sku",
        (row, n) -> new Item(row.getString(1), row.getString(2), row.getInt(3)));
  }

  Optional<Item> find(String sku) {
    return jdbc
        .query(
            "select sku, name, on_hand from item where sku = ?",
            (row, n) -> new Item(row.getString(1), row.getString(2), row.getInt(3)),
            sku)
        .stream()
        .findFirst();
  }

  /** Takes items off the shelf and tells from which warehouse. */
  String take(String sku, int quantity) {
    int taken =
        jdbc.update(
            "update item set on_hand = on_hand - ? where sku = ? and on_hand >= ?",
            quantity,
            sku,
            quantity);
    if (taken == 0) {
      if (find(sku).isEmpty()) {
        throw new NotFound("no item " + sku);
      }
      throw new OutOfStock(sku);
    }
    return jdbc.queryForObject("select warehouse from item where sku = ?", String.class, sku);
  }

  void putBack(String sku, int quantity) {
    jdbc.update("update item set on_hand = on_hand + ? where sku = ?", quantity, sku);
  }

  void setOnHand(String sku, int onHand) {
    jdbc.update("update item set on_hand = ? where sku = ?", onHand, sku);
  }
}
