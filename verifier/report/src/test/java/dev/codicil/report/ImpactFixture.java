package dev.codicil.report;

import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentImpact.FlowTotal;
import dev.codicil.verdict.AmendmentImpact.Total;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingImpact;
import dev.codicil.verdict.FindingImpact.Hit;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.VerdictReport;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two amendments with a price: one loses orders, of the other something is unknown. */
final class ImpactFixture {
  private static final BigDecimal ZERO = BigDecimal.ZERO;
  private static final String UNDER =
      "slow-partner: latency(latency=30s) on license-authority->partner, reply";

  private ImpactFixture() {}

  static VerdictReport report() {
    return report("checkout", "orders", "EUR");
  }

  static VerdictReport report(String flow, String unit, String currency) {
    return VerdictReport.of(List.of(unknown(flow, unit, currency), lost(flow, unit, currency)));
  }

  /** The amendment that loses orders, alone. */
  static VerdictReport single() {
    return VerdictReport.of(List.of(lost("checkout", "orders", "EUR")));
  }

  private static AmendmentVerdict lost(String flow, String unit, String currency) {
    BigDecimal eight = new BigDecimal("12416");
    return with(
        Fixture.partnerInLine(),
        new AmendmentImpact(
            currency,
            new Total(UNDER, ZERO, eight, eight),
            eight,
            new BigDecimal("10000"),
            List.of(
                new FlowTotal(
                    flow,
                    unit,
                    false,
                    new BigDecimal("155200"),
                    9,
                    0,
                    new BigDecimal("0.08"),
                    new Total(UNDER, ZERO, eight, eight),
                    eight,
                    List.of(
                        "declared volume of 3200/h orders, the same at every hour",
                        "each is worth 48.5 EUR")),
                new FlowTotal(
                    "renewals",
                    "renewals",
                    true,
                    BigDecimal.TEN,
                    0,
                    0,
                    ZERO,
                    Total.NOTHING,
                    ZERO,
                    List.of("measured volume of 10 renewals an hour, from traffic.csv")))),
        flow,
        unit,
        currency);
  }

  private static AmendmentVerdict unknown(String flow, String unit, String currency) {
    return with(
        Fixture.unstarted(),
        new AmendmentImpact(
            currency,
            Total.NOTHING,
            new BigDecimal("1234.5"),
            null,
            List.of(
                new FlowTotal(
                    flow,
                    unit,
                    false,
                    new BigDecimal("1234.5"),
                    1,
                    1,
                    ZERO,
                    Total.NOTHING,
                    new BigDecimal("1234.5"),
                    List.of("declared")))),
        flow,
        unit,
        currency);
  }

  private static AmendmentVerdict with(
      AmendmentVerdict v, AmendmentImpact impact, String flow, String unit, String currency) {
    return new AmendmentVerdict(
        v.name(),
        v.verdict(),
        v.evidence(),
        v.findings().stream().map(one -> with(one, flow, unit, currency)).toList(),
        v.changes(),
        v.reasons(),
        v.coverage(),
        v.ledger(),
        v.seed(),
        v.millis(),
        v.witnesses(),
        null,
        impact);
  }

  private static Finding with(Finding finding, String flow, String unit, String currency) {
    BigDecimal eight = new BigDecimal("12416");
    return switch (finding.kind()) {
      case RESILIENCE_LOST -> costing(finding, currency, hit(flow, unit, "0.08", ZERO, eight));
      case FRAGILE -> costing(finding, currency, hit(flow, unit, "0.92", eight, eight));
      case INCONCLUSIVE -> costing(finding, currency, hit(flow, unit, "1", ZERO, null));
      default -> finding;
    };
  }

  private static Finding costing(Finding finding, String currency, Hit hit) {
    return finding.costing(
        new FindingImpact(
            currency,
            finding.kind() == FindingKind.RESILIENCE_LOST ? "slow-partner" : "",
            List.of(hit)));
  }

  private static Hit hit(
      String flow, String unit, String share, BigDecimal before, @Nullable BigDecimal after) {
    return new Hit(
        flow,
        unit,
        false,
        new BigDecimal(share),
        before,
        after,
        after == null ? new BigDecimal("1234.5") : after.subtract(before));
  }
}
