package dev.codicil.verdict;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Ledger;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From a history to a verdict. Pure: the same events, policy, waivers and date give the same
 * verdict, with nothing running.
 */
public final class Judge {
  private final Gate gate;

  /** A judge that gates by this policy, without waivers. */
  public Judge(Policy policy) {
    this(Gate.of(policy));
  }

  /** A judge that gates by this policy and these waivers, on this day. */
  public Judge(Gate gate) {
    this.gate = gate;
  }

  /**
   * Judges one run.
   *
   * @param events a history, its plan first; it may be that of a killed run
   */
  public AmendmentVerdict judge(List<Event> events) {
    RunIndex index = new RunIndex(events);
    Event.Planned planned = index.planned();
    FindingMaker maker = new FindingMaker(index);
    List<Finding> findings = new ArrayList<>(startFailures(index, maker));
    Map<String, Integer> notApplicable = new LinkedHashMap<>(planned.plan().notApplicable());
    StimulusJudge stimuli = new StimulusJudge(index, maker, notApplicable);
    for (int step = 0; step < planned.plan().steps().size(); step++) {
      for (Stimulus stimulus : planned.plan().stimuli()) {
        findings.addAll(stimuli.judge(step, stimulus));
      }
    }
    findings.addAll(LogLeaks.of(index, maker));
    findings = new ArrayList<>(new Bypasses(index, maker).weigh(findings));
    boolean allStarted =
        index.failures().stream().allMatch(failure -> failure.kind().equals("died"));
    if (allStarted) { // a subject that did not start explains why nobody got there
      findings.addAll(unreachedEdges(index, maker));
      unreachedNodes(index, maker).ifPresent(findings::add);
      findings.addAll(InvariantCounts.unasked(index, maker));
      findings.addAll(UnpublishedTopics.of(index, maker));
    }
    List<WitnessResult> witnesses = new WitnessResults(index, findings).of();
    findings.addAll(paperBreaks(planned, findings, witnesses, maker));
    String evidence = evidence(index, findings);
    ImpactJudge costs = new ImpactJudge(gate.impact(), planned.plan().experiments());
    Gatekeeper keeper = new Gatekeeper(index, gate);
    findings = new ArrayList<>(keeper.decide(costs.tell(findings), evidence));
    findings.sort(ImpactJudge.MOST_ADDED_FIRST.thenComparing(ORDER));

    Set<String> reasons = new LinkedHashSet<>();
    List<Finding> unheld = findings.stream().filter(one -> !one.waived()).toList();
    Verdict verdict = weigh(unheld, reasons).and(costs.weigh(unheld, reasons));
    Verdict complete = completeness(index, keeper.tooWeak(evidence), reasons);
    verdict = verdict.and(complete);
    Set<String> untold = new LinkedHashSet<>();
    Verdict unwaived = weigh(findings, untold).and(costs.weigh(findings, untold)).and(complete);
    Event.Finished end = index.finished();
    return new AmendmentVerdict(
        planned.amendment(),
        verdict,
        evidence,
        findings,
        planned.changes(),
        List.copyOf(reasons),
        Coverages.of(index, notApplicable, witnesses),
        planned.ledger(),
        planned.plan().seed(),
        end == null ? -1 : end.millis(),
        witnesses,
        use(index, findings, unwaived),
        costs.total(findings));
  }

  private static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> !finding.gates())
          .thenComparing(Finding::kind)
          .thenComparing(finding -> finding.consumer().equals(Stimulus.ANY_CONSUMER))
          .thenComparing(Finding::consumer)
          .thenComparing(Finding::provider)
          .thenComparing(Finding::interaction)
          .thenComparing(Finding::faultLabel)
          .thenComparing(Finding::step)
          .thenComparing(Finding::id);

  private static List<Finding> startFailures(RunIndex index, FindingMaker maker) {
    List<Finding> findings = new ArrayList<>();
    for (Event.SubjectFailed failure : index.failures()) {
      if (failure.kind().equals("died")) {
        continue; // the cell it died in tells that
      }
      boolean broken = failure.kind().equals("exited") && startedBefore(index, failure);
      findings.add(
          maker.start(
              failure,
              broken ? FindingKind.BROKEN : FindingKind.INCONCLUSIVE,
              failure.subject() + " did not start: " + failure.message()));
    }
    return findings;
  }

  private static boolean startedBefore(RunIndex index, Event.SubjectFailed failure) {
    List<Step> steps = index.planned().plan().steps();
    return steps.stream()
        .anyMatch(
            step ->
                step.after().equals(failure.column())
                    && step.amended().contains(failure.subject())
                    && index.failures().stream()
                        .noneMatch(
                            other ->
                                other.column().equals(step.before())
                                    && other.subject().equals(failure.subject())));
  }

  /** An edge nobody ever reached may have been bypassed: its faults say nothing. */
  private static List<Finding> unreachedEdges(RunIndex index, FindingMaker maker) {
    Map<String, Integer> planned = new LinkedHashMap<>();
    for (Experiment experiment : index.planned().plan().experiments()) {
      experiment.faults().faults().stream()
          .map(fault -> fault.edge())
          .distinct()
          .filter(edge -> !index.reachedEdges().contains(edge))
          .forEach(edge -> planned.merge(edge, 1, Integer::sum));
    }
    List<Finding> findings = new ArrayList<>();
    planned.forEach(
        (edge, count) ->
            findings.add(
                maker.edge(
                    edge,
                    "no calm replay reached this edge, so its "
                        + count
                        + " experiments say nothing: does the subject use the injected address?")));
    return findings;
  }

  /**
   * Amended nodes that nothing struck: what the amendment does there under faults is not known.
   * Told once for all of them; those of an edge that nobody reached are told with the edge, and a
   * run that was stopped says so itself.
   */
  private static Optional<Finding> unreachedNodes(RunIndex index, FindingMaker maker) {
    List<Plan.Node> unreached =
        new NodeReach(index)
            .amendedUnreached().stream()
                .filter(node -> !node.planned() || index.reachedEdges().contains(node.edge()))
                .toList();
    return unreached.isEmpty() || index.finished() == null
        ? Optional.empty()
        : Optional.of(maker.nodes(unreached));
  }

  /**
   * A breaking change that a consumer uses, while the replay held: document and implementation
   * disagree. A change whose witness is broken is shown by a replay.
   */
  private static List<Finding> paperBreaks(
      Event.Planned planned,
      List<Finding> findings,
      List<WitnessResult> witnesses,
      FindingMaker maker) {
    Set<String> broken =
        findings.stream()
            .filter(finding -> finding.kind() == FindingKind.BROKEN)
            .map(finding -> finding.consumer() + "\u0000" + finding.interaction())
            .collect(Collectors.toSet());
    Map<String, Finding> paper = new LinkedHashMap<>();
    for (int i = 0; i < planned.changes().size(); i++) {
      Change change = planned.changes().get(i);
      WitnessResult.Kind shown = WitnessResult.kind(witnesses, i);
      if (change.severity() != Severity.BREAKING || shown == WitnessResult.Kind.BROKEN) {
        continue;
      }
      for (Change.Touch touch : change.touches()) {
        String key = touch.consumer() + "\u0000" + touch.description();
        if (!broken.contains(key)) {
          paper.putIfAbsent(key, maker.paper(change, touch, shown == WitnessResult.Kind.HELD));
        }
      }
    }
    return List.copyOf(paper.values());
  }

  /** What findings make of the verdict, by what policy does with them. */
  private static Verdict weigh(List<Finding> findings, Set<String> reasons) {
    Verdict verdict = Verdict.PASS;
    Map<FindingKind, Integer> gating = new LinkedHashMap<>();
    Map<FindingKind, Integer> holding = new LinkedHashMap<>();
    for (Finding finding : findings) {
      Gating decision = finding.gating();
      if (decision == null || decision.action() == GateAction.TELL) {
        continue;
      }
      boolean fails = decision.action() == GateAction.FAIL;
      verdict = verdict.and(fails ? Verdict.FAIL : Verdict.INCONCLUSIVE);
      (fails ? gating : holding).merge(finding.kind(), 1, Integer::sum);
    }
    gating.forEach((kind, count) -> reasons.add(count + " " + kind.id()));
    holding.forEach(
        (kind, count) ->
            reasons.add(
                count
                    + " "
                    + kind.id()
                    + (kind == FindingKind.INCONCLUSIVE ? "" : ", inconclusive by policy")));
    return verdict;
  }

  private GateUse use(RunIndex index, List<Finding> findings, Verdict unwaived) {
    Event.Planned planned = index.planned();
    List<Stimulus> stimuli = planned.plan().stimuli();
    Set<String> names = new LinkedHashSet<>();
    stimuli.forEach(one -> names.addAll(List.of(one.consumer(), one.provider())));
    Set<String> met = PolicyReach.met(gate.policy(), planned.amendment(), stimuli);
    met.addAll(ImpactReach.met(gate.impact(), stimuli));
    return new GateUse(unwaived, met, names, partial(index, findings));
  }

  /** Why what a waiver is about may only not have been looked at; empty when all was. */
  private static String partial(RunIndex index, List<Finding> findings) {
    Event.Planned planned = index.planned();
    Event.Finished end = index.finished();
    long undecided =
        findings.stream()
            .filter(one -> one.kind() == FindingKind.INCONCLUSIVE && !one.waived())
            .count();
    if (planned.inputs().containsKey(Event.NARROWED)) {
      return "the run was limited by " + planned.inputs().get(Event.NARROWED);
    }
    if (end == null) {
      return "the run was stopped before its end";
    }
    if (end.timeBudgetCut() > 0 || !planned.plan().cut().isEmpty()) {
      return "a budget cut the run";
    }
    if (!planned.ledger().unread().isEmpty()) {
      return "not every contract could be read";
    }
    return undecided == 0 ? "" : undecided + " of its findings are inconclusive";
  }

  private static String evidence(RunIndex index, List<Finding> findings) {
    Plan plan = index.planned().plan();
    boolean anyRun =
        plan.stimuli().stream()
            .anyMatch(
                stimulus ->
                    plan.steps().stream()
                        .anyMatch(step -> index.calmBase(step, stimulus.id()) != null));
    if (!anyRun) {
      return findings.isEmpty() && index.planned().ledger().entries().isEmpty()
          ? "none"
          : "documents";
    }
    boolean stubbed = plan.stimuli().stream().anyMatch(Stimulus::stubbed);
    String cap = index.planned().evidenceCap();
    String seen = stubbed ? "stub" : "replayed";
    return Policy.strength(cap) < Policy.strength(seen) ? cap : seen;
  }

  private static Verdict completeness(RunIndex index, List<String> tooWeak, Set<String> reasons) {
    Event.Planned planned = index.planned();
    Verdict verdict = tooWeak.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
    reasons.addAll(tooWeak);
    for (Ledger.Entry entry : planned.ledger().unread()) {
      String why = entry.problems().isEmpty() ? "no interactions in it" : entry.problems().get(0);
      reasons.add("not read: " + entry.side() + " " + entry.file() + ": " + why);
      verdict = Verdict.INCONCLUSIVE;
    }
    long cut = planned.plan().cut().stream().filter(Plan.Cut::touched).count();
    if (cut > 0) {
      reasons.add("the budget cut " + cut + " touched experiments");
      verdict = Verdict.INCONCLUSIVE;
    }
    if (index.finished() == null) {
      reasons.add("the run was stopped before its end; go on with --resume");
      verdict = Verdict.INCONCLUSIVE;
    }
    return verdict;
  }
}
