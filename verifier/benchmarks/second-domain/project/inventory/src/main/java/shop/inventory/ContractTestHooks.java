package shop.inventory;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Provider states and read-backs for contract tests; not there in production. */
@RestController
@Profile("contract-test")
class ContractTestHooks {
  private static final Pattern ON_HAND = Pattern.compile("there are (\\d{1,6}) of ([A-Z]{1,32})");
  private static final Pattern RESERVED = Pattern.compile("reservation (\\S{1,36}) is held");
  private final JdbcTemplate jdbc;
  private final Stock stock;
  private final LeadTimes leadTimes;

  ContractTestHooks(JdbcTemplate jdbc, Stock stock, LeadTimes leadTimes) {
    this.jdbc = jdbc;
    this.stock = stock;
    this.leadTimes = leadTimes;
  }

  record State(String state, String action) {}

  @PostMapping("/_reset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset() {
    jdbc.update("delete from reservation_line");
    jdbc.update("delete from reservation");
    stock.setOnHand("KETTLE", 40);
    stock.setOnHand("MUG", 200);
    stock.setOnHand("TOASTER", 15);
    leadTimes.forget();
  }

  @PostMapping("/_states")
  ResponseEntity<Void> state(@RequestBody State change) {
    if ("teardown".equals(change.action())) {
      return ResponseEntity.noContent().build();
    }
    Matcher onHand = ON_HAND.matcher(change.state());
    if (onHand.matches()) {
      stock.setOnHand(onHand.group(2), Integer.parseInt(onHand.group(1)));
      return ResponseEntity.noContent().build();
    }
    Matcher reserved = RESERVED.matcher(change.state());
    if (reserved.matches()) {
      String id = reserved.group(1);
      jdbc.update("delete from reservation_line where reservation = ?", id);
      jdbc.update("delete from reservation where id = ?", id);
      jdbc.update("insert into reservation values (?, ?, ?)", id, "O-1", "state-" + id);
      jdbc.update("insert into reservation_line values (?, 0, 'MUG', 2, 'south')", id);
      return ResponseEntity.noContent().build();
    }
    return ResponseEntity.badRequest().build();
  }

  @GetMapping("/_effects")
  Map<String, Object> effects() {
    return Map.of(
        "reservations", jdbc.queryForObject("select count(*) from reservation", Integer.class),
        "units",
            jdbc.queryForObject(
                "select 255 - coalesce(sum(on_hand), 0) from item", Integer.class),
        "skus", List.of("KETTLE", "MUG", "TOASTER"));
  }
}
