package dev.codicil.verdict;

import dev.codicil.contract.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What failing costs, as it is declared: an input of the judge, like policy.
 *
 * @param currency of all amounts, such as {@code EUR}; empty when nothing is declared
 * @param flows what brings money, in document order
 * @param above the most that a finding or an amendment may add to losses, in money an hour; null
 *     for no limit
 * @param aboveAt where that limit is written
 */
public record Impact(
    String currency, List<Flow> flows, @Nullable BigDecimal above, Location aboveAt) {
  /** Nothing declared: no finding has a price. */
  public static final Impact NONE = new Impact("", List.of(), null, Location.of(""));

  /** No figure may be larger; more is a slip of the pen. */
  public static final BigDecimal MOST = BigDecimal.TEN.pow(15);

  public Impact {
    flows = List.copyOf(flows);
  }

  /** Whether there is anything to reckon with. */
  public boolean declared() {
    return !flows.isEmpty();
  }

  /**
   * A stream of business, such as orders.
   *
   * @param name what people call it
   * @param unit what one of it is called, in the plural
   * @param of which interactions it goes through, the first that matches counts
   * @param perHour how many an hour, above zero
   * @param value of one, in the currency, above zero
   * @param loss share of the value that an outcome loses, 0 to 1, where it is not the default
   * @param measured whether the volume was measured, not declared
   * @param assumptions what these figures rest on, one line each
   * @param location where it is declared
   */
  public record Flow(
      String name,
      String unit,
      List<Part> of,
      BigDecimal perHour,
      BigDecimal value,
      Map<Outcome, BigDecimal> loss,
      boolean measured,
      List<String> assumptions,
      Location location) {
    public Flow {
      of = List.copyOf(of);
      loss = Map.copyOf(loss);
      assumptions = List.copyOf(assumptions);
    }

    /** What the whole flow brings, in money an hour. */
    public BigDecimal full() {
      return perHour.multiply(value);
    }

    /** Share of its value that an outcome loses; null for what is not known. */
    public @Nullable BigDecimal lost(Outcome outcome) {
      return outcome == Outcome.UNKNOWN ? null : loss.getOrDefault(outcome, byDefault(outcome));
    }

    /** What an outcome loses when nothing else is declared. */
    public static BigDecimal byDefault(Outcome outcome) {
      return outcome.compareTo(Outcome.DEGRADED) <= 0 ? BigDecimal.ZERO : BigDecimal.ONE;
    }

    /** The first part that an interaction belongs to; null when it is none of this flow. */
    public @Nullable Part part(String interaction, String operation) {
      return of.stream()
          .filter(part -> part.pattern().matches(interaction, operation))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * Part of a flow.
   *
   * @param pattern the interactions it goes through
   * @param share of the flow's volume, above 0 and at most 1
   */
  public record Part(InteractionPattern pattern, BigDecimal share) {}
}
