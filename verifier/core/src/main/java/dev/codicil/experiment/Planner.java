package dev.codicil.experiment;

import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Match;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lays scenarios against the weather: every fault of every profile, on every edge where it can say
 * something about the subject. Systematic: amended nodes of what the amendment touches come first,
 * then the rest of that, then what it does not touch, then declared combinations of faults, and
 * last what was made to show changes; a budget cuts from the end. Pure: the same request gives the
 * same plan.
 */
public final class Planner {
  private final PlanRequest request;
  private final Function<String, @Nullable FaultCard> cards;
  private final Topology topology;
  private final ClientEdge clientEdge;
  private final EdgeTargets edgeTargets;
  private final MessageTargets messageTargets;
  private final Map<String, Experiment> experiments = new LinkedHashMap<>();
  private final Map<String, Rank> ranks = new HashMap<>();
  private final Map<String, Integer> notApplicable = new TreeMap<>();
  private final Set<String> striking = new HashSet<>();
  private final NodeBook nodes;
  private final FleetTargets fleet;

  private static final PlanRequest.EdgeModel NO_CONTRACT =
      new PlanRequest.EdgeModel(List.of(), List.of());

  /** In which order experiments are planned. */
  private enum Rank {
    AMENDED_NODE,
    TOUCHED,
    UNTOUCHED,
    COMBINATION
  }

  /**
   * One way in which an entry of a profile strikes a scenario.
   *
   * @param fit what it does to the replayed request
   * @param reply what it does to the replies that the subject gets
   */
  record Strike(
      FaultCard card, PlannedFault fault, Experiment.RequestFit fit, Experiment.ReplyFit reply) {}

  private Planner(PlanRequest request, Function<String, @Nullable FaultCard> cards) {
    this.request = request;
    this.cards = cards;
    this.topology = new Topology(request.subjects());
    this.clientEdge = new ClientEdge(request);
    this.edgeTargets = new EdgeTargets(request);
    this.messageTargets = new MessageTargets(request);
    this.nodes = new NodeBook(new AmendedNodes(request));
    this.fleet = new FleetTargets(topology);
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
    scenarios.sort(
        Comparator.comparing((Scenario scenario) -> scenario.stimulus().witness())
            .thenComparing(scenario -> !scenario.stimulus().touched()));
    for (Scenario scenario : scenarios) {
      for (ChaosProfile profile : request.profiles()) {
        profile.entries().forEach(entry -> single(scenario, profile, entry));
        profile.combinations().forEach(many -> combined(scenario, profile, many));
      }
      amendedReplies(scenario);
    }
    return withinBudget(scenarios.stream().map(Scenario::stimulus).toList());
  }

  /**
   * Cuts from the end: storms first, and calm only when no storm is left. What was made to show
   * changes takes only what the declared leave over.
   */
  private Plan withinBudget(List<Stimulus> stimuli) {
    Map<String, Stimulus> byId = new HashMap<>();
    stimuli.forEach(stimulus -> byId.put(stimulus.id(), stimulus));
    List<Experiment> storms = new ArrayList<>(experiments.values());
    storms.sort(Comparator.comparing(storm -> ranks.getOrDefault(storm.id(), Rank.COMBINATION)));
    int columns = request.columns().size();
    int stormColumns = stormColumns(request.steps());
    Budget budget = new Budget(request.budget());
    List<Stimulus> calm = new ArrayList<>();
    List<Experiment> planned = new ArrayList<>();
    List<Plan.Cut> cut = new ArrayList<>();
    for (boolean witnesses : new boolean[] {false, true}) {
      for (Stimulus stimulus : stimuli) {
        if (stimulus.witness() != witnesses) {
          continue;
        }
        if (budget.takes(columns)) {
          calm.add(stimulus);
        } else {
          cut.add(cut(stimulus.id(), stimulus, label(stimulus), columns));
        }
      }
      for (Experiment experiment : storms) {
        Stimulus stimulus = byId.get(experiment.stimulus());
        if (stimulus == null || stimulus.witness() != witnesses) {
          continue;
        }
        if (budget.takes(stormColumns)) {
          planned.add(experiment);
        } else {
          String label = label(stimulus) + " under " + experiment.label();
          cut.add(cut(experiment.id(), stimulus, label, stormColumns));
        }
      }
    }
    return new Plan(
        request.seed(),
        request.columns(),
        request.steps(),
        calm,
        planned,
        notApplicable,
        cut,
        request.notReplayed(),
        nodes.nodes(planned.stream().map(Experiment::id).collect(Collectors.toSet())),
        idle(),
        aborts());
  }

  /** A witness is nobody's declared interaction: without it, its change stays on paper. */
  private static Plan.Cut cut(String id, Stimulus stimulus, String label, int cells) {
    return new Plan.Cut(id, stimulus.id(), label, stimulus.touched() && !stimulus.witness(), cells);
  }

  /** Cells that are left; after the first that does not fit, nothing fits. */
  private static final class Budget {
    private long left;

    Budget(int cells) {
      left = Math.max(0, cells);
    }

    boolean takes(int cells) {
      left = cells > left ? -1 : left - cells;
      return left >= 0;
    }
  }

  /** Entries that strike nothing anywhere: most often a name in them is misspelled. */
  private List<String> idle() {
    if (request.scenarios().stream().allMatch(scenario -> scenario.stimulus().stubbed())) {
      return List.of(); // nothing can be struck, whatever the entry
    }
    return request.profiles().stream()
        .flatMap(profile -> profile.all().stream())
        .filter(entry -> !striking.contains(entry.location().toString()))
        .map(entry -> entry.location() + ": " + entry.fault())
        .distinct()
        .toList();
  }

  private Map<String, AbortRule> aborts() {
    Map<String, AbortRule> aborts = new TreeMap<>();
    for (ChaosProfile profile : request.profiles()) {
      if (!profile.abort().never()) {
        aborts.put(profile.name(), profile.abort());
      }
    }
    return aborts;
  }

  private static String label(Stimulus stimulus) {
    return stimulus.ofConsumer()
        ? stimulus.provider() + ": " + stimulus.name()
        : stimulus.consumer() + " -> " + stimulus.provider() + ": " + stimulus.name();
  }

  private void single(Scenario scenario, ChaosProfile profile, ChaosProfile.Entry entry) {
    if (!bears(scenario, entry.load())) {
      return;
    }
    for (Strike strike : strikes(scenario, profile, entry, this::skip)) {
      if (!spends(scenario, entry, strike)) {
        striking.add(entry.location().toString());
        continue;
      }
      String id = add(scenario, profile, List.of(strike), entry.load());
      boolean amended =
          !scenario.stimulus().witness() // its operation's own replay has these nodes
              && strike.card().aim() != FaultCard.Aim.AMENDED_REPLY
              && strike.card().aim() != FaultCard.Aim.WORLD // strikes no node of a contract
              && !ofServices(strike.card())
              && scenario.messages() == null // nor do messages: what they say is a script
              && nodes.note(scenario, strike.card(), strike.fault(), id);
      boolean touched = scenario.stimulus().touched();
      Rank rank = touched ? amended ? Rank.AMENDED_NODE : Rank.TOUCHED : Rank.UNTOUCHED;
      rank(id, rank);
      rankCalm(scenario, profile, entry.load(), rank);
      striking.add(entry.location().toString());
    }
  }

  /**
   * A service that is struck itself takes seconds to come back, so an operation is struck so once
   * on each edge, whoever relies on it; and what was made to show a change is not.
   */
  private boolean spends(Scenario scenario, ChaosProfile.Entry entry, Strike strike) {
    if (!ofServices(strike.card())) {
      return true;
    }
    if (scenario.stimulus().witness()) {
      skip("a service is not struck itself for a request that was made to show a change");
      return false;
    }
    String place = entry.location() + " " + strike.fault().edge();
    if (!fleet.first(place + " " + scenario.stimulus().provider(), scenario)) {
      skip("another replay of the same operation strikes the service itself");
      return false;
    }
    return true;
  }

  /** Whether a fault strikes a service, on whatever edge it is called, and no message. */
  private static boolean ofServices(FaultCard card) {
    return FleetTargets.concerns(card) || MonkeyTargets.concerns(card);
  }

  /** What only the amended document allows a reply to say is planned whatever the profiles are. */
  private void amendedReplies(Scenario scenario) {
    if (cards.apply(AmendedReplies.ENTRY.fault()) == null) {
      return;
    }
    for (Strike strike :
        strikes(scenario, AmendedReplies.PROFILE, AmendedReplies.ENTRY, reason -> {})) {
      rank(add(scenario, AmendedReplies.PROFILE, List.of(strike), null), Rank.AMENDED_NODE);
    }
  }

  private void rank(String id, Rank rank) {
    ranks.merge(id, rank, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  /** Without its calm no storm under load can be judged, so a budget cuts calm last. */
  private void rankCalm(Scenario scenario, ChaosProfile profile, @Nullable Load load, Rank rank) {
    if (load != null) {
      rank(Experiment.calmUnder(load, scenario.stimulus().id(), profile.name()).id(), rank);
    }
  }

  /** Whether a scenario may be replayed again and again, where that is asked for. */
  private boolean bears(Scenario scenario, @Nullable Load load) {
    String method = scenario.request().method();
    if (load != null && scenario.messages() != null) {
      skip("messages are not held under a load");
      return false;
    }
    if (load == null || scenario.stimulus().stubbed() || load.repeats(method)) {
      return true; // what a stub plays is skipped for its own reason
    }
    skip("a load repeats requests, and the profile does not say that " + method + " may be");
    return false;
  }

  private void combined(Scenario scenario, ChaosProfile profile, ChaosProfile.Combination many) {
    if (!bears(scenario, many.load())) {
      return;
    }
    List<List<Strike>> each = new ArrayList<>();
    for (ChaosProfile.Entry entry : many.entries()) {
      each.add(strikes(scenario, profile, entry, reason -> {}));
    }
    Combinations combinations = Combinations.of(many.kind(), each);
    if (combinations.list().isEmpty()) {
      skip(
          many.kind() == ChaosProfile.Combination.Kind.PHASES
              ? "one of the phases strikes nothing on the edge of the others"
              : "one of the faults that strike together strikes nothing");
    }
    if (combinations.isCut()) {
      skip("more combinations of fields and edges than are struck one by one");
    }
    for (List<Strike> strikes : combinations.list()) {
      ranks.putIfAbsent(add(scenario, profile, strikes, many.load()), Rank.COMBINATION);
      rankCalm(scenario, profile, many.load(), Rank.COMBINATION);
      many.entries().forEach(entry -> striking.add(entry.location().toString()));
    }
  }

  /** All ways in which an entry strikes a scenario; why it does not is told to {@code skipped}. */
  private List<Strike> strikes(
      Scenario scenario, ChaosProfile profile, ChaosProfile.Entry entry, Consumer<String> skipped) {
    FaultCard card = card(profile, entry);
    Stream stream = stream(card, entry);
    List<Strike> strikes = new ArrayList<>();
    if (scenario.stimulus().stubbed()) {
      skipped.accept("played by a stub, which has no resilience to judge");
      return strikes;
    }
    String unable = request.unable().get(card.id());
    if (unable != null) {
      skipped.accept(card.id() + " " + unable);
      return strikes;
    }
    boolean probe = scenario.stimulus().ofConsumer();
    String provider = scenario.stimulus().provider();
    BlastRadius radius = profile.radius();
    if (!radius.reachesConsumer(probe ? provider : scenario.stimulus().consumer())) {
      skipped.accept("outside the profile's blast radius");
      return strikes;
    }
    MessageScript script = scenario.messages();
    if (card.aim() == FaultCard.Aim.SEQUENCE) {
      if (script == null) {
        skipped.accept("a fault on messages strikes no request");
      } else {
        messageTargets.strikes(scenario, script, card, entry, radius, skipped, strikes);
      }
      return strikes;
    }
    if (!card.aim().ofEdge()) {
      String edge = Subject.clientEdge(provider);
      if (radius.reachesEdge(edge)) {
        Targets around =
            card.aim() == FaultCard.Aim.ZONE
                ? fleet.zone(card, entry.parameters(), provider)
                : Targets.one(entry.parameters(), Set.of(), FaultCard.Fit.UNTOUCHED);
        around.notApplicable().forEach(skipped);
        for (Targets.Target target : around.list()) {
          strikes.add(strike(card, stream, edge, target, Experiment.RequestFit.UNTOUCHED));
        }
      } else {
        skipped.accept("outside the profile's blast radius");
      }
      return strikes;
    }
    if (script != null && MonkeyTargets.concerns(card)) {
      skipped.accept("a Chaos Monkey is set on what handles requests, not on who reads messages");
      return strikes;
    }
    List<String> upstreams = new ArrayList<>(topology.edgesFrom(provider));
    if (script != null && card.aim().inBody() && stream == Stream.DOWNSTREAM) {
      script.topics().forEach(topic -> upstreams.add(Listening.edge(topic, provider)));
    }
    boolean toClient = entry.edges() != ChaosProfile.Edges.UPSTREAM;
    if (toClient && probe && entry.edges() == ChaosProfile.Edges.CONSUMER) {
      skipped.accept("a probe is struck on the edges behind its subject");
    } else if (toClient && !probe) {
      if (radius.reachesEdge(Subject.clientEdge(provider))) {
        client(scenario, entry, card, stream, skipped, strikes);
      } else {
        skipped.accept("outside the profile's blast radius");
      }
    }
    if (entry.edges() != ChaosProfile.Edges.CONSUMER) {
      if (upstreams.isEmpty() && entry.edges() == ChaosProfile.Edges.UPSTREAM) {
        skipped.accept("the subject calls nobody");
      }
      for (String edge : upstreams) {
        if (radius.reachesEdge(edge)) {
          upstream(entry, card, stream, edge, skipped, strikes);
        } else {
          skipped.accept("outside the profile's blast radius");
        }
      }
    }
    Conditions asked = entry.conditions().atMost(radius.exchanges());
    Conditions conditions = card.aim() == FaultCard.Aim.NODE ? asked.once() : asked;
    strikes.replaceAll(
        strike ->
            new Strike(
                strike.card(),
                strike.fault().when(narrowed(strike.fault(), conditions)),
                strike.fit(),
                strike.reply()));
    return strikes;
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
      ChaosProfile.Entry entry,
      FaultCard card,
      Stream stream,
      Consumer<String> skipped,
      List<Strike> into) {
    HttpInteraction interaction = scenario.interaction();
    if (interaction == null) {
      skipped.accept("a scenario without an interaction has no consumer edge");
      return;
    }
    if (!entry
        .conditions()
        .match()
        .admits(scenario.request().method(), scenario.request().path())) {
      skipped.accept("the profile asks for another operation");
      return;
    }
    ClientEdge.Strikes strikes = clientEdge.strikes(scenario, interaction, card, stream, entry);
    strikes.notApplicable().forEach(skipped);
    String edge = Subject.clientEdge(scenario.stimulus().provider());
    for (ClientEdge.Strike strike : strikes.list()) {
      into.add(strike(card, stream, edge, strike.target(), strike.fit()));
    }
  }

  private void upstream(
      ChaosProfile.Entry entry,
      FaultCard card,
      Stream stream,
      String edge,
      Consumer<String> skipped,
      List<Strike> into) {
    if (card.id().equals(ClientEdge.REORDER)) {
      skipped.accept("reorder needs two named exchanges, and a subject's own calls have no names");
      return;
    }
    if (topology.tcp(edge) && !strikesBytes(entry, card, edge, skipped)) {
      return;
    }
    PlanRequest.EdgeModel model = model(edge, Match.ANY);
    PlanRequest.EdgeModel matched = model(edge, entry.conditions().match());
    if (matched.isEmpty() && !model.isEmpty()) {
      skipped.accept("no contract describes such an operation on " + edge);
      return;
    }
    Match match = entry.conditions().match();
    Targets targets =
        edgeTargets.of(
            card,
            entry.parameters(),
            stream,
            edge,
            matched,
            match.equals(Match.ANY) ? "" : match.label());
    targets.notApplicable().forEach(skipped);
    for (Targets.Target target : targets.list()) {
      into.add(strike(card, stream, edge, target, Experiment.RequestFit.UNTOUCHED));
    }
  }

  private static boolean strikesBytes(
      ChaosProfile.Entry entry, FaultCard card, String edge, Consumer<String> skipped) {
    boolean onBytes = card.onBytes() || card.aim() == FaultCard.Aim.NAMED_EDGE;
    if (!onBytes || !entry.conditions().match().equals(Match.ANY)) {
      skipped.accept("no HTTP is spoken on " + edge + ", only bytes and connections can be struck");
      return false;
    }
    return true;
  }

  /** A strike of its own operation keeps to it where the entry names none. */
  private static Conditions narrowed(PlannedFault fault, Conditions asked) {
    Match own = fault.conditions().match();
    return own.equals(Match.ANY) || !asked.match().equals(Match.ANY) ? asked : asked.within(own);
  }

  static Strike strike(
      FaultCard card,
      Stream stream,
      String edge,
      Targets.Target target,
      Experiment.RequestFit fit) {
    return new Strike(
        card,
        PlannedFault.of(card, edge, stream, target.parameters(), target.derived())
            .when(Conditions.NONE.within(target.only())),
        fit,
        Experiment.ReplyFit.of(card, stream, edge, target.fit()));
  }

  /** What may pass an edge, as far as a match admits it. */
  private PlanRequest.EdgeModel model(String edge, Match match) {
    return request.edges().getOrDefault(edge, NO_CONTRACT).matching(match);
  }

  /** Adds the experiment in which all of these strike; returns its id. */
  private String add(
      Scenario scenario, ChaosProfile profile, List<Strike> strikes, @Nullable Load load) {
    FaultSet faults = new FaultSet(profile.name(), strikes.stream().map(Strike::fault).toList());
    Experiment.RequestFit fit =
        strikes.stream()
            .map(Strike::fit)
            .max(Comparator.naturalOrder())
            .orElse(Experiment.RequestFit.UNTOUCHED);
    Experiment.ReplyFit reply =
        strikes.stream()
            .map(Strike::reply)
            .max(Comparator.naturalOrder())
            .orElse(Experiment.ReplyFit.UNTOUCHED);
    String stimulus = scenario.stimulus().id();
    if (load != null) {
      Experiment calm = Experiment.calmUnder(load, stimulus, profile.name());
      experiments.putIfAbsent(calm.id(), calm);
    }
    String id = Fingerprints.of(stimulus, Experiment.label(faults.label(), load));
    // Two profiles may ask for the same fault; it strikes once, under the first one's name.
    experiments.putIfAbsent(id, new Experiment(id, stimulus, faults, fit, reply, load));
    return id;
  }

  private void skip(String reason) {
    notApplicable.merge(reason, 1, Integer::sum);
  }
}
