package dev.codicil.samples.checkout.authority;

import java.time.Instant;

/**
 * A license the authority issued or renewed.
 *
 * @param id its number
 * @param sku what it licenses
 * @param holder who may use it
 * @param validUntil when it ends
 */
public record License(String id, String sku, String holder, Instant validUntil) {}
