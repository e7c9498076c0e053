package dev.codicil.experiment;

import dev.codicil.contract.Location;
import org.jspecify.annotations.Nullable;

/**
 * What is replayed, described for plan, history and report.
 *
 * @param id stable fingerprint of consumer, provider and key
 * @param kind an interaction of a contract, a probe of a real consumer, or a request that shows a
 *     breaking change
 * @param consumer who relies on the outcome; for a document without a consumer {@value
 *     #ANY_CONSUMER}
 * @param provider the subject (or stub) that gets the request; for a probe the consumer service
 *     itself
 * @param name what reviewers call it: interaction description or probe name
 * @param operation {@code METHOD /path}; {@code RECEIVE TOPIC} for messages
 * @param inBase whether the base has it
 * @param touched whether a change of the amendment touches it
 * @param byExample whether it is judged by example; else by schema
 * @param generated whether its request was made from shapes
 * @param stubbed whether the side under test is a stub that serves its contract
 * @param location where it was declared
 * @param fingerprint hash of everything that was read for it; null when not known
 */
public record Stimulus(
    String id,
    Kind kind,
    String consumer,
    String provider,
    String name,
    String operation,
    boolean inBase,
    boolean touched,
    boolean byExample,
    boolean generated,
    boolean stubbed,
    Location location,
    @Nullable String fingerprint) {
  /** Consumer name for documents that the provider alone stands for. */
  public static final String ANY_CONSUMER = "any consumer";

  /** What kind of thing is replayed. */
  public enum Kind {
    INTERACTION,
    PROBE,
    /** The request of a {@link dev.codicil.amendment.Witness}; decides nothing while it holds. */
    WITNESS,
    /** Messages that come to a subject through a broker. */
    MESSAGES
  }

  /** Whether it is the subject's own interplay with others that is looked at, not a contract's. */
  public boolean ofConsumer() {
    return kind == Kind.PROBE || kind == Kind.MESSAGES;
  }

  /** Whether it was made to show a change, and nobody declared it. */
  public boolean witness() {
    return kind == Kind.WITNESS;
  }
}
