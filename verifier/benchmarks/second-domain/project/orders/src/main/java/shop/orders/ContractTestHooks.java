package shop.orders;

import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Read-backs for contract tests; not there in production. */
@RestController
@Profile("contract-test")
class ContractTestHooks {
  private final OrderBook book;

  ContractTestHooks(OrderBook book) {
    this.book = book;
  }

  @PostMapping("/_reset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset() {
    book.clear();
  }

  @GetMapping("/_effects")
  Map<String, Integer> effects() {
    return Map.of("orders", book.size());
  }
}
