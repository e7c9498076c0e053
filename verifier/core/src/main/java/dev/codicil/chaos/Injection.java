package dev.codicil.chaos;

import java.util.List;

/**
 * One line of the injection log: what was done to which message. Two runs with one seed give
 * identical logs.
 *
 * @param edge id of the edge
 * @param call 0-based number of the exchange on that edge within the cell
 * @param stream request or reply
 * @param fault id of the fault
 * @param detail target and replacement, or the parameter that was drawn; never taken from secret
 *     headers
 */
public record Injection(String edge, int call, Stream stream, String fault, String detail) {

  /**
   * What a fault wants done to one message.
   *
   * @param effects in order; empty when the fault does not apply
   * @param detail for the log; why not, when there are no effects
   */
  public record Plan(List<Effect> effects, String detail) {
    /** The fault does not apply to this message. */
    public static final Plan NONE = new Plan(List.of(), "");

    /** The fault does not apply to this message; says why. */
    public static Plan none(String reason) {
      return new Plan(List.of(), reason);
    }

    public Plan {
      effects = List.copyOf(effects);
    }

    /** One effect. */
    public static Plan of(Effect effect, String detail) {
      return new Plan(List.of(effect), detail);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
      return effects.isEmpty();
    }
  }
}
