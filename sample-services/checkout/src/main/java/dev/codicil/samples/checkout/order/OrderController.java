package dev.codicil.samples.checkout.order;

import dev.codicil.samples.checkout.authority.AuthorityClient;
import dev.codicil.samples.checkout.authority.AuthorityRefused;
import dev.codicil.samples.checkout.authority.AuthorityUnavailable;
import dev.codicil.samples.checkout.authority.PatientAuthority;
import dev.codicil.samples.checkout.authority.Validation;
import dev.codicil.samples.checkout.web.Body;
import dev.codicil.samples.checkout.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes orders. When the authority cannot be asked, a customer is trusted for a while. */
@RestController
@RequestMapping("/orders")
class OrderController {

  private static final Logger log = LoggerFactory.getLogger(OrderController.class);

  private final AuthorityClient client;
  private final PatientAuthority authority;
  private final OrderBook book;

  OrderController(AuthorityClient client, PatientAuthority authority, OrderBook book) {
    this.client = client;
    this.authority = authority;
    this.book = book;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Order> order(@RequestBody JsonNode json) {
    Body body = Body.of(json);
    String sku = body.sku();
    String license = body.license();
    try {
      Validation validation = authority.ask(client.validation(license));
      if (validation.status() != Validation.Status.ACTIVE) {
        throw Problem.paymentRequired("license " + license + " no longer allows orders");
      }
      String validUntil = validation.validUntil().toString();
      return reply(
          HttpStatus.CREATED, book.enter(id -> Order.confirmed(id, sku, license, validUntil)));
    } catch (AuthorityRefused e) {
      if (e.status() == 404) {
        throw Problem.unprocessable("license " + license + " is unknown");
      }
      if (e.status() == 403) {
        throw Problem.paymentRequired("license " + license + " does not allow orders");
      }
      return grace(sku, license, e);
    } catch (AuthorityUnavailable e) {
      return grace(sku, license, e);
    }
  }

  @GetMapping("/{orderId}")
  ResponseEntity<Order> read(@PathVariable String orderId) {
    return reply(
        HttpStatus.OK, book.find(orderId).orElseThrow(() -> Problem.notFound("no such order")));
  }

  private ResponseEntity<Order> grace(String sku, String license, RuntimeException why) {
    log.warn("an order on trust: {}", why.getMessage());
    return reply(HttpStatus.ACCEPTED, book.enter(id -> Order.onTrust(id, sku, license)));
  }

  private static ResponseEntity<Order> reply(HttpStatus status, Order order) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(order);
  }
}
