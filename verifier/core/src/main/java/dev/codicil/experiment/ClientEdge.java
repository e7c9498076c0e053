package dev.codicil.experiment;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultCard.Fit;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.SeenFields;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  private final PlanRequest request;
  private final ReorderPairs pairs;
  private final FleetTargets fleet;
  private final MonkeyTargets monkey;
  private final Map<String, List<HttpInteraction>> documents = new HashMap<>();

  ClientEdge(PlanRequest request) {
    this.request = request;
    this.pairs = new ReorderPairs(request.scenarios());
    Topology topology = new Topology(request.subjects());
    this.fleet = new FleetTargets(topology);
    this.monkey = new MonkeyTargets(topology);
  }

  /**
   * One way to strike.
   *
   * @param target aimed
   * @param fit what it does to the request
   */
  record Strike(Targets.Target target, Experiment.RequestFit fit) {
    static Strike of(Targets.Target target) {
      return new Strike(
          target,
          switch (target.fit()) {
            case UNTOUCHED -> Experiment.RequestFit.UNTOUCHED;
            case IN_CONTRACT -> Experiment.RequestFit.IN_CONTRACT;
            case OUT_OF_CONTRACT, BY_TARGET -> Experiment.RequestFit.OUT_OF_CONTRACT;
          });
    }
  }

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
          List.of(Strike.of(new Targets.Target(parameters, Set.of(), Fit.UNTOUCHED))), List.of());
    }

    static Strikes of(Targets targets) {
      return new Strikes(targets.list().stream().map(Strike::of).toList(), targets.notApplicable());
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
    if (FleetTargets.concerns(card)) {
      String edge = Subject.clientEdge(scenario.stimulus().provider());
      return Strikes.of(fleet.client(card, parameters, edge, scenario));
    }
    if (MonkeyTargets.concerns(card)) {
      String edge = Subject.clientEdge(scenario.stimulus().provider());
      return Strikes.of(monkey.client(card, parameters, edge));
    }
    if (card.content()) {
      return stream == Stream.DOWNSTREAM
          ? Strikes.none("reply content needs a real consumer")
          : requestContent(scenario, interaction, card, stream, parameters);
    }
    return stream == Stream.DOWNSTREAM || beyondTheProvider(card)
        ? Strikes.none("the provider could not do better")
        : Strikes.untouched(parameters);
  }

  /** A late or lost request, or another node, is no fault of the one that is asked. */
  private static boolean beyondTheProvider(FaultCard card) {
    return switch (card.layer()) {
      case WIRE -> card.fit() != Fit.IN_CONTRACT; // pieces of a request have to be put together
      case AMENDMENT -> true;
      case CONTRACT, HTTP, CREDENTIAL -> false;
      case WORLD, BROKER -> true;
      case NODE, APPLICATION -> true; // see FleetTargets and MonkeyTargets
    };
  }

  private Strikes requestContent(
      Scenario scenario,
      HttpInteraction interaction,
      FaultCard card,
      Stream stream,
      Parameters parameters) {
    HttpRequest sent = scenario.request();
    List<HttpInteraction> known = documents(scenario.stimulus().provider());
    return switch (card.aim()) {
      case MESSAGE,
          AMENDED_PROVIDER,
          AMENDED_REPLY,
          TLS_EDGE,
          NAMED_EDGE,
          NODE,
          FLEET,
          MONKEY,
          CALLER_NODE,
          ZONE,
          WORLD,
          SEQUENCE,
          UNDECLARED_STATUS ->
          card.needsBody() && sent.body().isEmpty()
              ? Strikes.none("the request has no body")
              : Strikes.of(Targets.one(parameters, Set.of(), Fit.OUT_OF_CONTRACT));
      case HEADER -> header(card, parameters, sent, described(known, sent, interaction));
      case FIELD -> field(card, parameters, sent, interaction, known);
      default -> place(card, stream, parameters, sent, interaction, known);
    };
  }

  private static HttpInteraction described(
      List<HttpInteraction> known, HttpRequest sent, HttpInteraction interaction) {
    return JoinedExpectation.operation(known, sent).orElse(interaction);
  }

  private static Strikes header(
      FaultCard card, Parameters parameters, HttpRequest sent, HttpInteraction operation) {
    Map<String, Boolean> declared =
        EdgeTargets.declaredHeaders(List.of(operation), Stream.UPSTREAM);
    declared.keySet().removeIf(header -> sent.headers().all(header).isEmpty());
    return Strikes.of(
        EdgeTargets.headers(
            card, parameters, declared, "the request has no header that its contract describes"));
  }

  /** Any field of the request, described or not. */
  private static Strikes field(
      FaultCard card,
      Parameters parameters,
      HttpRequest sent,
      HttpInteraction interaction,
      List<HttpInteraction> known) {
    FieldPointers fields = sent.body().json().map(FieldPointers::of).orElse(null);
    if (fields == null || fields.list().isEmpty()) {
      return Strikes.none("the request has no body with fields");
    }
    List<Strike> list = new ArrayList<>();
    Targets targets =
        FieldTargets.aim(card, parameters, fields, pointer -> true, Stream.UPSTREAM, 0);
    for (Targets.Target target : targets.list()) {
      String pointer = FieldTargets.pointer(card, target.parameters());
      list.add(new Strike(target, RequestFits.of(card, pointer, sent, interaction, known)));
    }
    if (list.isEmpty()) {
      return Strikes.none("the request does not have the field that the profile names");
    }
    return new Strikes(list, cut(fields));
  }

  private static List<String> cut(FieldPointers fields) {
    return fields.isCut()
        ? List.of("more fields in the request than are struck one by one")
        : List.of();
  }

  /** What is described of the request, by the provider's document where it knows the operation. */
  private Strikes place(
      FaultCard card,
      Stream stream,
      Parameters parameters,
      HttpRequest sent,
      HttpInteraction interaction,
      List<HttpInteraction> known) {
    Optional<Shape> shape = RequestFits.bodyShape(sent, interaction, known);
    if (sent.body().json().isEmpty() || shape.isEmpty()) {
      return Strikes.none("the request has no body that a contract describes");
    }
    Set<String> there = new HashSet<>(SeenFields.pointers(sent.body()));
    there.add("");
    FieldPointers fields = FieldPointers.of(shape.get(), stream);
    Targets targets =
        FieldTargets.aim(card, parameters, fields, there::contains, stream, request.seed());
    List<String> reasons = new ArrayList<>(targets.notApplicable());
    reasons.addAll(cut(fields));
    if (targets.list().isEmpty() && targets.notApplicable().isEmpty()) {
      reasons.add("the request has no field of the kind that " + card.id() + " strikes");
    }
    return Strikes.of(new Targets(targets.list(), reasons));
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
