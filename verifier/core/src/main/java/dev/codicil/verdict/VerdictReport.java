package dev.codicil.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reports are made from.
 *
 * @param schema version of the {@code verdict.json} format
 * @param verdict the worst of all amendments, and of what became of the waivers
 * @param amendments one each
 * @param gate what became of policy and waivers over all amendments; null when nobody asked
 */
public record VerdictReport(
    String schema, Verdict verdict, List<AmendmentVerdict> amendments, @Nullable GateSummary gate) {
  /** Version of the {@code verdict.json} format. */
  public static final String SCHEMA = "codicil-verdict/1";

  public VerdictReport {
    amendments = List.copyOf(amendments);
  }

  /** Joins amendments; no amendment at all is a pass that says so elsewhere. */
  public static VerdictReport of(List<AmendmentVerdict> amendments) {
    return new VerdictReport(SCHEMA, worst(amendments), amendments, null);
  }

  /**
   * Joins amendments, and says what became of policy and waivers.
   *
   * @param gate by which they were judged
   * @param whole whether these are all amendments there are: only then is it known that a waiver of
   *     no amendment in particular is not used
   */
  public static VerdictReport of(List<AmendmentVerdict> amendments, Gate gate, boolean whole) {
    GateSummary summary = GateSummary.of(amendments, gate, whole);
    Verdict verdict = worst(amendments);
    return new VerdictReport(
        SCHEMA,
        summary.waivers().stream().anyMatch(WaiverStanding::fails) ? Verdict.FAIL : verdict,
        amendments,
        summary);
  }

  private static Verdict worst(List<AmendmentVerdict> amendments) {
    return amendments.stream().map(AmendmentVerdict::verdict).reduce(Verdict.PASS, Verdict::and);
  }
}
