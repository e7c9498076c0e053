package dev.codicil.verdict;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a finding costs while its faults are on; in calm, always.
 *
 * @param currency of all amounts
 * @param under the profile its faults come from; empty in calm
 * @param hits one for each flow that its interaction belongs to, at least one
 */
public record FindingImpact(String currency, String under, List<Hit> hits) {
  public FindingImpact {
    hits = List.copyOf(hits);
  }

  /** What it is known to add to losses, in money an hour, over all flows. */
  public BigDecimal added() {
    return hits.stream().map(Hit::added).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * What a flow loses.
   *
   * @param flow its name
   * @param unit what one of it is called, in the plural
   * @param measured whether its volume was measured, not declared
   * @param share of the flow that goes through the interaction, 0 to 1
   * @param before loss before the amendment, in money an hour; null when it is not known
   * @param after loss after it; null when it is not known
   * @param atMost the most that may have been added, where it is not known exactly what was; what
   *     was added, where it is
   */
  public record Hit(
      String flow,
      String unit,
      boolean measured,
      BigDecimal share,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      BigDecimal atMost) {
    /** What is known to have been added, never below zero. */
    public BigDecimal added() {
      return before == null || after == null
          ? BigDecimal.ZERO
          : after.subtract(before).max(BigDecimal.ZERO);
    }

    /** Whether more may have been added than is known. */
    public boolean unknown() {
      return atMost.compareTo(added()) > 0;
    }

    /** Whether there is anything to tell: somebody loses, lost or may lose. */
    public boolean tells() {
      return unknown()
          || before != null && before.signum() > 0
          || after != null && after.signum() > 0;
    }
  }
}
