package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What may strike between the replaying consumer and the provider. The consumer is synthetic there,
 * so only what the provider could answer better or worse means something.
 */
final class ClientEdge {
  static final String REORDER = "reorder";
  private static final Set<String> BEYOND_THE_PROVIDER = Set.of("latency", "reset");

  private final PlanRequest request;
  private final ReorderPairs pairs;
  private final Map<String, List<HttpInteraction>> documents = new HashMap<>();

  ClientEdge(PlanRequest request) {
    this.request = request;
    this.pairs = new ReorderPairs(request.scenarios());
  }

  /**
   * One way to strike.
   *
   * @param parameters aimed, without defaults
   * @param fit what it does to the request
   */
  record Strike(Parameters parameters, Experiment.RequestFit fit) {}

  /**
   * All ways to strike, or why there is none.
   *
   * @param notApplicable reasons
   */
  record Strikes(List<Strike> list, List<String> notApplicable) {
    static Strikes none(String reason) {
      return new Strikes(List.of(), List.of(reason));
    }

    static Strikes untouched(Parameters parameters) {
      return new Strikes(
          List.of(new Strike(parameters, Experiment.RequestFit.UNTOUCHED)), List.of());
    }
  }

  Strikes strikes(
      Scenario scenario,
      HttpInteraction interaction,
      FaultCard card,
      Stream stream,
      ChaosProfile.Entry entry) {
    Parameters parameters = entry.parameters();
    if (card.id().equals(REORDER)) {
      ReorderPairs.Partner partner = pairs.partner(scenario, parameters);
      return partner
          .id()
          .map(
              second ->
                  Strikes.untouched(
                      parameters.with("first", scenario.stimulus().id()).with("second", second)))
          .orElseGet(() -> Strikes.none(partner.reason()));
    }
    if (card.content()) {
      return stream == Stream.DOWNSTREAM
          ? Strikes.none("reply content needs a real consumer")
          : requestContent(scenario, interaction, card, parameters);
    }
    return stream == Stream.DOWNSTREAM || BEYOND_THE_PROVIDER.contains(card.id())
        ? Strikes.none("the provider could not do better")
        : Strikes.untouched(parameters);
  }

  private Strikes requestContent(
      Scenario scenario, HttpInteraction interaction, FaultCard card, Parameters parameters) {
    HttpRequest sent = scenario.request();
    if (!card.targetsField()) {
      return card.needsBody() && sent.body().isEmpty()
          ? Strikes.none("the request has no body")
          : new Strikes(
              List.of(new Strike(parameters, Experiment.RequestFit.OUT_OF_CONTRACT)), List.of());
    }
    Optional<JsonNode> body = sent.body().json();
    FieldPointers fields = body.map(FieldPointers::of).orElse(null);
    if (fields == null || fields.list().isEmpty()) {
      return Strikes.none("the request has no body with fields");
    }
    List<Strike> list = new ArrayList<>();
    for (Parameters aimed : FieldTargets.aim(card, parameters, fields.list())) {
      String pointer = FieldTargets.pointer(card, aimed);
      list.add(
          new Strike(
              aimed,
              RequestFits.of(
                  card, pointer, sent, interaction, documents(scenario.stimulus().provider()))));
    }
    if (list.isEmpty()) {
      return Strikes.none("the request does not have the field that the profile names");
    }
    return new Strikes(
        list,
        fields.isCut()
            ? List.of("more fields in the request than are struck one by one")
            : List.of());
  }

  /** Operations of the provider's own base documents. */
  private List<HttpInteraction> documents(String provider) {
    return documents.computeIfAbsent(
        provider,
        name -> {
          List<HttpInteraction> operations = new ArrayList<>();
          PlanRequest.EdgeModel model = request.edges().get(Subject.clientEdge(name));
          if (model != null) {
            operations.addAll(model.before());
          }
          request.scenarios().stream()
              .filter(scenario -> scenario.stimulus().provider().equals(name))
              .filter(scenario -> scenario.stimulus().inBase())
              .map(Scenario::interaction)
              .filter(Objects::nonNull)
              .forEach(operations::add);
          operations.removeIf(operation -> operation.style() != HttpInteraction.Style.BY_SCHEMA);
          return List.copyOf(operations);
        });
  }
}
