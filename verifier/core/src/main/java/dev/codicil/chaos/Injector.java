package dev.codicil.chaos;

import java.util.ArrayList;
import java.util.List;

/** What the faults of one cell do to each message. Pure: it holds no state between messages. */
public final class Injector {
  /** Calm: nothing is ever done. */
  public static final Injector NONE = new Injector(0, "", List.of());

  private final long seed;
  private final String stimulus;
  private final List<BoundFault> faults;

  private Injector(long seed, String stimulus, List<BoundFault> faults) {
    this.seed = seed;
    this.stimulus = stimulus;
    this.faults = List.copyOf(faults);
  }

  /** The faults of one cell, in the order in which they act. */
  public static Injector of(long seed, String stimulus, List<BoundFault> faults) {
    return new Injector(seed, stimulus, faults);
  }

  /** Whether messages of this kind must be whole before {@link #plan} is asked about them. */
  public boolean needsBody(String edge, Stream stream) {
    return faults.stream()
        .anyMatch(
            bound -> asksFor(bound.planned(), edge, stream) && bound.fault().card().needsBody());
  }

  /** What to do to the message {@code exchange.stream()}. */
  public Injected plan(Exchange exchange) {
    List<Effect> effects = new ArrayList<>();
    List<Injection> injections = new ArrayList<>();
    for (BoundFault bound : faults) {
      PlannedFault planned = bound.planned();
      if (!asksFor(planned, exchange.edge(), exchange.stream())) {
        continue;
      }
      Dice dice = Dice.of(seed, stimulus, exchange.call(), planned.fault());
      Injection.Plan plan = bound.fault().plan(exchange, planned.parameters(), dice);
      if (!plan.isEmpty()) {
        effects.addAll(plan.effects());
        injections.add(
            new Injection(
                exchange.edge(),
                exchange.call(),
                planned.stream(),
                planned.fault(),
                plan.detail()));
      }
    }
    return new Injected(effects, injections);
  }

  private static boolean asksFor(PlannedFault planned, String edge, Stream stream) {
    return planned.edge().equals(edge) && planned.stream() == stream;
  }

  /** What is done to one message. */
  public record Injected(List<Effect> effects, List<Injection> injections) {
    public Injected {
      effects = List.copyOf(effects);
      injections = List.copyOf(injections);
    }
  }
}
