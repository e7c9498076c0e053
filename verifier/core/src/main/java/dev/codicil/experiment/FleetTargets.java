package dev.codicil.experiment;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultCard.Fit;
import dev.codicil.chaos.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Aims faults at nodes: where losing one says something about the service or who calls it. */
final class FleetTargets {
  private static final String NODE = "node";
  private static final String AFTER = "after";
  private static final Set<String> BREAKING = Set.of("kill", "pause");

  private final Topology topology;
  private final Map<String, List<String>> struck = new HashMap<>();

  FleetTargets(Topology topology) {
    this.topology = topology;
  }

  /** Whether the operation of a scenario is struck at a place for the first time. */
  boolean first(String place, Scenario scenario) {
    String operation = scenario.stimulus().operation();
    List<String> before = struck.computeIfAbsent(place, none -> new ArrayList<>());
    if (before.stream().anyMatch(other -> same(other, operation))) {
      return false;
    }
    before.add(operation);
    return true;
  }

  /** Whether two operations are one, where either may have parameters for segments of its path. */
  private static boolean same(String one, String other) {
    String[] left = one.split("[ /]", -1);
    String[] right = other.split("[ /]", -1);
    if (left.length != right.length) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (!left[i].equals(right[i]) && !left[i].startsWith("{") && !right[i].startsWith("{")) {
        return false;
      }
    }
    return true;
  }

  /** Whether a fault acts on nodes. */
  static boolean concerns(FaultCard card) {
    return card.layer() == FaultCard.Layer.NODE;
  }

  /**
   * On the edge from the replaying consumer: it asks once and does not try again, so only what the
   * provider or its siblings could do better means something.
   */
  Targets client(FaultCard card, Parameters written, String edge, Scenario scenario) {
    if (card.aim() == FaultCard.Aim.CALLER_NODE) {
      return Targets.none("the replaying consumer has no nodes");
    }
    Optional<Subject> subject = topology.called(edge);
    Optional<String> missing = missing(card, written, subject);
    if (missing.isPresent()) {
      return Targets.none(missing.get());
    }
    String at = card.complete(written).text("at").orElse("");
    if (card.aim() == FaultCard.Aim.NODE && at.equals(AFTER)) {
      if (scenario.request().isSafe()) {
        return Targets.none("a safe request leaves nothing in a node that could be lost with it");
      }
      return scenario.effects().isEmpty()
          ? Targets.none("no effect is declared that tells whether it was kept")
          : one(written);
    }
    if (BREAKING.contains(card.id()) && at.equals("during")
        || card.id().equals("rolling-restart")) {
      return Targets.none("the provider could not do better");
    }
    return at.equals("before") && nodes(subject) == 1
        ? Targets.none(card.id() + ": nobody is left to answer, the subject has one node")
        : one(written);
  }

  /** On an edge whose caller is real. */
  Targets upstream(FaultCard card, Parameters written, String edge) {
    if (card.aim() == FaultCard.Aim.CALLER_NODE) {
      Optional<Subject> caller = topology.caller(edge);
      Optional<String> missing = missing(card, written, caller);
      if (missing.isPresent()) {
        return Targets.none(missing.get());
      }
      return nodes(caller) == 1
          ? Targets.none(card.id() + " needs a caller of several nodes; for one there is timeout")
          : one(written);
    }
    return missing(card, written, topology.called(edge))
        .map(Targets::none)
        .orElseGet(() -> one(written));
  }

  /** Around a request to a subject, anywhere behind it. */
  Targets zone(FaultCard card, Parameters written, String provider) {
    int zone = card.complete(written).text("zone").map(Integer::parseInt).orElse(0);
    return topology.reachable(provider).stream()
            .map(topology::subject)
            .flatMap(Optional::stream)
            .anyMatch(subject -> subject.nodes() > Math.max(1, zone))
        ? one(written)
        : Targets.none(card.id() + " needs a subject of several nodes");
  }

  private static int nodes(Optional<Subject> subject) {
    return subject.map(Subject::nodes).orElse(0);
  }

  private static Optional<String> missing(
      FaultCard card, Parameters written, Optional<Subject> subject) {
    if (subject.isEmpty()) {
      return Optional.of(card.id() + ": a stub has no nodes");
    }
    int nodes = nodes(subject);
    int asked = card.complete(written).text(NODE).map(Integer::parseInt).orElse(0);
    return asked < nodes
        ? Optional.empty()
        : Optional.of(
            card.id()
                + ": "
                + subject.get().name()
                + " has no node "
                + asked
                + ", its nodes are 0 to "
                + (nodes - 1));
  }

  private static Targets one(Parameters written) {
    return Targets.one(written, Set.of(), Fit.UNTOUCHED);
  }
}
