package dev.codicil.samples.billing.bill;

import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows bills. */
@RestController
class BillController {
  private final BillBook book;

  BillController(BillBook book) {
    this.book = book;
  }

  @GetMapping("/bills")
  Map<String, Bill> bills() {
    return book.bills();
  }

  @GetMapping("/bills/{license}")
  ResponseEntity<Bill> bill(@PathVariable("license") String license) {
    Bill bill = book.bills().get(license);
    return bill == null ? ResponseEntity.notFound().build() : ResponseEntity.ok(bill);
  }
}
