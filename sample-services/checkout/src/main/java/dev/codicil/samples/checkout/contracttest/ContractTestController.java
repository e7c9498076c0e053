package dev.codicil.samples.checkout.contracttest;

import dev.codicil.samples.checkout.authority.PatientAuthority;
import dev.codicil.samples.checkout.order.OrderBook;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The hooks a verifier works checkout by. */
@RestController
@Profile("contract-test")
class ContractTestController {
  private static final Pattern CONFIRMED_ORDER = Pattern.compile("order (\\S{1,64}) is confirmed");

  private final OrderBook book;
  private final PatientAuthority authority;

  ContractTestController(OrderBook book, PatientAuthority authority) {
    this.book = book;
    this.authority = authority;
  }

  @PostMapping("/_reset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset() {
    book.clear();
    authority.reset();
  }

  /** A provider state as a verifier names it. */
  record StateChange(String state, @Nullable String action) {}

  @PostMapping("/_states")
  ResponseEntity<Map<String, Object>> state(@RequestBody StateChange change) {
    Matcher order = CONFIRMED_ORDER.matcher(change.state());
    if (!order.matches()) {
      return ResponseEntity.badRequest()
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(
              Map.of(
                  "title", "Bad Request",
                  "status", 400,
                  "detail", "unknown state; known is: order ID is confirmed"));
    }
    if (!"teardown".equals(change.action())) {
      book.place(order.group(1));
    }
    return ResponseEntity.noContent().build();
  }

  @GetMapping("/_effects")
  Map<String, Integer> effects() {
    return Map.of("orders", book.size());
  }
}
