package dev.codicil.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * When a planned fault strikes and when it lets an exchange pass. All but {@link Match#field} is
 * decided once, as the head of the request comes, see {@link Tally}.
 *
 * @param match which exchanges
 * @param when which of those, by number
 * @param toxicity with which probability it strikes one of those, 0 to 1 (Toxiproxy's word); drawn
 *     from H(seed, interaction, call, fault)
 * @param exchanges most exchanges that the fault set may strike in a cell, on all edges together
 *     (see {@link Injector#byEdge}); {@link #UNBOUNDED} for no limit
 */
public record Conditions(Match match, When when, double toxicity, int exchanges) {
  /** No limit on the exchanges. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** Strikes every exchange. */
  public static final Conditions NONE = new Conditions(Match.ANY, When.ALWAYS, 1, UNBOUNDED);

  public Conditions {
    if (!(toxicity >= 0 && toxicity <= 1)) {
      throw new IllegalArgumentException("a toxicity is from 0 to 1: " + toxicity);
    }
    if (exchanges < 1) {
      throw new IllegalArgumentException("at most no exchange: " + exchanges);
    }
  }

  /** The same conditions for exchanges that match. */
  public Conditions within(Match only) {
    return new Conditions(only, when, toxicity, exchanges);
  }

  /** Whether no exchange passes unstruck. */
  public boolean strikesAll() {
    return equals(NONE);
  }

  /** The same conditions for this many exchanges at most. */
  public Conditions atMost(int most) {
    return new Conditions(match, when, toxicity, most);
  }

  /** The same conditions, met by one exchange only. */
  public Conditions once() {
    return new Conditions(match, when.once(), toxicity, exchanges);
  }

  /** {@code GET /licenses/{id}, exchange 2, toxicity 0.5}; empty when every exchange is struck. */
  public String label() {
    List<String> parts = new ArrayList<>(List.of(match.label(), when.label()));
    if (toxicity < 1) {
      parts.add("toxicity " + toxicity);
    }
    if (exchanges != UNBOUNDED) {
      parts.add(exchanges == 1 ? "at most 1 exchange" : "at most " + exchanges + " exchanges");
    }
    parts.removeIf(String::isEmpty);
    return String.join(", ", parts);
  }
}
