package dev.codicil.verdict;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds small histories for tests: one stimulus, one experiment on one upstream edge. */
final class Runs {
  static final String EDGE = "license-authority->partner";
  static final Experiment SLOW =
      new Experiment(
          "e1",
          "s1",
          new FaultSet(
              "slow-partner",
              List.of(
                  new PlannedFault(
                      "latency",
                      EDGE,
                      Stream.DOWNSTREAM,
                      new Parameters(Map.of("latency", "30s"))))),
          RequestFit.UNTOUCHED);

  final List<Event> events = new ArrayList<>();

  private Runs() {}

  static Stimulus stimulus(boolean inBase) {
    return new Stimulus(
        "s1",
        Stimulus.Kind.INTERACTION,
        "checkout",
        "license-authority",
        "a validation of an active license",
        "GET /licenses/{id}/validation",
        inBase,
        true,
        true,
        false,
        false,
        Location.of("pact.json"),
        null);
  }

  static Runs planned() {
    return planned(stimulus(true));
  }

  static Runs planned(Stimulus stimulus) {
    return planned(stimulus, SLOW, List.of(), List.of());
  }

  /** A plan of one experiment that knows its nodes. */
  static Runs planned(
      Stimulus stimulus, Experiment experiment, List<Plan.Node> nodes, List<String> idle) {
    Runs runs = new Runs();
    Plan plan =
        new Plan(
            1,
            List.of(
                new Column("base", Map.of()),
                new Column("head", Map.of("license-authority", "head"))),
            List.of(new Step(List.of("license-authority"), "base", "head")),
            List.of(stimulus),
            List.of(experiment),
            Map.of(),
            List.of(),
            List.of(),
            nodes,
            idle,
            Map.of());
    runs.events.add(
        new Event.Planned(
            1,
            "test",
            plan,
            List.of(),
            new Ledger(List.of()),
            Map.of(),
            "replayed",
            List.of(EDGE)));
    return runs;
  }

  Runs calm(String column, Outcome outcome, boolean reachesEdge) {
    return add(record(new Cell(column, "s1", ""), 0, outcome, reachesEdge, false));
  }

  Runs storm(String column, Outcome outcome) {
    return storm(column, 0, outcome);
  }

  Runs storm(String column, int attempt, Outcome outcome) {
    return add(record(new Cell(column, "s1", "e1"), attempt, outcome, true, true));
  }

  /** A storm cell in which no exchange was struck. */
  Runs unstruck(String column, Outcome outcome) {
    return add(record(new Cell(column, "s1", "e1"), 0, outcome, true, false));
  }

  Runs skipped(String column, String reason) {
    events.add(new Event.CellSkipped(new Cell(column, "s1", "e1"), reason, ""));
    return this;
  }

  Runs notExposed(String column) {
    events.add(
        new Event.CellSkipped(new Cell(column, "s1", "e1"), "not-exposed", "calm never calls it"));
    return this;
  }

  Runs add(CellRecord record) {
    events.add(new Event.CellRun(record));
    return this;
  }

  Runs event(Event event) {
    events.add(event);
    return this;
  }

  AmendmentVerdict judge() {
    events.add(new Event.Finished(1000, 0));
    return new Judge(Policy.DEFAULT).judge(events);
  }

  Finding only(FindingKind kind) {
    List<Finding> found =
        judge().findings().stream().filter(finding -> finding.kind() == kind).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one " + kind + ", found " + found);
    }
    return found.get(0);
  }

  static CellRecord record(
      Cell cell, int attempt, Outcome outcome, boolean reached, boolean injected) {
    boolean failed = outcome == Outcome.FAILED || outcome == Outcome.REFUSED;
    return new CellRecord(
        cell,
        attempt,
        outcome == Outcome.HUNG ? Ended.TIMED_OUT : Ended.REPLIED,
        outcome == Outcome.HUNG ? 0 : failed ? 503 : 200,
        outcome == Outcome.HUNG ? 2001 : 12,
        2000,
        failed ? List.of(new Mismatch("status", "200", "503")) : List.of(),
        outcome == Outcome.REFUSED,
        null,
        null,
        List.of(),
        Map.of("/validUntil", "string"),
        reached ? Map.of(EDGE, 1) : Map.of(),
        Map.of(),
        injected ? List.of(new Injection(EDGE, 0, Stream.DOWNSTREAM, "latency", "30s")) : List.of(),
        new CellRecord.MessageSketch("GET /licenses/L-1/validation", List.of(), ""),
        null,
        outcome == Outcome.LOST ? -1 : 5,
        problem(outcome));
  }

  private static @Nullable String problem(Outcome outcome) {
    return outcome == Outcome.UNKNOWN ? "the state could not be set up" : null;
  }
}
