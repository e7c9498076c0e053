package dev.codicil.cli;

import dev.codicil.amendment.Severity;
import org.jspecify.annotations.Nullable;

/** What {@code --fail-on} means, for every command that has it. */
final class FailOn {
  private FailOn() {}

  /**
   * The severity from which a command fails; null for never.
   *
   * @throws UsageException when the text names none
   */
  static @Nullable Severity limit(String text) {
    return switch (text) {
      case "breaking" -> Severity.BREAKING;
      case "risky" -> Severity.RISKY;
      case "none" -> null;
      default -> throw new UsageException("--fail-on: breaking, risky or none, not '" + text + "'");
    };
  }
}
