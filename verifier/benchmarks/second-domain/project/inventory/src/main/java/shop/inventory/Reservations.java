package shop.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Sets stock aside: all lines of a request or none, and once for each idempotency key. */
@Service
class Reservations {
  private final JdbcTemplate jdbc;
  private final Stock stock;
  private final TransactionTemplate transaction;

  Reservations(JdbcTemplate jdbc, Stock stock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.stock = stock;
    this.transaction = transaction;
  }

  Reservation reserve(String key, ReservationRequest request) {
    Optional<Reservation> known = byKey(key);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      return transaction.execute(status -> write(key, request));
    } catch (DuplicateKeyException e) {
      // The same request came twice at once; the other one was first.
      return byKey(key).orElseThrow(() -> e);
    }
  }

  private Reservation write(String key, ReservationRequest request) {
    String id = UUID.randomUUID().toString();
    jdbc.update("insert into reservation values (?, ?, ?)", id, request.order(), key);
    List<Line> lines = new ArrayList<>();
    for (ReservationRequest.Wanted wanted : request.lines()) {
      String warehouse = stock.take(wanted.sku(), wanted.quantity());
      jdbc.update(
          "insert into reservation_line values (?, ?, ?, ?, ?)",
          id,
          lines.size(),
          wanted.sku(),
          wanted.quantity(),
          warehouse);
      lines.add(new Line(wanted.sku(), wanted.quantity(), warehouse));
    }
    return new Reservation(id, request.order(), lines);
  }

  void release(String id) {
    transaction.executeWithoutResult(
        status -> {
          for (Line line : lines(id)) {
            stock.putBack(line.sku(), line.quantity());
          }
          jdbc.update("delete from reservation_line where reservation = ?", id);
          if (jdbc.update("delete from reservation where id = ?", id) == 0) {
            throw new NotFound("no reservation " + id);
          }
        });
  }

  private Optional<Reservation> byKey(String key) {
    return jdbc
        .query(
            "select id, order_id from reservation where idempotency_key = ?",
            (row, n) ->
                new Reservation(row.getString(1), row.getString(2), lines(row.getString(1))),
            key)
        .stream()
        .findFirst();
  }

  private List<Line> lines(String id) {
    return jdbc.query(
        "select sku, quantity, warehouse from reservation_line where reservation = ? order by position",
        (row, n) -> new Line(row.getString(1), row.getInt(2), row.getString(3)),
        id);
  }
}
