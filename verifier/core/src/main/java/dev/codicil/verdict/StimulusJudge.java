package dev.codicil.verdict;

import dev.codicil.chaos.PlannedFault;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.ReplyFit;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.Event;
import dev.codicil.verdict.LoadComparison.Standing;
import dev.codicil.verdict.RunIndex.Judged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges one stimulus in one step: first in calm, then under each of its fault sets. First match
 * wins.
 */
final class StimulusJudge {
  private final RunIndex index;
  private final FindingMaker maker;
  private final Map<String, Integer> notApplicable;
  private final LoadJudge loads;
  private final Map<String, List<Experiment>> experiments = new HashMap<>();

  StimulusJudge(RunIndex index, FindingMaker maker, Map<String, Integer> notApplicable) {
    this.index = index;
    this.maker = maker;
    this.notApplicable = notApplicable;
    this.loads = new LoadJudge(index, maker);
    for (Experiment experiment : index.planned().plan().experiments()) {
      experiments
          .computeIfAbsent(experiment.stimulus(), stimulus -> new ArrayList<>())
          .add(experiment);
    }
  }

  List<Finding> judge(int stepIndex, Stimulus stimulus) {
    Plan plan = index.planned().plan();
    Step step = plan.steps().get(stepIndex);
    if (subjectFailed(step)
        || index.records(new Cell(step.before(), stimulus.id(), "")).isEmpty()
            && plan.cut().stream().anyMatch(cut -> cut.id().equals(stimulus.id()))) {
      return List.of(); // told once, by the start failure or the cut
    }
    Judged before = index.calm(step, step.before(), stimulus.id());
    Judged after = index.calm(step, step.after(), stimulus.id());
    if (stimulus.witness() && before.outcome() != Outcome.HELD) {
      return List.of(); // not exercised: told with the change, which stays on paper
    }
    Optional<Finding> calm = calm(stepIndex, step, stimulus, before, after);
    if (calm.isPresent()) {
      return List.of(calm.get());
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        maker.calm(
            FindingKind.COMPATIBLE, stepIndex, stimulus, before.outcome(), after.outcome(), ""));
    List<Experiment> all = experiments.getOrDefault(stimulus.id(), List.of());
    Set<String> undecided = new HashSet<>();
    for (Experiment experiment : all) {
      if (experiment.calm()) {
        Finding finding = loads.calm(stepIndex, step, stimulus, experiment);
        findings.add(finding);
        if (finding.kind() != FindingKind.COMPATIBLE) {
          all.stream().filter(experiment::isCalmOf).forEach(storm -> undecided.add(storm.id()));
        }
      }
    }
    for (Experiment experiment : all) {
      if (!experiment.calm() && !undecided.contains(experiment.id())) {
        storm(stepIndex, step, stimulus, experiment, before.outcome(), after.outcome())
            .ifPresent(findings::add);
      }
    }
    return findings;
  }

  private boolean subjectFailed(Step step) {
    return index.failures().stream()
        .anyMatch(
            failure ->
                !failure.kind().equals("died")
                    && (failure.column().equals(step.before())
                        || failure.column().equals(step.after())));
  }

  private Optional<Finding> calm(
      int stepIndex, Step step, Stimulus stimulus, Judged before, Judged after) {
    FindingKind kind;
    String why = "";
    CellRecord base = index.calmBase(step, stimulus.id());
    if (!stimulus.inBase()) {
      kind =
          after.outcome() == Outcome.HELD
              ? FindingKind.ADDED
              : after.outcome() == Outcome.UNKNOWN ? FindingKind.INCONCLUSIVE : FindingKind.BROKEN;
      why =
          kind == FindingKind.ADDED
              ? "new in the head, and it holds"
              : "new in the head, and it does not hold";
    } else if (before.outcome() == Outcome.UNKNOWN) {
      kind = FindingKind.INCONCLUSIVE;
      why = "before, in calm: " + before.why();
    } else if (base != null && notExercised(stimulus, base)) {
      kind = FindingKind.INCONCLUSIVE;
      why =
          "not exercised: the base answers "
              + base.status()
              + " in calm; declare provider states for "
              + stimulus.operation()
              + " under given, or an example";
    } else if (base != null && SteadyState.asked(base) && base.status() >= 400) {
      kind = FindingKind.INCONCLUSIVE;
      why =
          "not exercised: the base answers "
              + base.status()
              + " in calm, which is nothing to hold the amended side to; declare provider states"
              + " under given, or the good answer under held";
    } else if (before.outcome() != Outcome.HELD) {
      kind = after.outcome() == Outcome.HELD ? FindingKind.FIXED : FindingKind.INCONCLUSIVE;
      why = "the base itself does not hold in calm";
    } else if (after.outcome() == Outcome.UNKNOWN) {
      kind = FindingKind.INCONCLUSIVE;
      why = "after, in calm: " + after.why();
    } else if (after.outcome().worseThan(before.outcome())) {
      kind = FindingKind.BROKEN;
      why =
          (stimulus.witness() ? "the base's document allows this request; " : "")
              + "worse after than before, already in calm; its storms are not judged";
    } else {
      return Optional.empty();
    }
    return Optional.of(
        maker.calm(kind, stepIndex, stimulus, before.outcome(), after.outcome(), why));
  }

  private static boolean notExercised(Stimulus stimulus, CellRecord base) {
    return stimulus.kind() == Stimulus.Kind.INTERACTION
        && !stimulus.byExample()
        && base.status() >= 400;
  }

  private Optional<Finding> storm(
      int stepIndex,
      Step step,
      Stimulus stimulus,
      Experiment experiment,
      Outcome calmBefore,
      Outcome calmAfter) {
    boolean exposedBefore = exposed(step.before(), experiment);
    boolean exposedAfter = exposed(step.after(), experiment);
    if (!exposedBefore && !exposedAfter) {
      if (edgesReached(experiment)) {
        notApplicable.merge("neither side meets that edge or field in calm", 1, Integer::sum);
      }
      return Optional.empty(); // an edge nobody reached is told once
    }
    if (!exposedAfter && !provenWiring(step.after(), experiment)
        || !exposedBefore
            && !provenWiring(step.before(), experiment)
            && !provenWiring(step.after(), experiment)) { // else the edge is new
      return Optional.of(
          maker.storm(
              FindingKind.INCONCLUSIVE,
              stepIndex,
              stimulus,
              experiment,
              new Finding.Outcomes(calmBefore, Outcome.UNKNOWN, exposedBefore),
              new Finding.Outcomes(calmAfter, Outcome.UNKNOWN, exposedAfter),
              "reached on one side only, and nothing shows that the other side uses the injected"
                  + " address"));
    }
    Judged before =
        exposedBefore
            ? index.storm(step, step.before(), experiment)
            : loads.unexposed(step, step.before(), experiment, calmBefore);
    Judged after =
        exposedAfter
            ? index.storm(step, step.after(), experiment)
            : loads.unexposed(step, step.after(), experiment, calmAfter);
    Optional<LoadComparison> load = loads.storm(step, experiment, exposedBefore, exposedAfter);
    Standing standing = load.map(LoadComparison::standing).orElse(Standing.KEPT);
    boolean metBefore = exposedBefore && !index.spared(step.before(), experiment);
    boolean metAfter = exposedAfter && !index.spared(step.after(), experiment);
    if (!metBefore
        && !metAfter
        && before.outcome() == calmBefore
        && after.outcome() == calmAfter
        && standing == Standing.KEPT) {
      notApplicable.merge("the conditions of the fault let every exchange pass", 1, Integer::sum);
      return Optional.empty();
    }
    String unread = unreadDuplicate(stimulus, experiment);
    FindingKind kind;
    String why;
    if (!unread.isEmpty()) {
      kind = FindingKind.INCONCLUSIVE;
      why = unread;
    } else if (!metBefore && !metAfter) {
      kind = FindingKind.INCONCLUSIVE;
      why = "no exchange was struck, and yet the outcome is another than in calm";
    } else if (standing == Standing.UNKNOWN) {
      kind = FindingKind.INCONCLUSIVE;
      why = "under load, " + load.map(LoadComparison::why).orElse("");
    } else if (before.outcome() == Outcome.UNKNOWN || after.outcome() == Outcome.UNKNOWN) {
      kind = FindingKind.INCONCLUSIVE;
      why =
          before.outcome() == Outcome.UNKNOWN
              ? "before, in storm: " + before.why()
              : "after, in storm: " + after.why();
    } else if (after.outcome().worseThan(before.outcome())) {
      kind = FindingKind.RESILIENCE_LOST;
      why =
          experiment.reply() == ReplyFit.NEWLY_ALLOWED
              ? "only the amended contract allows this reply, and who reads it does worse with it"
              : metBefore
                  ? "the same faults, and a worse outcome after than before"
                  : "the base never meets these faults; the amended side does, and does worse";
    } else if (before.outcome().worseThan(after.outcome())) {
      kind = FindingKind.HARDENED;
      why =
          metAfter
              ? "the same faults, and a better outcome after than before"
              : "the amended side no longer meets these faults";
    } else if (standing == Standing.EXCEEDED) {
      kind = FindingKind.RESILIENCE_LOST;
      why = "the same faults under the same load: " + load.map(LoadComparison::why).orElse("");
    } else if (standing == Standing.FLAKY) {
      kind = FindingKind.INCONCLUSIVE;
      why = "under load, " + load.map(LoadComparison::why).orElse("");
    } else if (after.outcome() == Outcome.REFUSED && experiment.reply() == ReplyFit.IN_CONTRACT) {
      kind = FindingKind.FRAGILE;
      why = "its upstream kept within the contract, and that is refused, before as after";
    } else if (!after.outcome().worseThan(Outcome.REFUSED)) {
      kind = FindingKind.COMPATIBLE;
      why = "";
    } else {
      kind = FindingKind.FRAGILE;
      why = "as bad before as after";
    }
    Finding finding =
        maker.storm(
            kind,
            stepIndex,
            stimulus,
            experiment,
            new Finding.Outcomes(calmBefore, before.outcome(), metBefore),
            new Finding.Outcomes(calmAfter, after.outcome(), metAfter),
            why);
    return Optional.of(load.map(one -> maker.loaded(finding, one)).orElse(finding));
  }

  private boolean exposed(String column, Experiment experiment) {
    Event.CellSkipped skip = index.skip(new Cell(column, experiment.stimulus(), experiment.id()));
    return skip == null || !skip.reason().equals("not-exposed");
  }

  private boolean edgesReached(Experiment experiment) {
    return experiment.faults().faults().stream()
        .map(PlannedFault::edge)
        .allMatch(index.reachedEdges()::contains);
  }

  private boolean provenWiring(String column, Experiment experiment) {
    return experiment.faults().faults().stream()
        .allMatch(fault -> index.reachedIn(column, fault.edge()));
  }

  private String unreadDuplicate(Stimulus stimulus, Experiment experiment) {
    boolean duplicated =
        experiment.faults().faults().stream()
            .anyMatch(
                fault -> fault.fault().equals("duplicate") && fault.edge().startsWith("client->"));
    String method = stimulus.operation().split(" ", 2)[0];
    boolean safe = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    if (!duplicated || safe) {
      return "";
    }
    for (Step step : index.planned().plan().steps()) {
      for (String column : List.of(step.before(), step.after())) {
        CellRecord record = index.first(new Cell(column, stimulus.id(), experiment.id()));
        if (record != null && record.ownEffects().isEmpty()) {
          return "an unsafe request was doubled and no effects read-back is declared for "
              + stimulus.operation();
        }
      }
    }
    return "";
  }
}
