package dev.codicil.verdict;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an amendment costs. Fault sets are alternatives, so theirs are never added up: the worst one
 * counts.
 *
 * @param currency of all amounts
 * @param worst the fault set under which the most is added, over all flows
 * @param atMost the most that may be added under any one fault set, with what is not known
 * @param above the declared limit of what may be added; null for none
 * @param flows in document order
 */
public record AmendmentImpact(
    String currency,
    Total worst,
    BigDecimal atMost,
    @Nullable BigDecimal above,
    List<FlowTotal> flows) {
  public AmendmentImpact {
    flows = List.copyOf(flows);
  }

  /**
   * Losses under one fault set, in money an hour.
   *
   * @param under the profile and the faults; empty in calm
   * @param before the amendment, as far as it is known
   * @param after it, as far as it is known
   * @param added what is known to have been added, never below zero
   */
  public record Total(String under, BigDecimal before, BigDecimal after, BigDecimal added) {
    /** Nothing lost. */
    public static final Total NOTHING =
        new Total("", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /**
   * What one flow loses.
   *
   * @param flow its name
   * @param unit what one of it is called, in the plural
   * @param measured whether its volume was measured, not declared
   * @param full what the whole flow brings, in money an hour
   * @param seen how many of its findings were looked at
   * @param unknown of how many it is not known what they add
   * @param share of the flow that loses after the amendment, under its worst fault set, 0 to 1
   * @param worst the fault set under which the most is added to this flow
   * @param atMost the most that may be added under any one fault set, with what is not known
   * @param assumptions what the figures rest on, one line each
   */
  public record FlowTotal(
      String flow,
      String unit,
      boolean measured,
      BigDecimal full,
      int seen,
      int unknown,
      BigDecimal share,
      Total worst,
      BigDecimal atMost,
      List<String> assumptions) {
    public FlowTotal {
      assumptions = List.copyOf(assumptions);
    }
  }
}
