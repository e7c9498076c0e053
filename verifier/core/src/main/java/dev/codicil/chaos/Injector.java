package dev.codicil.chaos;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the faults of one cell do to each message. Pure: it holds no state between messages, so
 * exchanges may be planned in any order and from any thread. What must be counted (the second call,
 * at most three exchanges) is counted by a {@link Tally} that the armed cell keeps; it says once,
 * as a request's head comes, which faults may strike that exchange, and the injector takes its
 * word.
 */
public final class Injector {
  /** Calm: nothing is ever done. */
  public static final Injector NONE = new Injector(0, "", List.of());

  private static final HttpRequest NO_REQUEST =
      new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY);

  private final long seed;
  private final String stimulus;
  private final List<Armed> faults;
  private final boolean conditional;

  /** A fault with everything that does not depend on the message decided. */
  record Armed(
      Fault fault,
      String id,
      String edge,
      Stream stream,
      Stream plannedAt,
      Parameters parameters,
      Conditions conditions,
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
          planned.conditions(),
          fault.needsBody(parameters) || planned.conditions().match().needsBody());
    }

    boolean asksFor(String onEdge, Stream message) {
      return !fault.atConnection()
          && !fault.aroundCell()
          && !fault.onMessages()
          && plannedAt == message
          && edge.equals(onEdge);
    }
  }

  private Injector(long seed, String stimulus, List<Armed> faults) {
    this.seed = seed;
    this.stimulus = stimulus;
    this.faults = List.copyOf(faults);
    this.conditional = faults.stream().anyMatch(armed -> !armed.conditions().strikesAll());
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

  /**
   * The faults of one cell, by edge. A limit on the exchanges that are struck ({@link
   * Conditions#exchanges}) holds for all edges together. Which of two exchanges on different edges
   * comes first is no property of the seed, so the limit is split beforehand: evenly over the edges
   * that have limited faults, and what is left over goes one by one to those whose faults come
   * first. An edge whose share is nothing is not struck; a share that is not used up stays unused.
   */
  public static Map<String, Injector> byEdge(long seed, String stimulus, List<BoundFault> faults) {
    List<String> limited =
        faults.stream()
            .filter(Injector::isLimited)
            .map(bound -> bound.planned().edge())
            .distinct()
            .toList();
    Map<String, List<BoundFault>> byEdge = new LinkedHashMap<>();
    for (BoundFault bound : faults) {
      PlannedFault planned = bound.planned();
      if (!isLimited(bound)) {
        byEdge.computeIfAbsent(planned.edge(), edge -> new ArrayList<>()).add(bound);
        continue;
      }
      int most = planned.conditions().exchanges();
      boolean early = limited.indexOf(planned.edge()) < most % limited.size();
      int share = most / limited.size() + (early ? 1 : 0);
      if (share > 0) {
        byEdge
            .computeIfAbsent(planned.edge(), edge -> new ArrayList<>())
            .add(new BoundFault(planned.when(planned.conditions().atMost(share)), bound.fault()));
      }
    }
    Map<String, Injector> injectors = new LinkedHashMap<>();
    byEdge.forEach((edge, bound) -> injectors.put(edge, of(seed, stimulus, bound)));
    return injectors;
  }

  private static boolean isLimited(BoundFault bound) {
    return bound.planned().conditions().exchanges() != Conditions.UNBOUNDED
        && !bound.fault().atConnection()
        && !bound.fault().aroundCell();
  }

  /**
   * Whether some fault strikes only some exchanges: then {@link #tally} must count them, and {@link
   * #plan(Exchange, Tally.Turn)} be asked instead of {@link #plan(Exchange)}.
   */
  public boolean conditional() {
    return conditional;
  }

  /** Counts the exchanges of one cell; a new cell needs a new one. */
  public Tally tally() {
    return new Tally(this, faults);
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
      if (!armed.fault().atConnection()
          || !armed.edge().equals(edge)
          || !strikes(armed, connection)) {
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

  /** Connections are numbered as they open, so what strikes the n-th follows from its number. */
  private boolean strikes(Armed armed, int connection) {
    Conditions conditions = armed.conditions();
    if (!falls(armed, connection)) {
      return false;
    }
    int before = 0;
    for (int i = 0; i < connection && before < conditions.exchanges(); i++) {
      before += falls(armed, i) ? 1 : 0;
    }
    return before < conditions.exchanges();
  }

  private boolean falls(Armed armed, int connection) {
    Conditions conditions = armed.conditions();
    return conditions.when().strikes(connection + 1) && draws(armed, connection, conditions);
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
   *
   * @throws IllegalStateException when some fault is {@link #conditional()}: whether it strikes
   *     cannot be told from one exchange
   */
  public Injected plan(Exchange exchange) {
    if (conditional) {
      throw new IllegalStateException("faults with conditions need the turn of the exchange");
    }
    return plan(exchange, null);
  }

  /**
   * The same, for the faults that may strike this exchange.
   *
   * @param turn what the cell's tally said when the exchange began; null for all faults
   */
  public Injected plan(Exchange exchange, Tally.@Nullable Turn turn) {
    List<Effect> effects = new ArrayList<>();
    List<Injection> injections = new ArrayList<>();
    Exchange seen = exchange;
    for (int i = 0; i < faults.size(); i++) {
      Armed armed = faults.get(i);
      if (!armed.asksFor(exchange.edge(), exchange.stream())
          || turn != null && !turn.admits(i)
          || !armed.conditions().match().admitsBody(exchange)) {
        continue;
      }
      Injection.Plan plan =
          armed.fault().plan(seen, armed.parameters(), dice(armed, exchange.call()));
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
   * {@link #needsBody(String, Stream)} for one exchange: a message that no fault may strike need
   * not be whole.
   */
  public boolean needsBody(String edge, Stream stream, Tally.Turn turn) {
    for (int i = 0; i < faults.size(); i++) {
      Armed armed = faults.get(i);
      if (armed.needsBody() && armed.asksFor(edge, stream) && turn.admits(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the draw of a fault's toxicity falls on this call. */
  boolean draws(Armed armed, int call, Conditions conditions) {
    return conditions.toxicity() >= 1
        || dice(armed, call).fraction("toxicity") < conditions.toxicity();
  }

  private Dice dice(Armed armed, int call) {
    return Dice.of(seed, stimulus, call, armed.id());
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
