package dev.codicil.storm.proxy;

import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Stream;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What passed an edge during one cell.
 *
 * @param exchanges number of requests that were begun
 * @param injections what was planned for them, ordered by call, then request before reply
 * @param seenUpstream JSON pointers of the fields of requests, as the client sent them
 * @param seenDownstream JSON pointers of the fields of replies, as the server sent them
 * @param bodies directions in which some message had a body, whatever its kind
 * @param notes ordered by call, then kind and detail
 * @param answered number of the node that answered, by call, where several stand behind the edge;
 *     -1 for one of the version before
 */
public record EdgeLog(
    int exchanges,
    List<Injection> injections,
    SortedSet<String> seenUpstream,
    SortedSet<String> seenDownstream,
    Set<Stream> bodies,
    List<ExchangeNote> notes,
    SortedMap<Integer, Integer> answered) {
  public EdgeLog {
    injections = List.copyOf(injections);
    seenUpstream = Collections.unmodifiableSortedSet(new TreeSet<>(seenUpstream));
    seenDownstream = Collections.unmodifiableSortedSet(new TreeSet<>(seenDownstream));
    bodies = Set.copyOf(bodies);
    notes = List.copyOf(notes);
    answered = Collections.unmodifiableSortedMap(new TreeMap<>(answered));
  }

  /** What passed an edge with one node behind it. */
  public EdgeLog(
      int exchanges,
      List<Injection> injections,
      SortedSet<String> seenUpstream,
      SortedSet<String> seenDownstream,
      Set<Stream> bodies,
      List<ExchangeNote> notes) {
    this(
        exchanges,
        injections,
        seenUpstream,
        seenDownstream,
        bodies,
        notes,
        Collections.emptySortedMap());
  }
}
