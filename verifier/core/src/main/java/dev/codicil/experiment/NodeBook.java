package dev.codicil.experiment;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.PlannedFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every contract node that single faults of a plan strike, each once. */
final class NodeBook {
  private final AmendedNodes amended;
  private final Map<Plan.Node, Set<String>> struck = new LinkedHashMap<>();

  NodeBook(AmendedNodes amended) {
    this.amended = amended;
  }

  /**
   * Notes that an experiment strikes a node.
   *
   * @return whether the node is amended
   */
  boolean note(Scenario scenario, FaultCard card, PlannedFault fault, String experiment) {
    String pointer = card.targetsField() ? FieldTargets.pointer(card, fault.parameters()) : "";
    boolean client = fault.edge().equals(Subject.clientEdge(scenario.stimulus().provider()));
    boolean isAmended =
        client
            ? amended.clientNode(scenario, fault.stream(), pointer)
            : amended.upstreamNode(fault.edge(), fault.stream(), pointer);
    String operation = client ? scenario.stimulus().operation() : "";
    String operator = operator(card, fault);
    // One operation may be replayed for several consumers, and be touched for some of them.
    Plan.Node plain =
        new Plan.Node(fault.edge(), operation, pointer, operator, fault.stream(), false, List.of());
    Plan.Node marked =
        new Plan.Node(fault.edge(), operation, pointer, operator, fault.stream(), true, List.of());
    Set<String> before = isAmended ? struck.remove(plain) : null;
    Set<String> experiments =
        struck.computeIfAbsent(
            isAmended || struck.containsKey(marked) ? marked : plain, key -> new LinkedHashSet<>());
    if (before != null) {
      experiments.addAll(before);
    }
    experiments.add(experiment);
    return isAmended;
  }

  /** The fault with what a profile may set of it; what the planner aims is the node's own. */
  private static String operator(FaultCard card, PlannedFault fault) {
    Map<String, String> own = new TreeMap<>(fault.parameters().values());
    own.keySet().removeAll(fault.unnamed());
    card.parameters().stream()
        .filter(parameter -> parameter.type() == FaultCard.Type.POINTER)
        .forEach(parameter -> own.remove(parameter.name()));
    if (card.id().equals(ClientEdge.REORDER)) {
      own.clear();
    }
    return own.isEmpty()
        ? card.id()
        : card.id() + own.toString().replace('{', '(').replace('}', ')');
  }

  /** All nodes, amended ones first, struck by these experiments only. */
  List<Plan.Node> nodes(Set<String> planned) {
    List<Plan.Node> nodes = new ArrayList<>();
    struck.forEach(
        (node, experiments) ->
            nodes.add(
                new Plan.Node(
                    node.edge(),
                    node.operation(),
                    node.pointer(),
                    node.fault(),
                    node.stream(),
                    node.amended(),
                    experiments.stream().filter(planned::contains).toList())));
    nodes.sort(Comparator.comparing(node -> !node.amended()));
    return nodes;
  }
}
