package shop.orders;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The orders that were taken. */
@Repository
class OrderBook {
  private final JdbcTemplate jdbc;

  OrderBook(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void write(String key, Order order) {
    jdbc.update(
        "insert into customer_order values (?, ?, ?, ?)",
        order.id(),
        key,
        order.customer(),
        order.status());
    for (int i = 0; i < order.lines().size(); i++) {
      Order.Line line = order.lines().get(i);
      jdbc.update(
          "insert into order_line values (?, ?, ?, ?, ?)",
          order.id(),
          i,
          line.sku(),
          line.quantity(),
          line.warehouse());
    }
  }

  Optional<Order> byKey(String key) {
    return find("idempotency_key", key);
  }

  Optional<Order> byId(String id) {
    return find("id", id);
  }

  private Optional<Order> find(String column, String value) {
    return jdbc
        .query(
            "select id, customer, status from customer_order where " + column + " = ?",
            (row, n) -> {
              String id = row.getString(1);
              String status = row.getString(3);
              Boolean grace = Order.PENDING.equals(status) ? true : null;
              return new Order(id, row.getString(2), status, grace, lines(id));
            },
            value)
        .stream()
        .findFirst();
  }

  private List<Order.Line> lines(String id) {
    return jdbc.query(
        "select sku, quantity, warehouse from order_line where order_id = ? order by position",
        (row, n) -> new Order.Line(row.getString(1), row.getInt(2), row.getString(3)),
        id);
  }

  int size() {
    return jdbc.queryForObject("select count(*) from customer_order", Integer.class);
  }

  void clear() {
    jdbc.update("delete from order_line");
    jdbc.update("delete from customer_order");
  }
}
