package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Location;
import dev.codicil.history.Event;
import dev.codicil.verdict.WaiverStanding.State;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waivers: when they hold, and what becomes of those that do not. */
class WaiverJudgeTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private static Runs lost() {
    Runs runs =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HUNG);
    return runs.event(new Event.Finished(1000, 0));
  }

  private static Runs held() {
    Runs runs =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD);
    return runs.event(new Event.Finished(1000, 0));
  }

  private static Runs narrowed(Runs runs) {
    Event.Planned planned = (Event.Planned) runs.events.get(0);
    Map<String, String> inputs = new TreeMap<>(planned.inputs());
    inputs.put(Event.NARROWED, "the profiles that were asked for");
    runs.events.set(
        0,
        new Event.Planned(
            planned.schema(),
            planned.amendment(),
            planned.plan(),
            planned.changes(),
            planned.ledger(),
            inputs,
            planned.evidenceCap(),
            planned.edges()));
    return runs;
  }

  private static Gating gating(AmendmentVerdict verdict) {
    return verdict.findings().stream()
        .map(Finding::gating)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static String fingerprint() {
    return gating(new Judge(Policy.DEFAULT).judge(lost().events)).fingerprint();
  }

  private static Waiver waiver(String fingerprint, @Nullable String amendment, LocalDate expires) {
    return new Waiver(
        fingerprint,
        "resilience-lost: checkout -> license-authority",
        amendment,
        Set.of("checkout"),
        "the partner is replaced in March",
        "ada",
        expires,
        new Location("codicil-waivers.yaml", 2, 3, "/0"));
  }

  private static Gate gate(Waiver... waivers) {
    return new Gate(Policy.DEFAULT, List.of(waivers), TODAY);
  }

  private static VerdictReport report(Runs runs, Gate gate, boolean whole) {
    return VerdictReport.of(List.of(new Judge(gate).judge(runs.events)), gate, whole);
  }

  private static WaiverStanding only(VerdictReport report) {
    List<WaiverStanding> all = Objects.requireNonNull(report.gate()).waivers();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void aWaivedFindingDoesNotGateAndIsStillTold() {
    Gate gate = gate(waiver(fingerprint(), null, TODAY.plusDays(9)));

    VerdictReport report = report(lost(), gate, true);

    AmendmentVerdict verdict = report.amendments().get(0);
    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.unwaived()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.reasons()).isEmpty();
    Finding finding = verdict.findings().get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.RESILIENCE_LOST);
    assertThat(finding.gates()).isFalse();
    assertThat(finding.waived()).isTrue();
    assertThat(Objects.requireNonNull(gating(verdict).waiver()).label())
        .isEqualTo(
            "waived by ada until 2026-12-01 (9 days left): the partner is replaced in March");
    assertThat(only(report).state()).isEqualTo(State.APPLIED);
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23, APPLIED, PASS, 1",
    "2026-11-22, APPLIED, PASS, 0",
    "2026-11-21, EXPIRED, FAIL, -1",
  })
  void itHoldsUpToItsLastDay(LocalDate expires, State state, Verdict verdict, long daysLeft) {
    VerdictReport report = report(lost(), gate(waiver(fingerprint(), null, expires)), true);

    assertThat(report.amendments().get(0).verdict()).isEqualTo(verdict);
    assertThat(report.verdict()).isEqualTo(verdict);
    assertThat(only(report).state()).isEqualTo(state);
    assertThat(only(report).daysLeft()).isEqualTo(daysLeft);
  }

  @Test
  void anExpiredOneFailsTheGateThoughNothingNeedsIt() {
    Waiver waiver = waiver("0123456789", null, TODAY.minusDays(1));
    Policy lenient =
        new Policy(
            Policy.DEFAULT.failOn(),
            "replayed",
            null,
            null,
            Map.of(),
            List.of(),
            Map.of(),
            null,
            new Policy.WaiverTerms(GateAction.TELL, GateAction.FAIL));

    VerdictReport strict = report(held(), gate(waiver), true);
    VerdictReport told = report(held(), new Gate(lenient, List.of(waiver), TODAY), true);

    assertThat(strict.amendments().get(0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(strict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(told.verdict()).isEqualTo(Verdict.PASS);
    assertThat(only(told).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void itOpensWhenAConsumerIsHitThatItDoesNotName() {
    Waiver shop =
        new Waiver(
            fingerprint(),
            "x",
            null,
            Set.of("shop"),
            "why",
            "ada",
            TODAY,
            Location.of("codicil-waivers.yaml"));

    VerdictReport report = report(lost(), gate(shop), true);

    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(only(report).state()).isEqualTo(State.OPENED);
    assertThat(only(report).told()).contains("does not name checkout");
    Gating.Claim claim = Objects.requireNonNull(gating(report.amendments().get(0)).waiver());
    assertThat(claim.others()).containsExactly("checkout");
  }

  @Test
  void oneForAnotherAmendmentDoesNotHoldAndIsNotCalledUnused() {
    VerdictReport report = report(lost(), gate(waiver(fingerprint(), "another", TODAY)), true);

    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(gating(report.amendments().get(0)).waiver()).isNull();
    assertThat(only(report).state()).isEqualTo(State.NOT_JUDGED);
  }

  @Test
  void anUnusedOneFailsTheGateWhereItCouldHaveBeenUsed() {
    Waiver any = waiver("0123456789", null, TODAY);
    Waiver here = waiver("0123456789", "test", TODAY);

    VerdictReport all = report(held(), gate(any), true);
    assertThat(only(all).state()).isEqualTo(State.UNUSED);
    assertThat(all.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(only(report(held(), gate(any), false)).state()).isEqualTo(State.NOT_JUDGED);
    assertThat(report(held(), gate(any), false).verdict()).isEqualTo(Verdict.PASS);
    assertThat(only(report(held(), gate(here), false)).state()).isEqualTo(State.UNUSED);
    assertThat(only(report(narrowed(held()), gate(here), true)).told())
        .isEqualTo("not judged: test: the run was limited by the profiles that were asked for");
  }

  @Test
  void aRunThatWasStoppedDoesNotShowWhatIsUnused() {
    Runs stopped = Runs.planned().calm("base", Outcome.HELD, true);

    VerdictReport report = report(stopped, gate(waiver("0123456789", null, TODAY)), true);

    assertThat(only(report).state()).isEqualTo(State.NOT_JUDGED);
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void whatIsInconclusiveNeedsAWaiverOfItsOwn() {
    Runs unknown =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.UNKNOWN)
            .event(new Event.Finished(1000, 0));
    String own = gating(new Judge(Policy.DEFAULT).judge(unknown.events)).fingerprint();

    assertThat(own).isNotEqualTo(fingerprint());
    assertThat(report(unknown, gate(waiver(fingerprint(), null, TODAY)), true).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report(unknown, gate(waiver(own, null, TODAY)), true).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void anotherOutcomeIsAnotherFinding() {
    Runs failed =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.FAILED)
            .event(new Event.Finished(1000, 0));

    assertThat(gating(new Judge(Policy.DEFAULT).judge(failed.events)).fingerprint())
        .isNotEqualTo(fingerprint());
  }

  @Test
  void theSameInputsGiveTheSameReport() {
    Gate gate = gate(waiver(fingerprint(), null, TODAY));

    assertThat(report(lost(), gate, true)).isEqualTo(report(lost(), gate, true));
  }
}
