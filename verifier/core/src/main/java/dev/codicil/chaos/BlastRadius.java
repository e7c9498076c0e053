package dev.codicil.chaos;

import java.util.List;

/**
 * How far a profile's faults may reach (Principles of Chaos: minimize the blast radius).
 *
 * @param consumers patterns of names, in which {@code *} stands for any text: only what these
 *     consumers rely on is struck; empty for all
 * @param edges patterns of edge ids, such as {@code checkout->*}: only these edges are struck;
 *     empty for all
 * @param exchanges most exchanges that are struck in a cell, on all edges together; {@link
 *     Conditions#UNBOUNDED} for no limit
 */
public record BlastRadius(List<String> consumers, List<String> edges, int exchanges) {
  /** Everything may be struck. */
  public static final BlastRadius ALL = new BlastRadius(List.of(), List.of(), Conditions.UNBOUNDED);

  public BlastRadius {
    consumers = List.copyOf(consumers);
    edges = List.copyOf(edges);
  }

  /** Whether what this consumer relies on may be struck. */
  public boolean reachesConsumer(String consumer) {
    return reaches(consumers, consumer);
  }

  /** Whether an edge may be struck. */
  public boolean reachesEdge(String edge) {
    return reaches(edges, edge);
  }

  private static boolean reaches(List<String> patterns, String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  /** Greedy with one step back: linear but for the last star, and never recursive. */
  private static boolean matches(String pattern, String name) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
