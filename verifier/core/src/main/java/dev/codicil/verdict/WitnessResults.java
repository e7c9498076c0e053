package dev.codicil.verdict;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.Event;
import dev.codicil.verdict.RunIndex.Judged;
import dev.codicil.verdict.WitnessResult.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of each breaking change what came of its witness, or who was asked in its stead. */
final class WitnessResults {
  private static final String NOT_REPLAYED = "not replayed: ";

  private final RunIndex index;
  private final Plan plan;
  private final List<Finding> findings;

  /**
   * @param findings of the stimuli, in calm and in storm
   */
  WitnessResults(RunIndex index, List<Finding> findings) {
    this.index = index;
    this.plan = index.planned().plan();
    this.findings = findings;
  }

  /** One for each change that the plan speaks of. */
  List<WitnessResult> of() {
    List<WitnessResult> results = new ArrayList<>();
    for (Plan.WitnessRun run : plan.witnesses()) {
      Change change = index.planned().changes().get(run.change());
      String stimulus = run.stimulus();
      results.add(
          stimulus == null
              ? new WitnessResult(
                  run.change(),
                  Kind.NOT_EXECUTED,
                  null,
                  NOT_REPLAYED + run.reason() + instead(change))
              : ran(run.change(), change, stimulus));
    }
    return results;
  }

  private WitnessResult ran(int number, Change change, String stimulus) {
    Step step = amends(change.provider()).orElse(null);
    if (step == null) {
      return new WitnessResult(
          number,
          Kind.NOT_EXECUTED,
          stimulus,
          NOT_REPLAYED + "no step of the rollout amends the provider");
    }
    Judged before = index.calm(step, step.before(), stimulus);
    Judged after = index.calm(step, step.after(), stimulus);
    CellRecord base = index.first(new Cell(step.before(), stimulus, ""));
    CellRecord head = index.first(new Cell(step.after(), stimulus, ""));
    if (base == null || head == null) {
      return new WitnessResult(
          number, Kind.NOT_EXECUTED, stimulus, NOT_REPLAYED + notRun(step, stimulus));
    }
    String told = "before " + told(before, base) + ", after " + told(after, head);
    if (before.outcome() != Outcome.HELD) {
      return new WitnessResult(
          number,
          Kind.NOT_EXERCISED,
          stimulus,
          "replayed, and not exercised: the base itself does not take it ("
              + told(before, base)
              + "), so the change stays on paper; an example in the document, or states under"
              + " given, may let it be served");
    }
    if (after.outcome() == Outcome.UNKNOWN) {
      return new WitnessResult(
          number,
          Kind.UNDECIDED,
          stimulus,
          "replayed, and not decided: " + told + ": " + after.why());
    }
    return after.outcome().worseThan(before.outcome())
        ? new WitnessResult(number, Kind.BROKEN, stimulus, "replayed, and broken: " + told)
        : new WitnessResult(
            number,
            Kind.HELD,
            stimulus,
            "replayed, and held: " + told + ", though the amended document refuses it");
  }

  private static String told(Judged judged, CellRecord record) {
    return judged.outcome() + (record.status() == 0 ? "" : " " + record.status());
  }

  private Optional<Step> amends(String provider) {
    return plan.steps().stream()
        .filter(step -> step.amended().contains(provider))
        .findFirst()
        .or(() -> plan.steps().stream().filter(step -> step.amended().isEmpty()).findFirst());
  }

  private String notRun(Step step, String stimulus) {
    if (plan.cut().stream().anyMatch(cut -> cut.id().equals(stimulus))) {
      return "the budget cut its replay";
    }
    for (String column : List.of(step.before(), step.after())) {
      Event.CellSkipped skip = index.skip(new Cell(column, stimulus, ""));
      if (skip != null) {
        return skip.reason() + " in column " + column;
      }
    }
    return "the run ended before its replay";
  }

  /**
   * Nobody can be sent a reply, so those are named who met what the amended side really answered:
   * contracts of consumers, and code of consumers behind a probe.
   */
  private String instead(Change change) {
    if (change.direction() != Direction.REPLY || change.touches().isEmpty()) {
      return "";
    }
    Set<String> users =
        change.touches().stream().map(Change.Touch::consumer).collect(Collectors.toSet());
    Set<String> used =
        change.touches().stream()
            .map(touch -> touch.consumer() + "\u0000" + touch.description())
            .collect(Collectors.toSet());
    Map<String, String> contracts = new LinkedHashMap<>();
    Map<String, String> code = new LinkedHashMap<>();
    for (Stimulus stimulus : plan.stimuli()) {
      String who = stimulus.consumer() + ": " + stimulus.name();
      if (stimulus.kind() == Stimulus.Kind.PROBE && users.contains(stimulus.consumer())) {
        calm(stimulus).ifPresent(kind -> code.put(who, kind));
      } else if (used.contains(stimulus.consumer() + "\u0000" + stimulus.name())) {
        calm(stimulus).ifPresent(kind -> contracts.put(who, kind));
      }
    }
    if (contracts.isEmpty() && code.isEmpty()) {
      return "; no contract and no code of a consumer that uses it was asked";
    }
    return (contracts.isEmpty() ? "" : "; asked: the contract of " + listed(contracts))
        + (code.isEmpty()
            ? "; no code of a consumer was asked"
            : "; asked: the code behind probe " + listed(code));
  }

  private static String listed(Map<String, String> kinds) {
    return kinds.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  /** The worst finding of a stimulus in calm, in any step. */
  private Optional<String> calm(Stimulus stimulus) {
    return findings.stream()
        .filter(finding -> finding.id().equals(stimulus.id()) && finding.faults().isEmpty())
        .map(Finding::kind)
        .min(FindingKind::compareTo)
        .map(FindingKind::id);
  }
}
