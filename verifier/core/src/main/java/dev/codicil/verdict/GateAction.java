package dev.codicil.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What policy does with a finding. */
public enum GateAction {
  /** It fails the amendment. */
  FAIL,
  /** It keeps the amendment from passing, and does not fail it. */
  INCONCLUSIVE,
  /** It is told, and decides nothing. */
  TELL;

  /** Name in files: {@code fail}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The action of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static GateAction of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
