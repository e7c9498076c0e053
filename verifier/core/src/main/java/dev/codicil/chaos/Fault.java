package dev.codicil.chaos;

import java.util.Optional;

/**
 * One way in which the world goes wrong. Stateless; a new fault is one class and one line in {@code
 * Faults}.
 */
public interface Fault {

  /** Id, sides, layer, parameters, and what a good service does. */
  FaultCard card();

  /**
   * Plans what happens to one message. Pure: the same exchange, parameters and dice give the same
   * plan.
   *
   * @param exchange the exchange, with the message of {@code exchange.stream()}
   * @param parameters validated against the card
   * @param dice draws that depend only on seed, interaction, call and fault
   * @return what to do and what to log; an empty plan, such as {@link Injection.Plan#NONE}, when
   *     the fault does not apply to this message
   */
  Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice);

  /** The stream it strikes when a profile names none; the card's first one by default. */
  default Stream stream(Parameters parameters) {
    return card().streams().iterator().next();
  }

  /**
   * The message at whose arrival it must be planned. That is the message it strikes, unless it has
   * to act earlier: an answer in place of the server is decided when the request comes.
   */
  default Stream plannedAt(Stream stream, Parameters parameters) {
    return stream;
  }

  /**
   * Whether it strikes connections as they open rather than messages. It is then asked once a
   * connection, with an exchange whose call is the connection's number and whose messages are
   * empty.
   */
  default boolean atConnection() {
    return false;
  }

  /**
   * Whether it acts on the world around an exchange rather than on a message of it. It is then
   * asked once a cell, with an exchange whose messages are empty, and strikes no edge.
   */
  default boolean aroundCell() {
    return card().aim() == FaultCard.Aim.WORLD;
  }

  /**
   * Whether it strikes sequences of messages that come through a broker, see {@link MessageFault}.
   */
  default boolean onMessages() {
    return card().aim() == FaultCard.Aim.SEQUENCE;
  }

  /**
   * Whether the same plan does the same in every run. What is not repeatable is run with nothing
   * else going on, and its cells are never taken from an earlier run.
   */
  default boolean repeatable() {
    return true;
  }

  /** Whether these parameters need the message's body. */
  default boolean needsBody(Parameters parameters) {
    return card().needsBody();
  }

  /**
   * Name of the duration parameter that measures how much of this fault there is: more is never
   * milder, and none of it is calm. A failure is narrowed down along it; empty when there is none.
   */
  default Optional<String> measure() {
    return Optional.empty();
  }

  /**
   * What an entry of a profile says that cannot be true at once, beyond what the card tells.
   *
   * @param edges where it may strike
   * @param stream what it strikes
   * @param parameters each valid on its own, defaults filled in
   * @return one sentence that says what was expected; empty when nothing contradicts
   */
  default Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return Optional.empty();
  }
}
