package dev.codicil.experiment;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.PathTemplates;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which contract nodes an amendment changes. A field is amended when a change of the documents is
 * at, above or below it, or when the contracts of one side only have it. A whole message is amended
 * when the stimulus is touched that sends it, or when whoever answers it on the edge is amended.
 */
final class AmendedNodes {
  private static final String BODY = "body";
  private static final PlanRequest.EdgeModel UNKNOWN =
      new PlanRequest.EdgeModel(List.of(), List.of());

  private final PlanRequest request;
  private final Set<String> amended = new HashSet<>();
  private final Map<String, Set<String>> oneSided = new HashMap<>();

  AmendedNodes(PlanRequest request) {
    this.request = request;
    request.steps().forEach(step -> amended.addAll(step.amended()));
    request.changes().forEach(change -> amended.add(change.provider()));
  }

  /** Whether a message between the replaying consumer and the provider is amended. */
  boolean clientNode(Scenario scenario, Stream stream, String pointer) {
    Stimulus stimulus = scenario.stimulus();
    if (pointer.isEmpty() || !stimulus.inBase()) {
      return stimulus.touched();
    }
    return request.changes().stream()
        .filter(change -> change.provider().equals(stimulus.provider()))
        .filter(change -> sameOperation(change, stimulus.operation()))
        .anyMatch(change -> concerns(change, stream, pointer));
  }

  /** Whether a node of the messages between a subject and what it calls is amended. */
  boolean upstreamNode(String edge, Stream stream, String pointer) {
    String provider = edge.substring(edge.indexOf("->") + 2);
    if (pointer.isEmpty()) {
      return amended.contains(provider);
    }
    PlanRequest.EdgeModel model = request.edges().getOrDefault(edge, UNKNOWN);
    return oneSided(edge, stream, model).contains(pointer)
        || request.changes().stream()
            .filter(change -> change.provider().equals(provider))
            .filter(change -> passes(model.before(), change) || passes(model.after(), change))
            .anyMatch(change -> concerns(change, stream, pointer));
  }

  private Set<String> oneSided(String edge, Stream stream, PlanRequest.EdgeModel model) {
    return oneSided.computeIfAbsent(
        stream + " " + edge,
        key -> {
          Set<String> before = fields(model.before(), stream);
          Set<String> after = fields(model.after(), stream);
          Set<String> one = new HashSet<>(before);
          one.addAll(after);
          before.retainAll(after);
          one.removeAll(before);
          return one;
        });
  }

  private static Set<String> fields(List<HttpInteraction> interactions, Stream stream) {
    PlanRequest.EdgeModel model = new PlanRequest.EdgeModel(interactions, interactions);
    return FieldPointers.of(model, stream).list().stream().collect(Collectors.toSet());
  }

  private static boolean passes(List<HttpInteraction> interactions, Change change) {
    return interactions.stream()
        .anyMatch(interaction -> sameOperation(change, interaction.operation()));
  }

  private static boolean sameOperation(Change change, String operation) {
    String[] changed = change.operation().split(" ", 2);
    String[] asked = operation.split(" ", 2);
    return changed.length < 2 // the whole document
        || asked.length == 2
            && changed[0].toUpperCase(Locale.ROOT).equals(asked[0].toUpperCase(Locale.ROOT))
            && (PathTemplates.normalize(changed[1]).equals(PathTemplates.normalize(asked[1]))
                || PathTemplates.matches(changed[1], asked[1]));
  }

  private static boolean concerns(Change change, Stream stream, String pointer) {
    Direction flows = stream == Stream.UPSTREAM ? Direction.REQUEST : Direction.REPLY;
    if (change.direction() != flows || !change.path().startsWith(BODY)) {
      return false;
    }
    String changed = change.path().substring(BODY.length());
    return changed.isEmpty()
        || changed.equals(pointer)
        || changed.startsWith(pointer + "/")
        || pointer.startsWith(changed + "/");
  }
}
