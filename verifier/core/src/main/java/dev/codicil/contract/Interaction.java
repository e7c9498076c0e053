package dev.codicil.contract;

/** One thing a consumer may do with a provider, or one message between them. */
public sealed interface Interaction
    permits HttpInteraction, MessageInteraction, CallbackInteraction {

  /**
   * Stable identity inside its contract: the same interaction has the same key on both sides of an
   * amendment, whatever its file, line or order.
   */
  String key();

  /** What reviewers call it. */
  String description();

  /** Where it was read. */
  Location location();
}
