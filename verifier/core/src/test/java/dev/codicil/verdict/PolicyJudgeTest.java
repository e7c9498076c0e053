package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Location;
import dev.codicil.history.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rule of a policy decides, and what comes of it. */
class PolicyJudgeTest {
  private static final Location FILE = new Location("codicil.yaml", 9, 3, "/policy/fail-on");

  /** A policy with the tag {@code critical} on validations, which fails on what is lost. */
  private static Policy policy(PolicyRule... rules) {
    return new Policy(
        Set.of(FindingKind.BROKEN, FindingKind.RESILIENCE_LOST),
        "replayed",
        FILE,
        null,
        Map.of(
            "critical",
            new Policy.Tag(
                List.of(new InteractionPattern("GET /licenses/{x}/validation")), line(3))),
        List.of(rules),
        Map.of(
            "staging", new Policy.Environment(Set.of(FindingKind.BROKEN), "stub", line(5), null)),
        null,
        Policy.WaiverTerms.DEFAULT);
  }

  private static Location line(int number) {
    return new Location("codicil.yaml", number, 7, "");
  }

  private static @Nullable InteractionPattern pattern(@Nullable String text) {
    return text == null ? null : new InteractionPattern(text);
  }

  private static PolicyRule rule(
      int number,
      @Nullable String consumer,
      @Nullable String tag,
      @Nullable String environment,
      @Nullable String change,
      @Nullable Severity severity,
      GateAction gate,
      FindingKind... findings) {
    return new PolicyRule(
        number,
        pattern(consumer),
        null,
        tag,
        null,
        null,
        environment,
        Set.of(findings),
        pattern(change),
        severity,
        gate,
        null,
        line(10 + number));
  }

  private static Runs lost() {
    return Runs.planned()
        .calm("base", Outcome.HELD, true)
        .calm("head", Outcome.HELD, true)
        .storm("base", Outcome.HELD)
        .storm("head", Outcome.HUNG);
  }

  private static Runs fragile() {
    return Runs.planned()
        .calm("base", Outcome.HELD, true)
        .calm("head", Outcome.HELD, true)
        .storm("base", Outcome.FAILED)
        .storm("head", Outcome.FAILED);
  }

  private static AmendmentVerdict judge(Runs runs, Policy policy) {
    runs.event(new Event.Finished(1000, 0));
    return new Judge(policy).judge(runs.events);
  }

  private static Gating gating(AmendmentVerdict verdict) {
    return verdict.findings().stream()
        .map(Finding::gating)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutARuleTheDefaultDecidesAndSaysWhereItIsWritten() {
    AmendmentVerdict verdict = judge(lost(), policy());

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(gating(verdict).by()).isEqualTo("codicil.yaml:9:3");
    assertThat(gating(verdict).text()).isEqualTo("fail-on: broken, resilience-lost");
    assertThat(gating(verdict).tags()).containsExactly("critical");
    assertThat(gating(judge(lost(), Policy.DEFAULT)).by()).isEqualTo("default");
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    PolicyRule other = rule(1, "billing", null, null, null, null, GateAction.TELL);
    PolicyRule tell = rule(2, "check*", "critical", null, null, null, GateAction.TELL);
    PolicyRule fail =
        rule(3, null, null, null, null, null, GateAction.FAIL, FindingKind.RESILIENCE_LOST);

    AmendmentVerdict told = judge(lost(), policy(other, tell, fail));
    AmendmentVerdict failed = judge(lost(), policy(other, fail, tell));

    assertThat(told.verdict()).isEqualTo(Verdict.PASS);
    assertThat(gating(told).by()).isEqualTo("codicil.yaml:12:7");
    assertThat(gating(told).text()).isEqualTo("rule 2 (consumer check*, tag critical): tell");
    assertThat(failed.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(gating(failed).by()).isEqualTo("codicil.yaml:13:7");
  }

  @Test
  void aRuleMayFailWhatIsElseTold() {
    PolicyRule rule =
        rule(1, null, "critical", null, null, null, GateAction.FAIL, FindingKind.FRAGILE);

    assertThat(judge(fragile(), policy()).verdict()).isEqualTo(Verdict.PASS);
    AmendmentVerdict verdict = judge(fragile(), policy(rule));
    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.reasons()).containsExactly("1 fragile");
  }

  @Test
  void aRuleMayHoldAnAmendmentWithoutFailingIt() {
    PolicyRule rule =
        rule(1, null, null, null, null, null, GateAction.INCONCLUSIVE, FindingKind.FRAGILE);

    AmendmentVerdict verdict = judge(fragile(), policy(rule));

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.reasons()).containsExactly("1 fragile, inconclusive by policy");
  }

  @Test
  void whatIsInconclusiveIsOnlyReachedByARuleThatNamesIt() {
    Runs unknown =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.UNKNOWN);
    unknown.event(new Event.Finished(1000, 0));
    PolicyRule all = rule(1, null, null, null, null, null, GateAction.TELL);
    PolicyRule named =
        rule(1, null, null, null, null, null, GateAction.TELL, FindingKind.INCONCLUSIVE);

    assertThat(new Judge(policy(all)).judge(unknown.events).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(new Judge(policy(named)).judge(unknown.events).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void anEnvironmentSelectsRulesAndDefaults() {
    PolicyRule rule = rule(1, null, null, "staging", null, null, GateAction.TELL);

    assertThat(judge(lost(), policy(rule)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(lost(), policy(rule).in("staging")).verdict()).isEqualTo(Verdict.PASS);
    AmendmentVerdict staging = judge(lost(), policy().in("staging"));
    assertThat(staging.verdict()).isEqualTo(Verdict.PASS);
    assertThat(gating(staging).by()).isEqualTo("codicil.yaml:5:7");
  }

  private static Runs changed(Severity severity) {
    Change change =
        new Change(
            "field-removed",
            severity,
            Effect.NARROWED,
            Direction.REPLY,
            "license-authority",
            "GET /licenses/{id}/validation",
            "body/validUntil",
            "string",
            null,
            "it was removed",
            null,
            null,
            List.of(
                new Change.Touch("checkout", "key of it", "a validation of an active license")));
    Runs runs = lost();
    Event.Planned planned = (Event.Planned) runs.events.get(0);
    runs.events.set(
        0,
        new Event.Planned(
            planned.schema(),
            planned.amendment(),
            planned.plan(),
            List.of(change),
            planned.ledger(),
            planned.inputs(),
            planned.evidenceCap(),
            planned.edges()));
    return runs;
  }

  @Test
  void rulesMayAskForTheChangeThatTouchesTheInteraction() {
    PolicyRule risky = rule(1, null, null, null, null, Severity.RISKY, GateAction.TELL);
    PolicyRule removed = rule(1, null, null, null, "field-*", null, GateAction.TELL);
    PolicyRule added = rule(1, null, null, null, "field-added", null, GateAction.TELL);

    assertThat(judge(changed(Severity.RISKY), policy(risky)).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(changed(Severity.SAFE), policy(risky)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(lost(), policy(risky)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(changed(Severity.SAFE), policy(removed)).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(changed(Severity.SAFE), policy(added)).verdict()).isEqualTo(Verdict.FAIL);
  }

  private static PolicyRule asks(String evidence) {
    return new PolicyRule(
        1,
        null,
        null,
        "critical",
        null,
        null,
        null,
        Set.of(),
        null,
        null,
        null,
        evidence,
        line(11));
  }

  @Test
  void evidenceIsAskedForByTag() {
    Runs held =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD);
    Event.Planned planned = (Event.Planned) held.events.get(0);
    held.events.set(
        0,
        new Event.Planned(
            planned.schema(),
            planned.amendment(),
            planned.plan(),
            planned.changes(),
            planned.ledger(),
            planned.inputs(),
            "stub",
            planned.edges()));
    held.event(new Event.Finished(1000, 0));
    Policy easy = policy().in("staging");
    Policy strict =
        new Policy(
            easy.failOn(),
            "stub",
            null,
            null,
            easy.tags(),
            List.of(asks("replayed")),
            Map.of(),
            null,
            easy.terms());

    assertThat(new Judge(easy).judge(held.events).verdict()).isEqualTo(Verdict.PASS);
    assertThat(new Judge(policy(asks("stub"))).judge(held.events).verdict())
        .isEqualTo(Verdict.PASS);
    AmendmentVerdict verdict = new Judge(strict).judge(held.events);
    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.reasons())
        .containsExactly(
            "compatible on paper: 1 interaction has weaker evidence than replayed, which"
                + " codicil.yaml:11:7 asks for");
  }

  @Test
  void whatSelectsNothingIsToldWithTheNameThatWasMeant() {
    PolicyRule nobody = rule(1, "chekout", null, null, null, null, GateAction.TELL);
    PolicyRule elsewhere = rule(2, "nobody", null, "staging", null, null, GateAction.TELL);
    Policy policy =
        new Policy(
            Set.of(),
            "stub",
            null,
            null,
            Map.of(
                "beta", new Policy.Tag(List.of(new InteractionPattern("GET /beta/**")), line(4))),
            List.of(nobody, elsewhere),
            Map.of(),
            null,
            Policy.WaiverTerms.DEFAULT);

    VerdictReport report = VerdictReport.of(List.of(judge(lost(), policy)), Gate.of(policy), true);

    assertThat(Objects.requireNonNull(report.gate()).warnings())
        .containsExactly(
            "codicil.yaml:4:7: tag beta: no interaction of this run is 'GET /beta/**'",
            "codicil.yaml:11:7: rule 1: no interaction of this run has the consumer 'chekout'; did"
                + " you mean 'checkout'?");
  }
}
