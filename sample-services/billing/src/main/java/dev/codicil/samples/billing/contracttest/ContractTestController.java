package dev.codicil.samples.billing.contracttest;

import dev.codicil.samples.billing.bill.BillBook;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The hooks a verifier works billing by. */
@RestController
@Profile("contract-test")
class ContractTestController {
  private final BillBook book;

  ContractTestController(BillBook book) {
    this.book = book;
  }

  @PostMapping("/_reset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset() {
    book.clear();
  }
}
