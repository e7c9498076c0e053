package dev.codicil.samples.billing.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a license.
 *
 * @param id the same when the event comes twice
 * @param kind what became of it
 * @param license number of the license
 * @param at when
 * @param holder who has it; null unless it was issued
 * @param expiresAt until when it is good now; null when it was revoked
 */
public record LicenseEvent(
    String id,
    Kind kind,
    String license,
    Instant at,
    @Nullable String holder,
    @Nullable Instant expiresAt) {

  /** What became of a license. */
  public enum Kind {
    ISSUED,
    RENEWED,
    REVOKED
  }
}
