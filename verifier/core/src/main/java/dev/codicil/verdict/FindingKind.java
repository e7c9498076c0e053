package dev.codicil.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a finding says, worst first. */
public enum FindingKind {
  /** Worse after than before, already in calm. */
  BROKEN,
  /** Worse after than before under the same faults. */
  RESILIENCE_LOST,
  /** Nothing can be said. */
  INCONCLUSIVE,
  /** Equally bad before and after under the same faults. */
  FRAGILE,
  /** Failed before, holds now. */
  FIXED,
  /** Better after than before under the same faults. */
  HARDENED,
  /** New in the head, and it holds. */
  ADDED,
  /** As good as before. */
  COMPATIBLE;

  /** Name in files and policies: {@code resilience-lost}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
