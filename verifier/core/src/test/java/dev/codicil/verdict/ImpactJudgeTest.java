package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Location;
import dev.codicil.history.Event;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What failing costs: 1,000 orders an hour, worth 10 EUR each, make 10,000 EUR an hour. */
class ImpactJudgeTest {
  private static final Location AT = new Location("codicil.yaml", 7, 5, "");

  private static Impact.Part part(String pattern, String share) {
    return new Impact.Part(new InteractionPattern(pattern), new BigDecimal(share));
  }

  private static Impact.Flow flow(
      String name, Map<Outcome, BigDecimal> loss, Impact.Part... parts) {
    return new Impact.Flow(
        name,
        "orders",
        List.of(parts),
        BigDecimal.valueOf(1000),
        BigDecimal.TEN,
        loss,
        false,
        List.of("declared"),
        AT);
  }

  private static Impact impact(@Nullable String above, Impact.Flow... flows) {
    return new Impact("EUR", List.of(flows), above == null ? null : new BigDecimal(above), AT);
  }

  private static Impact shares(@Nullable String above) {
    return impact(above, flow("checkout", Map.of(), part("buy", "0.92"), part("buy-old", "0.08")));
  }

  private static Finding finding(
      FindingKind kind, String interaction, String faults, Outcome before, Outcome after) {
    boolean calm = faults.isEmpty();
    return new Finding(
        interaction + faults,
        kind,
        false,
        "shop",
        "checkout",
        interaction,
        "POST /orders",
        0,
        List.of(),
        faults,
        new Finding.Outcomes(calm ? before : Outcome.HELD, calm ? null : before, true),
        new Finding.Outcomes(calm ? after : Outcome.HELD, calm ? null : after, true),
        List.of(),
        "",
        "",
        "",
        "",
        List.of(),
        null);
  }

  private static Finding lost(String interaction, String faults, Outcome after) {
    return finding(FindingKind.RESILIENCE_LOST, interaction, faults, Outcome.HELD, after);
  }

  private static AmendmentImpact total(Impact impact, Finding... findings) {
    return Objects.requireNonNull(new ImpactJudge(impact, List.of()).total(List.of(findings)));
  }

  private static FindingImpact cost(Impact impact, Finding finding) {
    return Objects.requireNonNull(
        new ImpactJudge(impact, List.of()).tell(List.of(finding)).get(0).impact());
  }

  @Test
  void aFailingPartLosesItsShareOfVolumeTimesValue() {
    FindingImpact.Hit hit =
        cost(shares(null), lost("buy-old", "latency", Outcome.HUNG)).hits().get(0);

    assertThat(hit.before()).isEqualByComparingTo("0");
    assertThat(hit.after()).isEqualByComparingTo("800");
    assertThat(hit.added()).isEqualByComparingTo("800");
    assertThat(hit.atMost()).isEqualByComparingTo("800");
    assertThat(hit.share()).isEqualByComparingTo("0.08");
  }

  @Test
  void whatIsFragileLosesAsMuchBeforeAndAddsNothing() {
    FindingImpact.Hit hit =
        cost(
                shares("1"),
                finding(FindingKind.FRAGILE, "buy", "reset", Outcome.FAILED, Outcome.FAILED))
            .hits()
            .get(0);

    assertThat(hit.before()).isEqualByComparingTo("9200");
    assertThat(hit.after()).isEqualByComparingTo("9200");
    assertThat(hit.added()).isEqualByComparingTo("0");
    assertThat(hit.unknown()).isFalse();
  }

  @Test
  void whatIsHardenedAddsNothingAndNotLess() {
    Finding hardened = finding(FindingKind.HARDENED, "buy", "reset", Outcome.FAILED, Outcome.HELD);

    assertThat(cost(shares(null), hardened).added()).isEqualByComparingTo("0");
    assertThat(total(shares(null), hardened).worst().added()).isEqualByComparingTo("0");
  }

  @Test
  void aFallbackLosesWhatIsDeclaredAndElseNothing() {
    Finding degraded = lost("buy", "latency", Outcome.DEGRADED);
    Impact declared =
        impact(
            null,
            flow("checkout", Map.of(Outcome.DEGRADED, new BigDecimal("0.2")), part("buy", "0.92")));

    assertThat(cost(declared, degraded).added()).isEqualByComparingTo("1840");
    assertThat(new ImpactJudge(shares(null), List.of()).tell(List.of(degraded)).get(0).impact())
        .isNull();
  }

  @Test
  void whatIsUnknownIsNotNothing() {
    Finding unknown =
        finding(FindingKind.INCONCLUSIVE, "buy", "reset", Outcome.HELD, Outcome.UNKNOWN);
    FindingImpact.Hit hit = cost(shares(null), unknown).hits().get(0);
    AmendmentImpact total = total(shares(null), unknown);

    assertThat(hit.after()).isNull();
    assertThat(hit.unknown()).isTrue();
    assertThat(hit.atMost()).isEqualByComparingTo("9200");
    assertThat(total.worst().added()).isEqualByComparingTo("0");
    assertThat(total.atMost()).isEqualByComparingTo("9200");
    assertThat(total.flows().get(0).unknown()).isEqualTo(1);
  }

  @Test
  void faultSetsAreAlternativesAndNeverSummed() {
    AmendmentImpact total =
        total(
            shares(null),
            lost("buy-old", "latency", Outcome.HUNG),
            lost("buy", "reset", Outcome.FAILED));

    assertThat(total.worst().added()).isEqualByComparingTo("9200");
    assertThat(total.worst().under()).isEqualTo("reset");
    assertThat(total.flows().get(0).share()).isEqualByComparingTo("0.92");
  }

  @Test
  void partsAreSummedWithinOneFaultSet() {
    AmendmentImpact total =
        total(
            shares(null),
            lost("buy-old", "latency", Outcome.HUNG),
            lost("buy", "latency", Outcome.FAILED));

    assertThat(total.worst().added()).isEqualByComparingTo("10000");
    assertThat(total.flows().get(0).share()).isEqualByComparingTo("1");
  }

  @Test
  void whatIsBrokenInCalmIsLostUnderEveryFaultSetToo() {
    AmendmentImpact total =
        total(
            shares(null),
            finding(FindingKind.BROKEN, "buy-old", "", Outcome.HELD, Outcome.FAILED),
            lost("buy", "latency", Outcome.FAILED));

    assertThat(total.worst().added()).isEqualByComparingTo("10000");
    assertThat(total.worst().under()).isEqualTo("latency");
  }

  @Test
  void inAPlainListEachStandsForTheWholeAndTogetherForNoMore() {
    Impact list = impact(null, flow("checkout", Map.of(), part("buy", "1"), part("renew", "1")));
    AmendmentImpact total =
        total(
            list, lost("buy", "latency", Outcome.FAILED), lost("renew", "latency", Outcome.FAILED));

    assertThat(total.worst().after()).isEqualByComparingTo("10000");
    assertThat(total.worst().added()).isEqualByComparingTo("10000");
  }

  @Test
  void interactionsOfOnePartAreNotSummed() {
    Impact pattern = impact(null, flow("checkout", Map.of(), part("buy*", "0.5")));

    assertThat(
            total(
                    pattern,
                    lost("buy", "latency", Outcome.FAILED),
                    lost("buy-old", "latency", Outcome.FAILED))
                .worst()
                .added())
        .isEqualByComparingTo("5000");
  }

  @Test
  void flowsAreSummedUnderTheSameFaultsOnly() {
    Impact two =
        impact(
            null,
            flow("checkout", Map.of(), part("buy", "1")),
            flow("renewals", Map.of(), part("renew", "1")));

    assertThat(
            total(two, lost("buy", "reset", Outcome.FAILED), lost("renew", "reset", Outcome.LOST))
                .worst()
                .added())
        .isEqualByComparingTo("20000");
    assertThat(
            total(two, lost("buy", "reset", Outcome.FAILED), lost("renew", "kill", Outcome.LOST))
                .worst()
                .added())
        .isEqualByComparingTo("10000");
  }

  @Test
  void whatAddsMostStandsFirstAndTheRestAsItStood() {
    List<Finding> told =
        new ImpactJudge(shares(null), List.of())
            .tell(
                List.of(
                    lost("other", "a", Outcome.CORRUPTED),
                    lost("buy-old", "b", Outcome.FAILED),
                    lost("another", "c", Outcome.CORRUPTED),
                    lost("buy", "d", Outcome.FAILED)));
    List<Finding> sorted = new ArrayList<>(told);
    sorted.sort(ImpactJudge.MOST_ADDED_FIRST);

    assertThat(sorted)
        .extracting(Finding::interaction)
        .containsExactly("buy", "buy-old", "other", "another");
  }

  @Test
  void anAmendmentMayFailByItsTotalAlone() {
    Impact impact = shares("9500");
    List<Finding> findings =
        List.of(lost("buy", "latency", Outcome.FAILED), lost("buy-old", "latency", Outcome.FAILED));
    Set<String> reasons = new LinkedHashSet<>();

    assertThat(new ImpactJudge(impact, List.of()).weigh(findings, reasons)).isEqualTo(Verdict.FAIL);
    assertThat(reasons)
        .containsExactly(
            "adds about 10,000 EUR an hour to losses; impact.above is 9,500 EUR an hour"
                + " (codicil.yaml:7:5)");
  }

  @Test
  void whatMayBeAboveTheLimitIsInconclusive() {
    Set<String> reasons = new LinkedHashSet<>();
    Verdict verdict =
        new ImpactJudge(shares("9000"), List.of())
            .weigh(
                List.of(
                    finding(FindingKind.INCONCLUSIVE, "buy", "a", Outcome.HELD, Outcome.UNKNOWN)),
                reasons);

    assertThat(verdict).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(reasons).singleElement().asString().startsWith("may add up to 9,200 EUR an hour");
  }

  @Test
  void exactlyTheLimitIsNotAboveIt() {
    assertThat(
            new ImpactJudge(shares("800"), List.of())
                .weigh(List.of(lost("buy-old", "a", Outcome.HUNG)), new LinkedHashSet<>()))
        .isEqualTo(Verdict.PASS);
  }

  // what the judge makes of it, from a history

  private static AmendmentVerdict judge(Policy policy, Impact impact, List<Waiver> waivers) {
    return new Judge(new Gate(policy, waivers, LocalDate.parse("2026-11-22")).reckoning(impact))
        .judge(run().events);
  }

  private static Runs run() {
    return Runs.planned()
        .calm("base", Outcome.HELD, true)
        .calm("head", Outcome.HELD, true)
        .storm("base", Outcome.HELD)
        .storm("head", Outcome.HUNG)
        .event(new Event.Finished(1000, 0));
  }

  private static Impact validations(@Nullable String above) {
    return impact(above, flow("checkout", Map.of(), part("GET /licenses/{x}/validation", "0.5")));
  }

  private static Policy telling() {
    return new Policy(Set.of(), "replayed");
  }

  @Test
  void aFindingAboveTheLimitFailsAlthoughPolicyOnlyTellsIt() {
    AmendmentVerdict told = judge(telling(), validations(null), List.of());
    AmendmentVerdict dear = judge(telling(), validations("4999"), List.of());
    Finding finding = dear.findings().get(0);

    assertThat(told.verdict()).isEqualTo(Verdict.PASS);
    assertThat(dear.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.gates()).isTrue();
    assertThat(Objects.requireNonNull(finding.gating()).by()).isEqualTo("codicil.yaml:7:5");
    assertThat(Objects.requireNonNull(finding.impact()).under()).isEqualTo("slow-partner");
    assertThat(Objects.requireNonNull(dear.impact()).worst().under())
        .startsWith("slow-partner: latency");
  }

  @Test
  void aWaiverHoldsForItsCostsToo() {
    Gating gating =
        Objects.requireNonNull(
            judge(telling(), validations("4999"), List.of()).findings().get(0).gating());
    Waiver waiver =
        new Waiver(
            gating.fingerprint(),
            "the partner is slow",
            null,
            Set.of("checkout"),
            "the partner is replaced in March",
            "ada",
            LocalDate.parse("2026-12-24"),
            Location.of("codicil-waivers.yaml"));
    AmendmentVerdict waived = judge(telling(), validations("4999"), List.of(waiver));

    assertThat(waived.verdict()).isEqualTo(Verdict.PASS);
    assertThat(waived.unwaived()).isEqualTo(Verdict.FAIL);
    assertThat(Objects.requireNonNull(waived.impact()).worst().added())
        .isEqualByComparingTo("5000");
  }

  @Test
  void withoutImpactNothingIsSaidOfIt() {
    AmendmentVerdict plain = judge(Policy.DEFAULT, Impact.NONE, List.of());

    assertThat(plain.impact()).isNull();
    assertThat(plain.findings()).extracting(Finding::impact).containsOnlyNulls();
  }

  @Test
  void aNameThatNothingHasIsAWarning() {
    Impact impact =
        impact(null, flow("checkout", Map.of(), part("buy", "0.9"), part("a validation*", "0.1")));
    Gate gate = Gate.of(Policy.DEFAULT).reckoning(impact);
    VerdictReport report =
        VerdictReport.of(List.of(new Judge(gate).judge(run().events)), gate, true);

    assertThat(Objects.requireNonNull(report.gate()).warnings())
        .containsExactly(
            "codicil.yaml:7:5: flow checkout: no interaction of this run is 'buy', so what becomes"
                + " of 90 % of it is not known");
  }
}
