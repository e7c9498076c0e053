package dev.codicil.chaos;

import dev.codicil.contract.HttpRequest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the exchanges of one cell, for faults that strike the second one, the first three, or at
 * most five. It is the only part of the faults that has a memory: the {@link Injector} has none,
 * and whoever arms a cell keeps one tally for it.
 *
 * <p>Deterministic under concurrency: an exchange is counted when the head of its request comes, in
 * the same moment in which it gets its number, and everything that is counted is in the head or
 * follows from the number. How long bodies take, and in which order messages are planned, has no
 * part in it. Safe for several threads.
 */
public final class Tally {
  private final List<Injector.Armed> faults;
  private final Injector injector;
  private final int[] matched;
  private final Map<String, Integer> struck = new HashMap<>();

  Tally(Injector injector, List<Injector.Armed> faults) {
    this.injector = injector;
    this.faults = faults;
    this.matched = new int[faults.size()];
  }

  /**
   * The next exchange.
   *
   * @param edge its edge
   * @param call its 0-based number on that edge; calls of an edge come in order
   * @param head its request; the body is not looked at
   * @return which faults may strike it
   */
  public synchronized Turn next(String edge, int call, HttpRequest head) {
    BitSet admitted = new BitSet(faults.size());
    BitSet limited = new BitSet(faults.size());
    int before = struck.getOrDefault(edge, 0);
    for (int i = 0; i < faults.size(); i++) {
      Injector.Armed armed = faults.get(i);
      Conditions conditions = armed.conditions();
      if (!armed.edge().equals(edge) || !conditions.match().admits(head)) {
        continue;
      }
      boolean strikes =
          conditions.when().strikes(++matched[i]) && injector.draws(armed, call, conditions);
      if (strikes && before < conditions.exchanges()) {
        admitted.set(i);
        limited.set(i, conditions.exchanges() != Conditions.UNBOUNDED);
      }
    }
    if (!limited.isEmpty()) {
      struck.put(edge, before + 1);
    }
    return new Turn(admitted);
  }

  /** Which faults of an injector may strike one exchange. */
  public static final class Turn {
    /** No fault may strike. */
    public static final Turn SPARED = new Turn(new BitSet());

    private final BitSet admitted;

    private Turn(BitSet admitted) {
      this.admitted = admitted;
    }

    boolean admits(int fault) {
      return admitted.get(fault);
    }
  }
}
