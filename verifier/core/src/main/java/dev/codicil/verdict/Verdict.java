package dev.codicil.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The answer, better to worse. */
public enum Verdict {
  PASS,
  INCONCLUSIVE,
  FAIL;

  /** Name in files: {@code pass}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worse of two. */
  public Verdict and(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
