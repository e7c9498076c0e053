package dev.codicil.storm.run;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults of one cell that act on the world around it: in force until this is closed. */
final class Around implements AutoCloseable {
  private static final HttpRequest NO_REQUEST =
      new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY);

  private final List<HookInForce> hooks = new ArrayList<>();
  private final List<Injection> injections = new ArrayList<>();
  private @Nullable String problem;

  private Around() {}

  /** Whether some of the faults act on the world. */
  static boolean any(RunRequest request, List<PlannedFault> faults) {
    return faults.stream().anyMatch(fault -> request.faults().apply(fault.fault()).aroundCell());
  }

  /**
   * Brings them in force, one after the other, up to the first that fails.
   *
   * @param known what stands for which placeholder
   */
  static Around of(
      RunRequest request, String stimulus, List<PlannedFault> faults, Map<String, String> known)
      throws InterruptedException {
    Around around = new Around();
    boolean done = false;
    try {
      for (PlannedFault planned : faults) {
        Fault fault = request.faults().apply(planned.fault());
        if (around.problem == null && fault.aroundCell()) {
          around.begin(request, stimulus, planned, fault, known);
        }
      }
      done = true;
      return around;
    } finally {
      if (!done) {
        around.close();
      }
    }
  }

  private void begin(
      RunRequest request,
      String stimulus,
      PlannedFault planned,
      Fault fault,
      Map<String, String> known)
      throws InterruptedException {
    Injection.Plan plan =
        fault.plan(
            new Exchange(planned.edge(), stimulus, 0, planned.stream(), NO_REQUEST, null),
            fault.card().complete(planned.parameters()),
            Dice.of(request.plan().seed(), stimulus, 0, planned.fault()));
    for (Effect effect : plan.effects()) {
      String failed = begin(request.world(), effect, planned, known);
      if (failed != null) {
        problem = "the fault " + planned.fault() + " could not be injected: " + failed;
        return;
      }
    }
    if (!plan.isEmpty()) {
      injections.add(
          new Injection(planned.edge(), 0, planned.stream(), planned.fault(), plan.detail()));
    }
  }

  private @Nullable String begin(
      World world, Effect effect, PlannedFault planned, Map<String, String> known)
      throws InterruptedException {
    if (!(effect instanceof Effect.Hook hook)) {
      return effect + " is nothing that can be done around a cell";
    }
    try {
      HookInForce begun = new HookInForce(world, hook, planned.label(), known);
      hooks.add(begun);
      return begun.inject();
    } catch (IllegalArgumentException unknown) {
      return unknown.getMessage();
    }
  }

  /** Why nothing can be said about the cell; null when all are in force. */
  @Nullable String problem() {
    return problem;
  }

  /** What is in force, for the log. */
  List<Injection> injections() {
    return injections;
  }

  /**
   * Undoes all, the last first.
   *
   * @throws RevertFailure when one of them cannot be undone; the others are
   */
  @Override
  public void close() {
    RevertFailure failure = null;
    for (int i = hooks.size() - 1; i >= 0; i--) {
      try {
        hooks.get(i).revert();
      } catch (RevertFailure stuck) {
        failure = failure == null ? stuck : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
