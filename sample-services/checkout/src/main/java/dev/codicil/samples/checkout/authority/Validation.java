package dev.codicil.samples.checkout.authority;

import java.time.Instant;

/**
 * What the authority says of a license.
 *
 * @param licenseId which license
 * @param status whether it may be used
 * @param validUntil when it ends
 */
public record Validation(String licenseId, Status status, Instant validUntil) {

  /** Whether a license may be used. */
  public enum Status {
    ACTIVE,
    EXPIRED,
    REVOKED
  }
}
