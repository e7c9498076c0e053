package dev.codicil.experiment;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultCard.Fit;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Aims faults at the messages between a subject and what it calls. */
final class EdgeTargets {
  /**
   * Statuses by kind that IANA's registry leaves unassigned, so that few contracts declare them.
   */
  private static final Map<String, List<Integer>> STATUSES =
      new TreeMap<>(
          Map.of(
              "success", List.of(209, 219, 299),
              "client-error", List.of(419, 452, 499),
              "server-error", List.of(509, 530, 599)));

  private final PlanRequest request;
  private final Topology topology;
  private final FleetTargets fleet;
  private final MonkeyTargets monkey;
  private final Map<Key, FieldPointers> fields = new HashMap<>();

  private record Key(String edge, Stream stream, String part) {}

  EdgeTargets(PlanRequest request) {
    this.request = request;
    this.topology = new Topology(request.subjects());
    this.fleet = new FleetTargets(topology);
    this.monkey = new MonkeyTargets(topology);
  }

  /**
   * All ways in which a fault strikes an edge.
   *
   * @param written parameters as the profile has them
   * @param edge id of the edge
   * @param model what contracts say about the edge, or about the part of it that is asked about
   * @param part name of that part; empty for the whole
   */
  Targets of(
      FaultCard card,
      Parameters written,
      Stream stream,
      String edge,
      PlanRequest.EdgeModel model,
      String part) {
    return switch (card.aim()) {
      case MESSAGE -> Targets.one(written, Set.of(), whole(card));
      case AMENDED_PROVIDER ->
          amended(edge)
              ? Targets.one(written, Set.of(), whole(card))
              : Targets.none(card.id() + " needs an edge whose provider is amended");
      case TLS_EDGE ->
          topology.tls(edge)
              ? Targets.one(written, Set.of(), whole(card))
              : Targets.none(
                  card.id() + " needs an edge that speaks TLS: an upstream with 'tls: true'");
      case NAMED_EDGE ->
          topology.named(edge)
              ? Targets.one(written, Set.of(), whole(card))
              : Targets.none(
                  card.id() + " needs a subject that calls its upstream as {upstream.NAME.named}");
      case AMENDED_REPLY -> AmendedReplies.targets(request.changes(), written, edge);
      case NODE, FLEET, CALLER_NODE -> fleet.upstream(card, written, edge);
      case MONKEY -> monkey.upstream(card, written, edge);
      case ZONE, WORLD, SEQUENCE -> Targets.none(card.id() + " strikes no edge");
      case UNDECLARED_STATUS -> statuses(card, written, edge, interactions(model));
      case HEADER ->
          headers(
              card,
              written,
              declaredHeaders(interactions(model), stream),
              "no contract describes such a header on " + edge);
      default -> inBody(card, written, stream, edge, model, part);
    };
  }

  private static Fit whole(FaultCard card) {
    return card.fit() == Fit.BY_TARGET ? Fit.OUT_OF_CONTRACT : card.fit();
  }

  private boolean amended(String edge) {
    return request.steps().stream()
        .flatMap(step -> step.amended().stream())
        .anyMatch(name -> edge.endsWith("->" + name));
  }

  private Targets inBody(
      FaultCard card,
      Parameters written,
      Stream stream,
      String edge,
      PlanRequest.EdgeModel model,
      String part) {
    FieldPointers known =
        fields.computeIfAbsent(new Key(edge, stream, part), key -> FieldPointers.of(model, stream));
    Targets targets =
        FieldTargets.aim(card, written, known, pointer -> true, stream, request.seed());
    List<String> reasons = new ArrayList<>(targets.notApplicable());
    if (known.isCut()) {
      reasons.add("more fields on " + edge + " than are struck one by one");
    }
    if (targets.list().isEmpty() && targets.notApplicable().isEmpty()) {
      reasons.add("no contract describes such a field on " + edge);
    }
    return new Targets(targets.list(), reasons);
  }

  private static List<HttpInteraction> interactions(PlanRequest.EdgeModel model) {
    List<HttpInteraction> all = new ArrayList<>(model.before());
    all.addAll(model.after());
    return all;
  }

  private Targets statuses(
      FaultCard card, Parameters written, String edge, List<HttpInteraction> interactions) {
    List<Response> declared =
        interactions.stream().flatMap(interaction -> interaction.responses().stream()).toList();
    if (declared.isEmpty()) {
      return Targets.none("no contract describes the replies on " + edge);
    }
    if (written.text("status").isPresent()) {
      return Targets.one(written, Set.of(), Fit.OUT_OF_CONTRACT);
    }
    Dice dice = Dice.of(request.seed(), edge, 0, card.id());
    List<Targets.Target> list = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    STATUSES.forEach(
        (kind, statuses) -> {
          if (!written.text("class").map(kind::equals).orElse(true)) {
            return;
          }
          List<Integer> free =
              statuses.stream()
                  .filter(status -> declared.stream().noneMatch(one -> one.covers(status)))
                  .toList();
          if (free.isEmpty()) {
            reasons.add(card.id() + ": every status of a " + kind + " is declared on " + edge);
          } else {
            int status = free.get(dice.below(free.size(), kind));
            list.add(
                new Targets.Target(
                    written.with("class", kind).with("status", Integer.toString(status)),
                    Set.of("status"),
                    Fit.OUT_OF_CONTRACT));
          }
        });
    return new Targets(list, reasons);
  }

  /** Headers by name, in lower case, and whether somebody requires them. */
  static Map<String, Boolean> declaredHeaders(List<HttpInteraction> interactions, Stream stream) {
    Map<String, Boolean> declared = new TreeMap<>();
    for (HttpInteraction interaction : interactions) {
      List<Parameter> headers =
          stream == Stream.UPSTREAM
              ? interaction.parameters()
              : interaction.responses().stream()
                  .flatMap(response -> response.headers().stream())
                  .toList();
      for (Parameter header : headers) {
        if (header.in() == Parameter.In.HEADER) {
          declared.merge(
              header.name().toLowerCase(Locale.ROOT), header.required(), Boolean::logicalOr);
        }
      }
    }
    return declared;
  }

  /** One way for each header, or for the one that the profile names. */
  static Targets headers(
      FaultCard card, Parameters written, Map<String, Boolean> declared, String nothing) {
    Optional<String> chosen = written.text("header").map(header -> header.toLowerCase(Locale.ROOT));
    if (chosen.isPresent()) {
      // Nobody described it: to leave it out breaks nothing.
      boolean required = declared.getOrDefault(chosen.get(), false);
      return Targets.one(written, Set.of(), required ? Fit.OUT_OF_CONTRACT : Fit.IN_CONTRACT);
    }
    List<Targets.Target> list = new ArrayList<>();
    declared.forEach(
        (header, required) ->
            list.add(
                new Targets.Target(
                    written.with("header", header),
                    Set.of(),
                    required ? Fit.OUT_OF_CONTRACT : Fit.IN_CONTRACT)));
    return list.isEmpty() ? Targets.none(nothing) : new Targets(list, List.of());
  }
}
