package dev.codicil.samples.checkout.order;

import dev.codicil.samples.checkout.authority.AuthorityClient;
import dev.codicil.samples.checkout.authority.AuthorityRefused;
import dev.codicil.samples.checkout.authority.AuthorityUnavailable;
import dev.codicil.samples.checkout.authority.Call;
import dev.codicil.samples.checkout.authority.License;
import dev.codicil.samples.checkout.authority.PatientAuthority;
import dev.codicil.samples.checkout.web.Body;
import dev.codicil.samples.checkout.web.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sells, renews and takes back licenses. Here is nothing to trust anybody with: no answer, no. */
@RestController
@RequestMapping("/purchases")
class PurchaseController {

  private static final Logger log = LoggerFactory.getLogger(PurchaseController.class);
  private static final String KEY = "Idempotency-Key";

  private final AuthorityClient client;
  private final PatientAuthority authority;

  PurchaseController(AuthorityClient client, PatientAuthority authority) {
    this.client = client;
    this.authority = authority;
  }

  /**
   * What was bought.
   *
   * @param license number of the license
   * @param sku what it licenses
   * @param holder who may use it
   * @param validUntil when it ends
   */
  record Purchase(String license, String sku, String holder, String validUntil) {

    static Purchase of(License license) {
      return new Purchase(
          license.id(), license.sku(), license.holder(), license.validUntil().toString());
    }
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Purchase> buy(
      @RequestHeader(name = KEY, required = false) @Nullable String key,
      @RequestBody JsonNode json) {
    Body body = Body.of(json);
    Call<License> issue = client.issue(key(key), body.sku(), body.holder());
    return reply(HttpStatus.CREATED, ask(issue));
  }

  @PostMapping(path = "/{license}/renewal", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Purchase> renew(
      @PathVariable String license,
      @RequestHeader(name = KEY, required = false) @Nullable String key,
      @RequestBody JsonNode json) {
    int months = Body.of(json).integer("months");
    if (months < 1 || months > 60) {
      throw Problem.unprocessable("months must be between 1 and 60");
    }
    return reply(HttpStatus.OK, ask(client.renewal(Body.license(license), key(key), months)));
  }

  @DeleteMapping("/{license}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void takeBack(@PathVariable String license) {
    ask(client.revocation(Body.license(license)));
  }

  private <T> T ask(Call<T> call) {
    try {
      return authority.ask(call);
    } catch (AuthorityRefused e) {
      if (e.status() == 401 || e.status() == 400) {
        // Our fault towards the authority, not the customer's towards us.
        throw unavailable(e);
      }
      throw e.status() == 404
          ? Problem.notFound("no such license")
          : Problem.unprocessable("the license authority refuses this");
    } catch (AuthorityUnavailable e) {
      throw unavailable(e);
    }
  }

  private static Problem unavailable(RuntimeException why) {
    log.warn("a purchase refused: {}", why.getMessage());
    return Problem.unavailable("licenses cannot be sold just now; try again later");
  }

  /** A caller who brings a key may repeat the request; otherwise ours covers our own retry. */
  private static String key(@Nullable String given) {
    if (given == null) {
      return UUID.randomUUID().toString();
    }
    if (!given.matches("[!-~]{1,64}")) {
      throw Problem.badRequest(KEY + " must be 1 to 64 visible ASCII characters");
    }
    return given;
  }

  private static ResponseEntity<Purchase> reply(HttpStatus status, License license) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Purchase.of(license));
  }
}
