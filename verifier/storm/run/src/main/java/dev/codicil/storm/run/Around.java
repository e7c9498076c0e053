package dev.codicil.storm.run;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import dev.codicil.storm.proxy.EdgeLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The faults of one cell that act on the world around it: in force until this is closed. */
final class Around implements AutoCloseable {
  private static final HttpRequest NO_REQUEST =
      new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY);

  /** Id of the fault on names. */
  private static final String NAMES = "dns";

  private final List<HookInForce> hooks = new ArrayList<>();
  private final List<MonkeyStrike> monkeys = new ArrayList<>();
  private @Nullable String problem;

  private final List<Injection> injections = new ArrayList<>();
  private final Set<String> named = new TreeSet<>();
  private final RunRequest request;
  private final Lane lane;

  private Around(RunRequest request, Lane lane) {
    this.request = request;
    this.lane = lane;
  }

  /** Whether some of the faults act on the world beyond their own column. */
  static boolean any(RunRequest request, List<PlannedFault> faults) {
    return faults.stream()
        .map(fault -> request.faults().apply(fault.fault()))
        .anyMatch(fault -> fault.card().aim() == FaultCard.Aim.WORLD || !fault.repeatable());
  }

  /**
   * Brings them in force, one after the other, up to the first that fails.
   *
   * @param lane in which the cell is replayed
   */
  static Around of(RunRequest request, String stimulus, List<PlannedFault> faults, Lane lane)
      throws InterruptedException {
    Around around = new Around(request, lane);
    boolean done = false;
    try {
      for (PlannedFault planned : faults) {
        Fault fault = request.faults().apply(planned.fault());
        if (around.problem == null && fault.aroundCell()) {
          around.begin(stimulus, planned, fault);
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

  private void begin(String stimulus, PlannedFault planned, Fault fault)
      throws InterruptedException {
    Injection.Plan plan =
        fault.plan(
            new Exchange(planned.edge(), stimulus, 0, planned.stream(), NO_REQUEST, null),
            fault.card().complete(planned.parameters()),
            Dice.of(request.plan().seed(), stimulus, 0, planned.fault()));
    String where = "";
    for (Effect effect : plan.effects()) {
      String failed;
      if (effect instanceof Effect.Assault assault) {
        MonkeyStrike strike = new MonkeyStrike(request, lane, lane.clock(), planned, assault);
        monkeys.add(strike);
        failed = strike.begin(stimulus);
        where = strike.where();
      } else {
        failed = begin(effect, planned);
      }
      if (failed != null) {
        problem = "the fault " + planned.fault() + " could not be injected: " + failed;
        return;
      }
    }
    if (!plan.isEmpty()) {
      String detail = plan.detail() + where;
      injections.add(new Injection(planned.edge(), 0, planned.stream(), planned.fault(), detail));
    }
  }

  private @Nullable String begin(Effect effect, PlannedFault planned) throws InterruptedException {
    if (effect instanceof Effect.Resolve resolve) {
      named.add(planned.edge());
      return lane.breakName(planned.edge(), resolve.answer());
    }
    if (effect instanceof Effect.RestartNode
        || effect instanceof Effect.RollOver
        || effect instanceof Effect.ZoneDown) {
      return lane.strike(planned.edge(), effect);
    }
    if (!(effect instanceof Effect.Hook hook)) {
      return effect + " is nothing that can be done around a cell";
    }
    try {
      HookInForce begun = new HookInForce(request.world(), hook, planned.label(), lane.known());
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

  /** Why one of the faults cannot have struck, as the replies show; null when all may have. */
  @Nullable String missed(List<Sent> sent) {
    String missed = null;
    for (MonkeyStrike strike : monkeys) {
      String why = strike.missed(sent);
      missed = missed == null ? why : missed;
    }
    return missed;
  }

  /** What is in force, for the log. */
  List<Injection> injections() {
    return injections;
  }

  /**
   * Edges whose name leads nowhere, and that were reached all the same; null when there are none.
   */
  static @Nullable String missed(List<Injection> around, Map<String, EdgeLog> logs) {
    for (Injection line : around) {
      EdgeLog log = logs.get(line.edge());
      if (line.fault().equals(NAMES) && log != null && log.exchanges() > 0) {
        return "the fault did not strike: "
            + line.edge()
            + " was reached though its name led nowhere; the subject keeps what it was told (Java:"
            + " -Djava.security.properties={hosts.security}), or does not take its names from {hosts}";
      }
    }
    return null;
  }

  /**
   * Undoes all, the last first.
   *
   * @throws RevertFailure when one of them cannot be undone; the others are
   */
  @Override
  public void close() {
    RevertFailure failure = null;
    for (int i = monkeys.size() - 1; i >= 0; i--) {
      try {
        String left = monkeys.get(i).revert();
        if (left != null) {
          lane.notPutBack(left);
        }
      } catch (RevertFailure stuck) {
        failure = failure == null ? stuck : failure;
      }
    }
    for (int i = hooks.size() - 1; i >= 0; i--) {
      try {
        hooks.get(i).revert();
      } catch (RevertFailure stuck) {
        failure = failure == null ? stuck : failure;
      }
    }
    named.forEach(lane::mendName);
    if (failure != null) {
      throw failure;
    }
  }
}
