package dev.codicil.samples.authority.license;

import dev.codicil.samples.authority.web.Body;
import dev.codicil.samples.authority.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The authority's REST interface, as promised in {@code license-authority.yaml}. */
@RestController
@RequestMapping(path = "/licenses", produces = MediaType.APPLICATION_JSON_VALUE)
class LicenseController {

  private static final String KEY = "Idempotency-Key";
  private static final String SKU = "[A-Za-z0-9][A-Za-z0-9-]{0,31}";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9 .@_-]{0,63}";

  private final Licenses licenses;

  LicenseController(Licenses licenses) {
    this.licenses = licenses;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> issue(@RequestHeader(KEY) String key, @RequestBody JsonNode json) {
    checkKey(key);
    Body body = Body.of(json);
    String sku = body.text("sku");
    String holder = body.text("holder");
    String identity = body.optionalText("identity");
    matching("sku", sku, SKU);
    matching("holder", holder, NAME);
    if (identity != null) {
      matching("identity", identity, NAME);
    }
    return reply(HttpStatus.CREATED, licenses.issue(key, sku, holder, identity));
  }

  @GetMapping("/{id}")
  ResponseEntity<String> read(@PathVariable String id) {
    return reply(HttpStatus.OK, licenses.read(id));
  }

  @GetMapping("/{id}/validation")
  ResponseEntity<String> validation(@PathVariable String id) {
    return reply(HttpStatus.OK, licenses.validation(id));
  }

  @PostMapping(path = "/{id}/renewal", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> renew(
      @PathVariable String id, @RequestHeader(KEY) String key, @RequestBody JsonNode json) {
    checkKey(key);
    int months = Body.of(json).integer("months");
    if (months < 1 || months > 60) {
      throw Problem.unprocessable("months must be between 1 and 60");
    }
    return reply(HttpStatus.OK, licenses.renew(id, key, months));
  }

  @DeleteMapping(path = "/{id}", produces = MediaType.ALL_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id) {
    licenses.revoke(id);
  }

  private static void checkKey(String key) {
    if (!key.matches("[!-~]{1,64}")) {
      throw Problem.badRequest(KEY + " must be 1 to 64 visible ASCII characters");
    }
  }

  private static void matching(String field, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw Problem.unprocessable(field + " must match ^" + pattern + "$");
    }
  }

  private static ResponseEntity<String> reply(HttpStatus status, String json) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(json);
  }
}
