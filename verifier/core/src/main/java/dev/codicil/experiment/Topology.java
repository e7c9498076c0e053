package dev.codicil.experiment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who calls whom, as the subjects declare it. Calls in circles are allowed. */
public final class Topology {
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  /** Reads the upstreams of {@code subjects}; order is kept. */
  public Topology(List<Subject> subjects) {
    for (Subject subject : subjects) {
      this.subjects.put(subject.name(), subject);
    }
  }

  /** The declared subject of a name. */
  public Optional<Subject> subject(String name) {
    return Optional.ofNullable(subjects.get(name));
  }

  /** Whether a name stands only behind an edge and is played by a stub. */
  public boolean stubOnly(String name) {
    return !subjects.containsKey(name)
        && subjects.values().stream().anyMatch(subject -> subject.upstreams().containsKey(name));
  }

  /** Ids of all edges between a subject and what it calls, in declared order. */
  public List<String> edges() {
    List<String> edges = new ArrayList<>();
    for (Subject subject : subjects.values()) {
      subject.upstreams().keySet().forEach(upstream -> edges.add(subject.edgeTo(upstream)));
    }
    return edges;
  }

  /** Every edge on which a subject is called: its client's, and those of its callers. */
  public Set<String> edgesTo(String subject) {
    Set<String> edges = new TreeSet<>();
    edges.add(Subject.clientEdge(subject));
    for (Subject caller : subjects.values()) {
      for (Map.Entry<String, Upstream> upstream : caller.upstreams().entrySet()) {
        if (upstream.getValue().isSubject() && upstream.getValue().name().equals(subject)) {
          edges.add(caller.edgeTo(upstream.getKey()));
        }
      }
    }
    return edges;
  }

  /** The declared subject that is called on an edge; empty where a stub answers. */
  public Optional<Subject> called(String edge) {
    return subjects.values().stream()
        .filter(subject -> edgesTo(subject.name()).contains(edge))
        .findFirst();
  }

  /** The declared subject that calls on an edge; empty for the replaying consumer's. */
  public Optional<Subject> caller(String edge) {
    return subjects.values().stream()
        .filter(
            subject ->
                subject.upstreams().keySet().stream()
                    .anyMatch(upstream -> subject.edgeTo(upstream).equals(edge)))
        .findFirst();
  }

  /** Whether a subject calls over TLS on an edge; an edge that nobody declares does not. */
  public boolean tls(String edge) {
    return subjects.values().stream()
        .anyMatch(
            subject ->
                subject.upstreams().entrySet().stream()
                    .anyMatch(
                        upstream ->
                            upstream.getValue().tls()
                                && subject.edgeTo(upstream.getKey()).equals(edge)));
  }

  /** Whether something else than HTTP passes an edge. */
  public boolean tcp(String edge) {
    return subjects.values().stream()
        .anyMatch(
            subject ->
                subject.upstreams().entrySet().stream()
                    .anyMatch(
                        upstream ->
                            upstream.getValue().tcp() != null
                                && subject.edgeTo(upstream.getKey()).equals(edge)));
  }

  /** Whether a subject calls an upstream by a name that its hosts file leads to the edge. */
  public boolean named(String edge) {
    return subjects.values().stream()
        .anyMatch(
            subject ->
                subject.upstreams().keySet().stream()
                    .anyMatch(
                        upstream ->
                            subject.edgeTo(upstream).equals(edge)
                                && mentions(subject, "{upstream." + upstream + ".named}")));
  }

  private static boolean mentions(Subject subject, String placeholder) {
    return Stream.concat(subject.command().stream(), subject.env().values().stream())
        .anyMatch(text -> text.contains(placeholder));
  }

  /** Ids of the edges that a request to {@code start} may lead over, nearest first. */
  public List<String> edgesFrom(String start) {
    Set<String> edges = new LinkedHashSet<>();
    walk(start, edges, new LinkedHashSet<>());
    return List.copyOf(edges);
  }

  /** Names of everything a request to {@code start} may reach, itself first. */
  public Set<String> reachable(String start) {
    Set<String> names = new LinkedHashSet<>();
    walk(start, new LinkedHashSet<>(), names);
    return names;
  }

  private void walk(String start, Set<String> edges, Set<String> names) {
    ArrayDeque<String> open = new ArrayDeque<>();
    open.add(start);
    names.add(start);
    while (!open.isEmpty()) {
      Subject subject = subjects.get(open.remove());
      if (subject == null) {
        continue;
      }
      for (Map.Entry<String, Upstream> upstream : subject.upstreams().entrySet()) {
        edges.add(subject.edgeTo(upstream.getKey()));
        if (names.add(upstream.getKey()) && upstream.getValue().isSubject()) {
          open.add(upstream.getKey());
        }
      }
    }
  }

  /**
   * Names in the order in which providers come before their callers; in a circle the one that was
   * declared first goes first. Names that nothing declares come last, sorted.
   */
  public List<String> providersFirst(Collection<String> names) {
    Set<String> all = new LinkedHashSet<>();
    for (Subject subject : subjects.values()) {
      all.addAll(subject.upstreams().keySet());
      all.add(subject.name());
    }
    names.stream().sorted().forEach(all::add);
    List<String> waiting = new ArrayList<>(all);
    Set<String> placed = new LinkedHashSet<>();
    while (!waiting.isEmpty()) {
      String next =
          waiting.stream()
              .filter(name -> ready(name, placed))
              .findFirst()
              .orElse(firstDeclared(waiting));
      placed.add(next);
      waiting.remove(next);
    }
    return placed.stream().filter(names::contains).toList();
  }

  private String firstDeclared(List<String> waiting) {
    return subjects.keySet().stream().filter(waiting::contains).findFirst().orElse(waiting.get(0));
  }

  private boolean ready(String name, Set<String> placed) {
    Subject subject = subjects.get(name);
    return subject == null
        || subject.upstreams().keySet().stream()
            .allMatch(upstream -> upstream.equals(name) || placed.contains(upstream));
  }
}
