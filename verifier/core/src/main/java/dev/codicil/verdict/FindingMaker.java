package dev.codicil.verdict;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.experiment.Invariant;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.EffectReading;
import dev.codicil.history.Event;
import dev.codicil.history.LoadRecord;
import dev.codicil.history.MessageRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes findings: who, what, near miss, why, and how to see it again. */
final class FindingMaker {
  /** Id of the finding about nodes. */
  static final String NODES = "amended-nodes";

  private static final int MOST_NODES = 10;

  private final RunIndex index;

  FindingMaker(RunIndex index) {
    this.index = index;
  }

  Finding calm(
      FindingKind kind, int step, Stimulus stimulus, Outcome before, Outcome after, String why) {
    return make(
        stimulus.id(),
        kind,
        step,
        stimulus,
        List.of(),
        "",
        new Finding.Outcomes(before, null, true),
        new Finding.Outcomes(after, null, true),
        why,
        "",
        null);
  }

  Finding storm(
      FindingKind kind,
      int step,
      Stimulus stimulus,
      Experiment experiment,
      Finding.Outcomes before,
      Finding.Outcomes after,
      String why) {
    Finding finding =
        make(
            experiment.id(),
            kind,
            step,
            stimulus,
            experiment.faults().ids(),
            experiment.label(),
            before,
            after,
            why,
            experiment.id(),
            kind == FindingKind.RESILIENCE_LOST && experiment.load() == null
                ? index.cause(stimulus, experiment.faults())
                : null);
    Step at = index.planned().plan().steps().get(step);
    return RecoveryComparison.of(
            experiment, cells(at.before(), experiment), cells(at.after(), experiment))
        .map(finding::withRecovery)
        .orElse(finding);
  }

  private List<CellRecord> cells(String column, Experiment experiment) {
    return index.records(new Cell(column, experiment.stimulus(), experiment.id()));
  }

  /** The same, of what was held under a load. */
  Finding loaded(Finding finding, LoadComparison comparison) {
    boolean same =
        finding.before().calm() == finding.after().calm()
            && finding.before().storm() == finding.after().storm();
    String missed = finding.nearMiss();
    if (same) {
      missed = comparison.standing() == LoadComparison.Standing.UNKNOWN ? "" : comparison.missed();
    } else if (!missed.isEmpty()) {
      missed = "of the load: " + missed;
    }
    return finding.withLoad(comparison, missed);
  }

  Finding start(Event.SubjectFailed failure, FindingKind kind, String why) {
    Outcome after = kind == FindingKind.BROKEN ? Outcome.FAILED : Outcome.UNKNOWN;
    Outcome before = kind == FindingKind.BROKEN ? Outcome.HELD : Outcome.UNKNOWN;
    return bare(
        failure.column() + ":" + failure.subject(),
        kind,
        Stimulus.ANY_CONSUMER,
        failure.subject(),
        "start of " + failure.subject() + " in column " + failure.column(),
        before,
        after,
        List.of(),
        why,
        "");
  }

  Finding edge(String edge, String why) {
    int arrow = edge.indexOf("->");
    return bare(
        edge,
        FindingKind.INCONCLUSIVE,
        edge.substring(0, arrow),
        edge.substring(arrow + 2),
        "edge " + edge,
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        List.of(),
        why,
        "");
  }

  /** A subject with connections that no proxy is on. */
  Finding bypass(String subject, String why) {
    return bare(
        "bypass:" + subject,
        FindingKind.INCONCLUSIVE,
        Stimulus.ANY_CONSUMER,
        subject,
        "connections of " + subject + " that go round its edges",
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        List.of(),
        why,
        "");
  }

  /** Something secret in a log. */
  Finding surfaced(
      FindingKind kind, String subject, Outcome before, Outcome after, String what, String why) {
    return bare(
        "log:" + subject + ":" + what,
        kind,
        Stimulus.ANY_CONSUMER,
        subject,
        "log of " + subject,
        before,
        after,
        List.of(),
        why,
        "");
  }

  /** An invariant that no cell has decided. */
  Finding invariant(Invariant.Declared declared, String why) {
    return bare(
        "invariant:" + declared.name(),
        FindingKind.INCONCLUSIVE,
        Stimulus.ANY_CONSUMER,
        "",
        "invariant " + declared.name(),
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        List.of(),
        why,
        declared.location());
  }

  /** Amended nodes that nothing struck. */
  Finding nodes(List<Plan.Node> unreached) {
    String edge = unreached.get(0).edge();
    long cut = unreached.stream().filter(node -> !node.planned()).count();
    List<String> named =
        unreached.stream().limit(MOST_NODES).map(Plan.Node::label).collect(Collectors.toList());
    if (unreached.size() > MOST_NODES) {
      named.add((unreached.size() - MOST_NODES) + " more");
    }
    return bare(
        NODES,
        FindingKind.INCONCLUSIVE,
        Stimulus.ANY_CONSUMER,
        edge.substring(edge.indexOf("->") + 2),
        "amended nodes that no fault struck",
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        List.of(),
        "the amendment changes these, and no fault struck them: "
            + String.join("; ", named)
            + (cut == 0 ? "" : " (" + cut + " cut by the budget: raise it)")
            + (cut == unreached.size()
                ? ""
                : "; add states, examples or probes whose calm replay has them"),
        "");
  }

  /**
   * @param accepted whether even the request that shows it was replayed and held on both sides
   */
  Finding paper(Change change, Change.Touch touch, boolean accepted) {
    return bare(
        touch.interaction(),
        FindingKind.INCONCLUSIVE,
        touch.consumer(),
        change.provider(),
        touch.description(),
        Outcome.HELD,
        Outcome.UNKNOWN,
        List.of(change.rule() + " " + change.path()),
        "on paper this breaks ("
            + change.message()
            + "), yet no replay shows it"
            + (accepted ? ", not even the request that the amended document refuses" : "")
            + ": the document and what runs disagree",
        change.location().toString());
  }

  private Finding bare(
      String id,
      FindingKind kind,
      String consumer,
      String provider,
      String interaction,
      Outcome before,
      Outcome after,
      List<String> changes,
      String why,
      String location) {
    return new Finding(
        id,
        kind,
        false, // policy decides about all of them together
        consumer,
        provider,
        interaction,
        "",
        0,
        List.of(),
        "",
        new Finding.Outcomes(before, null, true),
        new Finding.Outcomes(after, null, true),
        changes,
        "",
        why,
        "",
        location,
        List.of(),
        null);
  }

  private Finding make(
      String id,
      FindingKind kind,
      int stepIndex,
      Stimulus stimulus,
      List<String> faults,
      String faultLabel,
      Finding.Outcomes before,
      Finding.Outcomes after,
      String why,
      String experiment,
      @Nullable SmallestCause cause) {
    Step step = index.planned().plan().steps().get(stepIndex);
    List<CellRecord> evidence = evidence(step, stimulus, experiment);
    List<CellRecord> calmRuns = index.records(new Cell(step.before(), stimulus.id(), ""));
    return new Finding(
        id,
        kind,
        false, // policy decides about all of them together
        stimulus.consumer(),
        stimulus.provider(),
        stimulus.name(),
        stimulus.operation(),
        stepIndex,
        faults,
        faultLabel,
        before,
        after,
        changes(stimulus),
        kind == FindingKind.COMPATIBLE || kind == FindingKind.ADDED
            ? ""
            : nearMiss(evidence, calmRuns, after),
        why,
        "codicil replay " + id + " " + index.planned().inputs().getOrDefault(Event.ARGUMENTS, ""),
        stimulus.location().toString(),
        kind == FindingKind.COMPATIBLE ? List.of() : evidence,
        cause);
  }

  private List<String> changes(Stimulus stimulus) {
    List<String> touching = new ArrayList<>();
    if (stimulus.witness()) {
      for (Plan.WitnessRun run : index.planned().plan().witnesses()) {
        if (stimulus.id().equals(run.stimulus())) {
          Change change = index.planned().changes().get(run.change());
          touching.add((change.rule() + " " + change.path()).trim());
        }
      }
      return touching;
    }
    for (Change change : index.planned().changes()) {
      boolean touches =
          change.touches().stream()
                  .anyMatch(
                      touch ->
                          touch.consumer().equals(stimulus.consumer())
                              && touch.description().equals(stimulus.name()))
              || stimulus.consumer().equals(Stimulus.ANY_CONSUMER)
                  && change.provider().equals(stimulus.provider())
                  && change.operation().equals(stimulus.operation())
              || stimulus.kind() == Stimulus.Kind.MESSAGES
                  && change.operation().startsWith("message ")
                  && namesTopic(change.operation(), stimulus.operation());
      if (touches) {
        touching.add((change.rule() + " " + change.path()).trim());
      }
    }
    return touching;
  }

  private static boolean namesTopic(String message, String receive) {
    List<String> words = List.of(message.split(" ", -1));
    return Stream.of(receive.split("[ ,]+", -1)).skip(1).anyMatch(words::contains);
  }

  /** The four cells, before and after, calm and storm; first attempts, as far as they ran. */
  private List<CellRecord> evidence(Step step, Stimulus stimulus, String experiment) {
    List<CellRecord> cells = new ArrayList<>();
    for (String column : List.of(step.before(), step.after())) {
      cells.add(index.first(new Cell(column, stimulus.id(), "")));
      if (!experiment.isEmpty()) {
        cells.add(index.first(new Cell(column, stimulus.id(), experiment)));
      }
    }
    return cells.stream().filter(Objects::nonNull).toList();
  }

  /** Of a load the worst kind of answer, else the cell itself. */
  private static CellRecord worstAnswer(CellRecord record) {
    LoadRecord load = record.load();
    if (load == null) {
      return record;
    }
    return load.answers().stream()
        .map(record::answered)
        .max(Comparator.comparing(one -> CellOutcomes.of(one, RequestFit.UNTOUCHED, null)))
        .orElse(record);
  }

  private String nearMiss(
      List<CellRecord> evidence, List<CellRecord> calmRuns, Finding.Outcomes after) {
    if (evidence.isEmpty()) {
      return "";
    }
    Optional<String> checked =
        CheckOutcomes.missed(index.planned().invariants(), evidence.get(evidence.size() - 1));
    if (checked.isPresent()) {
      return checked.get();
    }
    CellRecord last = worstAnswer(evidence.get(evidence.size() - 1));
    Optional<String> unreturned = CheckOutcomes.unreturned(last);
    if (after.storm() == Outcome.LOST && last.recoveryMillis() >= 0 && unreturned.isPresent()) {
      return unreturned.get();
    }
    MessageRecord messages = last.messages();
    if (messages != null) {
      return MessageOutcomes.difference(
              last, messages, calmRuns.isEmpty() ? null : CellOutcomes.measure(calmRuns))
          .orElse("");
    }
    switch (last.ended()) {
      case TIMED_OUT:
        return "expected a reply within " + last.budgetMillis() + " ms, none came";
      case DISCONNECTED:
        return "expected a reply, the connection ended before one came";
      case GARBLED:
        return "expected a reply, what came was not HTTP";
      case NOT_SENT:
        return "";
      default:
        break;
    }
    for (EffectReading effect : last.ownEffects()) {
      if (effect.change() != null && effect.change() != effect.expected() && last.status() < 400) {
        return effect.name()
            + ": expected a change of "
            + effect.expected()
            + ", was "
            + effect.change();
      }
    }
    Optional<String> published =
        PublishedOutcomes.difference(
            last, calmRuns.isEmpty() ? null : CellOutcomes.measure(calmRuns));
    if (last.mismatches().isEmpty() && published.isPresent()) {
      return published.get();
    }
    if (!calmRuns.isEmpty()) {
      CellRecord calm = CellOutcomes.measure(calmRuns);
      Optional<String> behind =
          EffectsBehind.difference(
              last, CellOutcomes.reply(last, RequestFit.UNTOUCHED, calm), calm);
      if (behind.isPresent()) {
        return behind.get();
      }
      if (CellOutcomes.reordered(last)) {
        Optional<String> value = SteadyState.otherValue(last, calm);
        if (value.isPresent()) {
          return value.get();
        }
      }
    }
    if (!last.mismatches().isEmpty()) {
      Mismatch mismatch = last.mismatches().get(0);
      return mismatch.path() + ": expected " + mismatch.expected() + ", was " + mismatch.actual();
    }
    if (last.leak() != null) {
      return "status " + last.status() + " with " + last.leak() + " in its body";
    }
    if (SteadyState.asked(last) && !calmRuns.isEmpty()) {
      return SteadyState.difference(last, CellOutcomes.measure(calmRuns))
          .orElse("status " + last.status());
    }
    return "status " + last.status() + (last.answer() == null ? "" : ", answer " + last.answer());
  }
}
