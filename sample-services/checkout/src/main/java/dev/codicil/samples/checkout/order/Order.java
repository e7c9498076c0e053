package dev.codicil.samples.checkout.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An order that was taken.
 *
 * @param orderId its number
 * @param sku what was ordered
 * @param license the license it was ordered under
 * @param status always {@code confirmed}: an order is taken or refused at once
 * @param licenseValidUntil when the license ends, if the authority could be asked
 * @param grace true when it could not, and the order was taken on trust
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(
    String orderId,
    String sku,
    String license,
    String status,
    @Nullable String licenseValidUntil,
    @Nullable Boolean grace) {

  static Order confirmed(String orderId, String sku, String license, String validUntil) {
    return new Order(orderId, sku, license, "confirmed", validUntil, null);
  }

  static Order onTrust(String orderId, String sku, String license) {
    return new Order(orderId, sku, license, "confirmed", null, true);
  }
}
