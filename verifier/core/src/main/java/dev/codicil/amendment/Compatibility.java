package dev.codicil.amendment;

import java.util.Locale;
import java.util.Optional;

/** Which of the two ways of living together an amendment is asked about. */
public enum Compatibility {
  /** Existing consumers against the new provider. */
  BACKWARD,
  /** New consumers against the old provider. */
  FORWARD,
  /** Both. */
  FULL;

  /** As it is typed: {@code backward}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that is typed so; empty for anything else. */
  public static Optional<Compatibility> of(String id) {
    for (Compatibility mode : values()) {
      if (mode.id().equals(id)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** Whether existing consumers are looked at. */
  public boolean backward() {
    return this != FORWARD;
  }

  /** Whether new consumers are looked at. */
  public boolean forward() {
    return this != BACKWARD;
  }

  /** For whom it speaks. */
  public String forWhom() {
    return switch (this) {
      case BACKWARD -> Audience.EXISTING_CONSUMERS.told();
      case FORWARD -> Audience.NEW_CONSUMERS.told();
      case FULL -> Audience.EXISTING_CONSUMERS.told() + ", and " + Audience.NEW_CONSUMERS.told();
    };
  }
}
