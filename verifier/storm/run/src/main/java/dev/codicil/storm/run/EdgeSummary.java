package dev.codicil.storm.run;

import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Stream;
import dev.codicil.storm.proxy.EdgeLog;
import dev.codicil.storm.proxy.ExchangeNote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the proxies of a lane saw during one cell, as it goes into the record.
 *
 * @param reached number of exchanges by edge; edges without any are left out
 * @param seen pointers by {@code EDGE upstream|downstream}
 * @param injections in order of edge and call
 * @param unperformed why a fault that was planned did not strike; null when all did
 */
record EdgeSummary(
    Map<String, Integer> reached,
    Map<String, List<String>> seen,
    List<Injection> injections,
    @Nullable String unperformed) {
  private static final Set<ExchangeNote.Kind> NOT_STRUCK =
      Set.of(
          ExchangeNote.Kind.INJECTOR_FAILED,
          ExchangeNote.Kind.BODY_TOO_LARGE,
          ExchangeNote.Kind.NOT_PERFORMED);
  private static final int MOST_POINTERS = 1000;

  static EdgeSummary of(Map<String, EdgeLog> logs, Redactor redactor) {
    Map<String, Integer> reached = new TreeMap<>();
    Map<String, List<String>> seen = new TreeMap<>();
    List<Injection> injections = new ArrayList<>();
    StringBuilder unperformed = new StringBuilder();
    logs.forEach(
        (edge, log) -> {
          if (log.exchanges() > 0) {
            reached.put(edge, log.exchanges());
          }
          put(seen, edge, Stream.UPSTREAM, log.seenUpstream(), log.bodies(), redactor);
          put(seen, edge, Stream.DOWNSTREAM, log.seenDownstream(), log.bodies(), redactor);
          log.injections().forEach(line -> injections.add(redactor.injection(line)));
          log.notes().stream()
              .filter(note -> NOT_STRUCK.contains(note.kind()))
              .findFirst()
              .ifPresent(
                  note ->
                      unperformed
                          .append("the fault did not strike on ")
                          .append(edge)
                          .append(": ")
                          .append(note.detail())
                          .append(' '));
        });
    injections.sort(
        Comparator.comparing(Injection::edge)
            .thenComparingInt(Injection::call)
            .thenComparing(Injection::stream));
    return new EdgeSummary(
        reached, seen, injections, unperformed.isEmpty() ? null : unperformed.toString().trim());
  }

  /** Which node answered which call, by edge; only where there are several. */
  static Map<String, SortedMap<Integer, Integer>> answered(Map<String, EdgeLog> logs) {
    Map<String, SortedMap<Integer, Integer>> answered = new TreeMap<>();
    logs.forEach(
        (edge, log) -> {
          if (!log.answered().isEmpty()) {
            answered.put(edge, log.answered());
          }
        });
    return answered;
  }

  /** The same with these many injections at most: a load has thousands. */
  EdgeSummary first(int most) {
    return new EdgeSummary(reached, seen, injections.stream().limit(most).toList(), unperformed);
  }

  private static void put(
      Map<String, List<String>> seen,
      String edge,
      Stream stream,
      Collection<String> pointers,
      Set<Stream> bodies,
      Redactor redactor) {
    List<String> all = new ArrayList<>();
    if (bodies.contains(stream)) {
      all.add(Exposure.BODY);
    }
    pointers.stream().limit(MOST_POINTERS).map(redactor::text).forEach(all::add);
    if (!all.isEmpty()) {
      seen.put(Exposure.seenKey(edge, stream), all);
    }
  }
}
