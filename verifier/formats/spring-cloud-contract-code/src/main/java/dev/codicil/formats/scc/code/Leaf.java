package dev.codicil.formats.scc.code;

import org.jspecify.annotations.Nullable;

/**
 * A value of the DSL, taken apart.
 *
 * @param example what is sent or answered
 * @param regex what the other side holds it to; null for the example itself
 * @param command of the provider's tests that checks it; null without one
 * @param strategy how a request's value is matched, where the DSL names a way; null without one
 * @param problem what could not be carried over; null when all could
 */
record Leaf(
    @Nullable Object example,
    @Nullable String regex,
    @Nullable String command,
    @Nullable Strategy strategy,
    @Nullable String problem) {

  /**
   * A way to match.
   *
   * @param type as the YAML form names it
   * @param value what it is given
   */
  record Strategy(String type, @Nullable Object value) {}

  static Leaf plain(@Nullable Object example) {
    return new Leaf(example, null, null, null, null);
  }

  boolean isPlain() {
    return regex == null && command == null && strategy == null && problem == null;
  }

  Leaf withExample(@Nullable Object other) {
    return new Leaf(other, regex, command, strategy, problem);
  }
}
