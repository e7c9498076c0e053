package dev.codicil.samples.checkout.contracttest;

import dev.codicil.samples.checkout.authority.PatientAuthority;
import dev.codicil.samples.checkout.order.OrderBook;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The hooks a verifier works checkout by. */
@RestController
@Profile("contract-test")
class ContractTestController {

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

  @GetMapping("/_effects")
  Map<String, Integer> effects() {
    return Map.of("orders", book.size());
  }
}
