package dev.codicil.engine;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.PlanRequest;
import dev.codicil.experiment.Planner;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Plans the storms of code in this process, which the planner takes for a subject that calls. */
final class StageStorms {
  private static final Duration UNUSED = Duration.ofSeconds(2);

  private StageStorms() {}

  /** Id of the edge between the code and whom it calls. */
  static String edge(ConsumerStage.Request request) {
    return subject(request).edgeTo(request.provider());
  }

  /** What a storm does to each message. */
  static Injector injector(ConsumerStage.Request request, ConsumerStage.Storm storm) {
    FaultSet faults = storm.experiment().faults();
    return Injector.of(
        request.seed(),
        request.test(),
        faults.faults().stream()
            .map(planned -> new BoundFault(planned, Preparation.fault(planned.fault())))
            .toList());
  }

  /**
   * Every way in which the chosen weather strikes interactions; those of the amended part first.
   *
   * @param before the interactions as the code uses them before the amendment
   * @param after and after it
   */
  static List<ConsumerStage.Storm> of(
      StageContracts contracts,
      ConsumerStage.Request request,
      List<HttpInteraction> before,
      List<HttpInteraction> after) {
    Subject subject = subject(request);
    Column base = new Column(Column.BASE, Map.of());
    Column head = new Column(Column.HEAD, Map.of(request.provider(), Column.HEAD));
    Plan plan =
        Planner.plan(
            new PlanRequest(
                List.of(base, head),
                List.of(
                    new Step(
                        contracts.amended() ? List.of(request.provider()) : List.of(),
                        base.id(),
                        head.id())),
                List.of(subject),
                List.of(scenario(contracts, request, subject)),
                List.of(),
                contracts.profiles(request.profiles()),
                Map.of(
                    subject.edgeTo(request.provider()), new PlanRequest.EdgeModel(before, after)),
                contracts.amendment().changes(),
                request.seed(),
                Integer.MAX_VALUE),
            Profiles::card);
    return plan.experiments().stream()
        .filter(experiment -> experiment.load() == null) // a test calls once
        .map(
            experiment ->
                new ConsumerStage.Storm(
                    experiment.id(),
                    experiment.faults().label(),
                    experiment.faults().faults().stream().anyMatch(StageStorms::content),
                    experiment))
        .toList();
  }

  private static boolean content(PlannedFault fault) {
    return Profiles.card(fault.fault()).content();
  }

  private static Subject subject(ConsumerStage.Request request) {
    return new Subject(
        request.caller(),
        null,
        null,
        List.of(),
        Map.of(),
        get(),
        null,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(request.provider(), new Upstream(request.provider(), null)),
        List.of(),
        UNUSED,
        UNUSED,
        UNUSED,
        List.of(),
        Location.of(request.test()));
  }

  private static Scenario scenario(
      StageContracts contracts, ConsumerStage.Request request, Subject subject) {
    Location here = Location.of(request.test());
    Stimulus stimulus =
        new Stimulus(
            request.test(),
            Stimulus.Kind.PROBE,
            subject.name(),
            subject.name(),
            request.test(),
            request.test(),
            true,
            contracts.amended(),
            false,
            false,
            false,
            here,
            null);
    Probe probe =
        new Probe(request.test(), get(), Map.of(), new Probe.Answer(200, null), null, null, here);
    return new Scenario(stimulus, get(), Map.of(), null, null, probe, List.of(), 0);
  }

  private static HttpRequest get() {
    return new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY);
  }
}
