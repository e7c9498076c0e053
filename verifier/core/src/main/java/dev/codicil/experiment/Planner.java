package dev.codicil.experiment;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lays scenarios against the weather: every fault of every profile, on every edge where it can say
 * something about the subject. Pure: the same request gives the same plan.
 */
public final class Planner {
  private final PlanRequest request;
  private final Function<String, @Nullable FaultCard> cards;
  private final Topology topology;
  private final ClientEdge clientEdge;
  private final EdgeTargets edgeTargets;
  private final Map<String, Experiment> experiments = new LinkedHashMap<>();
  private final Map<String, Integer> notApplicable = new TreeMap<>();

  private Planner(PlanRequest request, Function<String, @Nullable FaultCard> cards) {
    this.request = request;
    this.cards = cards;
    this.topology = new Topology(request.subjects());
    this.clientEdge = new ClientEdge(request);
    this.edgeTargets = new EdgeTargets(request);
  }

  /**
   * Plans.
   *
   * @param request what can be replayed, in which weather, within which budget
   * @param cards the card of a fault by its id; null for an unknown one
   * @throws InputException when a profile names an unknown fault, or a direction it does not have
   */
  public static Plan plan(PlanRequest request, Function<String, @Nullable FaultCard> cards) {
    return new Planner(request, cards).plan();
  }

  /**
   * How many cells a plan has: each stimulus in calm in every column, each experiment in every
   * column of the steps.
   */
  public static long cells(Plan plan) {
    return (long) plan.stimuli().size() * plan.columns().size()
        + (long) plan.experiments().size() * stormColumns(plan.steps());
  }

  private static int stormColumns(Collection<Step> steps) {
    Set<String> columns = new HashSet<>();
    for (Step step : steps) {
      columns.add(step.before());
      columns.add(step.after());
    }
    return columns.size();
  }

  private Plan plan() {
    List<Scenario> scenarios = new ArrayList<>(request.scenarios());
    scenarios.sort(Comparator.comparing(scenario -> !scenario.stimulus().touched()));
    for (Scenario scenario : scenarios) {
      for (ChaosProfile profile : request.profiles()) {
        for (ChaosProfile.Entry entry : profile.entries()) {
          strike(scenario, profile, entry);
        }
      }
    }
    return withinBudget(scenarios.stream().map(Scenario::stimulus).toList());
  }

  /** Cuts from the end: storms first, and calm only when no storm is left. */
  private Plan withinBudget(List<Stimulus> stimuli) {
    List<Experiment> storms = List.copyOf(experiments.values());
    int columns = request.columns().size();
    int stormColumns = stormColumns(request.steps());
    long left = Math.max(0, request.budget());
    int calm = columns == 0 ? stimuli.size() : (int) Math.min(stimuli.size(), left / columns);
    left -= (long) calm * columns;
    int storm =
        calm < stimuli.size()
            ? 0
            : stormColumns == 0
                ? storms.size()
                : (int) Math.min(storms.size(), left / stormColumns);
    Map<String, Stimulus> byId = new HashMap<>();
    stimuli.forEach(stimulus -> byId.put(stimulus.id(), stimulus));
    List<Plan.Cut> cut = new ArrayList<>();
    for (Stimulus stimulus : stimuli.subList(calm, stimuli.size())) {
      cut.add(
          new Plan.Cut(stimulus.id(), stimulus.id(), label(stimulus), stimulus.touched(), columns));
    }
    for (Experiment experiment : storms.subList(storm, storms.size())) {
      Stimulus stimulus = byId.get(experiment.stimulus());
      if (stimulus != null) {
        cut.add(
            new Plan.Cut(
                experiment.id(),
                stimulus.id(),
                label(stimulus) + " under " + experiment.faults().label(),
                stimulus.touched(),
                stormColumns));
      }
    }
    return new Plan(
        request.seed(),
        request.columns(),
        request.steps(),
        stimuli.subList(0, calm),
        storms.subList(0, storm),
        notApplicable,
        cut,
        request.notReplayed());
  }

  private static String label(Stimulus stimulus) {
    return stimulus.kind() == Stimulus.Kind.PROBE
        ? stimulus.provider() + ": " + stimulus.name()
        : stimulus.consumer() + " -> " + stimulus.provider() + ": " + stimulus.name();
  }

  private void strike(Scenario scenario, ChaosProfile profile, ChaosProfile.Entry entry) {
    FaultCard card = card(profile, entry);
    Stream stream = stream(card, entry);
    if (scenario.stimulus().stubbed()) {
      skip("played by a stub, which has no resilience to judge");
      return;
    }
    boolean probe = scenario.stimulus().kind() == Stimulus.Kind.PROBE;
    List<String> upstreams = topology.edgesFrom(scenario.stimulus().provider());
    switch (entry.edges()) {
      case CONSUMER -> {
        if (probe) {
          skip("a probe is struck on the edges behind its subject");
        } else {
          client(scenario, profile, entry, card, stream);
        }
      }
      case UPSTREAM -> {
        if (upstreams.isEmpty()) {
          skip("the subject calls nobody");
        }
        upstreams.forEach(edge -> upstream(scenario, profile, entry, card, stream, edge));
      }
      case ANY -> {
        if (!probe) {
          client(scenario, profile, entry, card, stream);
        }
        upstreams.forEach(edge -> upstream(scenario, profile, entry, card, stream, edge));
      }
    }
  }

  private FaultCard card(ChaosProfile profile, ChaosProfile.Entry entry) {
    FaultCard card = cards.apply(entry.fault());
    if (card == null) {
      throw new InputException(
          entry.location(),
          "profile '" + profile.name() + "' names the unknown fault '" + entry.fault() + "'",
          "");
    }
    return card;
  }

  private static Stream stream(FaultCard card, ChaosProfile.Entry entry) {
    Stream asked = entry.stream();
    if (asked == null) {
      return card.streams().stream().findFirst().orElse(Stream.DOWNSTREAM);
    }
    if (!card.streams().contains(asked)) {
      throw new InputException(
          entry.location(),
          "fault '"
              + card.id()
              + "' does not act on "
              + (asked == Stream.UPSTREAM ? "requests (upstream)" : "replies (downstream)"),
          "leave out the stream to take the fault's own");
    }
    return asked;
  }

  private void client(
      Scenario scenario,
      ChaosProfile profile,
      ChaosProfile.Entry entry,
      FaultCard card,
      Stream stream) {
    HttpInteraction interaction = scenario.interaction();
    if (interaction == null) {
      skip("a scenario without an interaction has no consumer edge");
      return;
    }
    ClientEdge.Strikes strikes = clientEdge.strikes(scenario, interaction, card, stream, entry);
    strikes.notApplicable().forEach(this::skip);
    String edge = Subject.clientEdge(scenario.stimulus().provider());
    for (ClientEdge.Strike strike : strikes.list()) {
      add(scenario, profile, card, edge, stream, strike.target(), strike.fit());
    }
  }

  private void upstream(
      Scenario scenario,
      ChaosProfile profile,
      ChaosProfile.Entry entry,
      FaultCard card,
      Stream stream,
      String edge) {
    if (card.id().equals(ClientEdge.REORDER)) {
      skip("reorder needs two named exchanges, and a subject's own calls have no names");
      return;
    }
    PlanRequest.EdgeModel model =
        request.edges().getOrDefault(edge, new PlanRequest.EdgeModel(List.of(), List.of()));
    Targets targets = edgeTargets.of(card, entry.parameters(), stream, edge, model, "");
    targets.notApplicable().forEach(this::skip);
    for (Targets.Target target : targets.list()) {
      add(scenario, profile, card, edge, stream, target, Experiment.RequestFit.UNTOUCHED);
    }
  }

  private void add(
      Scenario scenario,
      ChaosProfile profile,
      FaultCard card,
      String edge,
      Stream stream,
      Targets.Target target,
      Experiment.RequestFit fit) {
    PlannedFault planned =
        PlannedFault.of(card, edge, stream, target.parameters(), target.derived());
    FaultSet faults = new FaultSet(profile.name(), List.of(planned));
    String stimulus = scenario.stimulus().id();
    String id = Fingerprints.of(stimulus, faults.label());
    Experiment.ReplyFit reply = Experiment.ReplyFit.of(card, stream, edge, target.fit());
    // Two profiles may ask for the same fault; it strikes once, under the first one's name.
    experiments.putIfAbsent(id, new Experiment(id, stimulus, faults, fit, reply));
  }

  private void skip(String reason) {
    notApplicable.merge(reason, 1, Integer::sum);
  }
}
