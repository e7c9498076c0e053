package dev.codicil.samples.authority.license;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A license as it is kept.
 *
 * @param id its number
 * @param sku what it licenses
 * @param holder who may use it
 * @param identity a document the partner knows the holder by, if one was given
 * @param seats how many may use it at once
 * @param revoked whether it was taken back
 * @param validUntil when it ends
 */
public record License(
    String id,
    String sku,
    String holder,
    @Nullable String identity,
    int seats,
    boolean revoked,
    Instant validUntil) {

  /** Whether a license may be used. */
  public enum Status {
    ACTIVE,
    EXPIRED,
    REVOKED
  }

  /** Returns the status at a moment. */
  public Status status(Instant now) {
    if (revoked) {
      return Status.REVOKED;
    }
    return validUntil.isAfter(now) ? Status.ACTIVE : Status.EXPIRED;
  }
}
