package dev.codicil.chaos;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * What the faults of one cell do to each message. Pure: it holds no state between messages, so
 * exchanges may be planned in any order and from any thread.
 */
public final class Injector {
  /** Calm: nothing is ever done. */
  public static final Injector NONE = new Injector(0, "", List.of());

  private static final HttpRequest NO_REQUEST =
      new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY);

  private final long seed;
  private final String stimulus;
  private final List<Armed> faults;

  /** A fault with everything that does not depend on the message decided. */
  private record Armed(
      Fault fault,
      String id,
      String edge,
      Stream stream,
      Stream plannedAt,
      Parameters parameters,
      boolean needsBody) {

    static Armed of(BoundFault bound) {
      Fault fault = bound.fault();
      PlannedFault planned = bound.planned();
      Parameters parameters = fault.card().complete(planned.parameters());
      return new Armed(
          fault,
          planned.fault(),
          planned.edge(),
          planned.stream(),
          fault.plannedAt(planned.stream(), parameters),
          parameters,
          fault.needsBody(parameters));
    }

    boolean asksFor(String onEdge, Stream message) {
      return !fault.atConnection() && plannedAt == message && edge.equals(onEdge);
    }
  }

  private Injector(long seed, String stimulus, List<Armed> faults) {
    this.seed = seed;
    this.stimulus = stimulus;
    this.faults = List.copyOf(faults);
  }

  /**
   * The faults of one cell.
   *
   * @param seed of the run
   * @param stimulus id of the interaction or probe that is replayed
   * @param faults in the order in which they act; parameters that are missing get their defaults
   */
  public static Injector of(long seed, String stimulus, List<BoundFault> faults) {
    return new Injector(seed, stimulus, faults.stream().map(Armed::of).toList());
  }

  /** Whether messages of this kind must be whole before {@link #plan} is asked about them. */
  public boolean needsBody(String edge, Stream stream) {
    for (Armed armed : faults) {
      if (armed.needsBody() && armed.asksFor(edge, stream)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any fault strikes connections of that edge as they open. */
  public boolean asksConnections(String edge) {
    for (Armed armed : faults) {
      if (armed.fault().atConnection() && armed.edge().equals(edge)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What to do to a connection that opens.
   *
   * @param connection 0-based number of the connection on this edge within the cell
   */
  public Injected connect(String edge, int connection) {
    List<Effect> effects = new ArrayList<>();
    List<Injection> injections = new ArrayList<>();
    for (Armed armed : faults) {
      if (!armed.fault().atConnection() || !armed.edge().equals(edge)) {
        continue;
      }
      Exchange opening = new Exchange(edge, "", connection, armed.stream(), NO_REQUEST, null);
      Dice dice = Dice.of(seed, stimulus, connection, armed.id());
      Injection.Plan plan = armed.fault().plan(opening, armed.parameters(), dice);
      if (!plan.isEmpty()) {
        effects.addAll(plan.effects());
        injections.add(new Injection(edge, connection, armed.stream(), armed.id(), plan.detail()));
      }
    }
    return effects.isEmpty() ? Injected.NOTHING : new Injected(effects, injections);
  }

  /** Whether any fault is to be asked about messages of this kind at all. */
  public boolean asks(String edge, Stream stream) {
    for (Armed armed : faults) {
      if (armed.asksFor(edge, stream)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What to do to the message {@code exchange.stream()}. A fault sees the message as the faults
   * before it have left it, so the last replaced body holds the changes of all.
   */
  public Injected plan(Exchange exchange) {
    List<Effect> effects = new ArrayList<>();
    List<Injection> injections = new ArrayList<>();
    Exchange seen = exchange;
    for (Armed armed : faults) {
      if (!armed.asksFor(exchange.edge(), exchange.stream())) {
        continue;
      }
      Dice dice = Dice.of(seed, stimulus, exchange.call(), armed.id());
      Injection.Plan plan = armed.fault().plan(seen, armed.parameters(), dice);
      if (plan.isEmpty()) {
        continue;
      }
      effects.addAll(plan.effects());
      injections.add(
          new Injection(
              exchange.edge(), exchange.call(), armed.stream(), armed.id(), plan.detail()));
      for (Effect effect : plan.effects()) {
        seen = seen.after(effect);
      }
    }
    return effects.isEmpty() ? Injected.NOTHING : new Injected(effects, injections);
  }

  /**
   * What is done to one message.
   *
   * @param effects in order
   * @param injections one for each fault that struck, in order
   */
  public record Injected(List<Effect> effects, List<Injection> injections) {
    /** The message passes as it is. */
    public static final Injected NOTHING = new Injected(List.of(), List.of());

    public Injected {
      effects = List.copyOf(effects);
      injections = List.copyOf(injections);
    }
  }
}
