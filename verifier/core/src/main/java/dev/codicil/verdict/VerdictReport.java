package dev.codicil.verdict;

import java.util.List;

/**
 * What the reports are made from.
 *
 * @param schema version of the {@code verdict.json} format
 * @param verdict the worst of all amendments
 * @param amendments one each
 */
public record VerdictReport(String schema, Verdict verdict, List<AmendmentVerdict> amendments) {
  /** Version of the {@code verdict.json} format. */
  public static final String SCHEMA = "codicil-verdict/1";

  public VerdictReport {
    amendments = List.copyOf(amendments);
  }

  /** Joins amendments; no amendment at all is a pass that says so elsewhere. */
  public static VerdictReport of(List<AmendmentVerdict> amendments) {
    Verdict worst =
        amendments.stream().map(AmendmentVerdict::verdict).reduce(Verdict.PASS, Verdict::and);
    return new VerdictReport(SCHEMA, worst, amendments);
  }
}
