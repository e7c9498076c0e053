package dev.codicil.chaos;

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
   * @return what to do and what to log; {@link Injection.Plan#NONE} when the fault does not apply
   *     to this message
   */
  Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice);
}
