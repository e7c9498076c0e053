package dev.codicil.history;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the nodes of subjects did in one run of a cell.
 *
 * @param answered by edge, number of the node that answered, by 0-based call; -1 for a node of the
 *     version before
 * @param back what faults took down, and how long it took to come back
 */
public record FleetRecord(Map<String, SortedMap<Integer, Integer>> answered, List<Back> back) {
  public FleetRecord {
    answered = Collections.unmodifiableMap(new TreeMap<>(answered));
    back = List.copyOf(back);
  }

  /** Whether there is something to tell. */
  public boolean tells() {
    return !answered.isEmpty() || !back.isEmpty();
  }

  /** How long it took until all were back, in milliseconds. */
  public long millis() {
    return back.stream().mapToLong(one -> Math.max(0, one.millis())).sum();
  }

  /**
   * A node that was struck.
   *
   * @param subject whose node
   * @param node its number
   * @param deed what was done: {@code kill}, {@code stop} or {@code pause}
   * @param millis until it was ready again; {@link #NEVER} when it did not come back
   */
  public record Back(String subject, int node, String deed, long millis) {
    /** It did not come back. */
    public static final long NEVER = -1;
  }
}
