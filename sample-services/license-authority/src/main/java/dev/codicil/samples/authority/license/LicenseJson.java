package dev.codicil.samples.authority.license;

import dev.codicil.samples.authority.AuthoritySettings;
import java.time.Clock;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How licenses look to callers. */
@Component
class LicenseJson {

  private final JsonMapper mapper;
  private final AuthoritySettings settings;
  private final Clock clock;

  LicenseJson(JsonMapper mapper, AuthoritySettings settings, Clock clock) {
    this.mapper = mapper;
    this.settings = settings;
    this.clock = clock;
  }

  String license(License license) {
    return mapper.writeValueAsString(fields(license));
  }

  String renewed(License license, int months) {
    ObjectNode node = fields(license);
    if (settings.renewalNote()) {
      node.put("note", "renewed by " + months + " months");
    }
    return mapper.writeValueAsString(node);
  }

  private ObjectNode fields(License license) {
    ObjectNode node = mapper.createObjectNode();
    node.put("id", license.id());
    node.put("sku", license.sku());
    node.put("holder", license.holder());
    if (license.identity() != null) {
      node.put("identity", license.identity());
    }
    node.put("status", status(license));
    node.put("validUntil", license.validUntil().toString());
    if (settings.replySeats()) {
      node.put("seats", license.seats());
    }
    return node;
  }

  String validation(License license) {
    ObjectNode node = mapper.createObjectNode();
    node.put("licenseId", license.id());
    node.put("status", status(license));
    node.put(settings.expiryField().json(), license.validUntil().toString());
    node.put("holder", license.holder());
    return mapper.writeValueAsString(node);
  }

  private String status(License license) {
    return license.status(clock.instant()).name().toLowerCase(Locale.ROOT);
  }
}
