package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Amendments;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Differ;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.pacts.BrokerCalls;
import dev.codicil.engine.pacts.BrokerRecord;
import dev.codicil.engine.pacts.PactFiles;
import dev.codicil.engine.source.Builds;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.Sides;
import dev.codicil.engine.source.SubjectTrees;
import dev.codicil.engine.source.TreeStamp;
import dev.codicil.experiment.Cast;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.experiment.MessageEdges;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.PlanRequest;
import dev.codicil.experiment.Planner;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Scenarios;
import dev.codicil.experiment.Steps;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Topology;
import dev.codicil.experiment.Witnesses;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.storm.run.RunRequest;
import dev.codicil.storm.run.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads, compares and plans an amendment; the way from its declaration to what the runner needs.
 */
final class Preparation {
  private static final int SHORT_COMMIT = 12;

  private final Project project;
  private final Options options;
  private final Builds builds;
  private final SubjectTrees trees;
  private final Secrets secrets;
  private final Trust trust;
  private final AmendmentSpec spec;
  private final Sides.Side base;
  private final Sides.Side head;
  private final BrokerCalls broker;
  private final SideContracts contracts;

  Preparation(
      Project project,
      Options options,
      Builds builds,
      SubjectTrees trees,
      Function<String, @Nullable String> environment,
      ContractLoader loader,
      Trust trust,
      BrokerCalls broker,
      AmendmentSpec spec) {
    this.project = project.withNodes(spec.nodes());
    this.options = options;
    this.builds = builds;
    this.trees = trees;
    this.contracts = new SideContracts(loader, this.project.contracts());
    this.secrets = new Secrets(environment);
    this.trust = trust;
    this.spec = spec;
    Sides sides = new Sides(this.project, builds);
    this.broker = broker;
    PactFiles pacts = broker.pacts();
    Sides.Side after = sides.resolve(spec.head());
    String before = spec.base().pacts();
    String folder = this.project.contracts();
    this.head = after.with(pacts, folder);
    this.base =
        sides
            .resolve(spec.base())
            .with(
                before == null
                    ? pacts
                    : broker
                        .base(before, loader.load(Column.HEAD, after.source(), folder).contracts())
                        .and(pacts),
                folder);
    this.secrets.hide(broker.secrets());
  }

  private record Planning(
      Amendment amendment, Scenarios found, List<ChaosProfile> profiles, Plan plan) {}

  /** What would be run. */
  Plan plan() {
    return planning().plan();
  }

  private Planning planning() {
    Amendment amendment = amendment();
    List<Subject> subjects = List.copyOf(project.subjects().values());
    Set<String> amended = amended(amendment, subjects);
    Steps steps = Steps.of(subjects, amended, project.rollout());
    Set<String> names = project.subjects().keySet();
    Cast cast = new Cast(amended, names, names, project.rollout());
    List<ChaosProfile> profiles = profiles();
    Scenarios found = Scenarios.of(amendment, subjects, cast, options.seed());
    if (profiles.stream().noneMatch(Preparation::strikesMessages)) {
      found = found.withoutUntouchedMessages();
    }
    PlanRequest request =
        new PlanRequest(
            steps.columns(),
            steps.steps(),
            subjects,
            found.scenarios(),
            found.notReplayed(),
            profiles,
            edges(amendment, subjects, found.scenarios()),
            amendment.changes(),
            options.seed(),
            options.budget(),
            World.unable());
    Plan plan = Planner.plan(request, Preparation::card).showing(found.witnesses());
    return new Planning(amendment, found, profiles, only(plan));
  }

  /**
   * Does all that can be done before anything runs: reads, compares, plans and builds.
   *
   * @throws InputException when something the user named cannot be used
   */
  Prepared prepare() {
    Planning planning = planning();
    Amendment amendment = planning.amendment();
    Plan plan = planning.plan();
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    planning
        .found()
        .scenarios()
        .forEach(scenario -> scenarios.put(scenario.stimulus().id(), scenario));
    checkWorld(planning.profiles());
    Casting casting = new Casting(project, amendment, builds, trees, secrets, trust, base, head);
    RunRequest request = casting.request(spec.name(), plan, scenarios, options);
    Event.Planned planned =
        new Event.Planned(
            HistoryLog.SCHEMA,
            spec.name(),
            plan,
            amendment.changes(),
            amendment.ledger(),
            inputs(planning.profiles(), casting),
            evidenceCap(plan),
            new Topology(List.copyOf(project.subjects().values())).edges(),
            Asked.of(project.checks(), plan, scenarios, options.only() != null),
            pending(plan));
    return new Prepared(
        spec,
        amendment,
        scenarios,
        planned,
        request,
        notes(amendment, planning.found().problems()),
        Caching.of(project, trust.declared(), options, request, trees, base, head),
        broker.pacts().files().isEmpty()
            ? null
            : BrokerRecord.of(spec.name(), broker.address(), broker.pacts(), plan));
  }

  /** What pacts say that the broker has as pending decides nothing. */
  private Map<String, String> pending(Plan plan) {
    Map<String, String> pending = new TreeMap<>();
    for (Stimulus stimulus : plan.stimuli()) {
      String reason = head.pacts().pendingReason(stimulus.location().file());
      if (!reason.isEmpty()) {
        pending.put(stimulus.id(), reason);
      }
    }
    return pending;
  }

  /** What hooks take from the environment must be there, and is never recorded. */
  private void checkWorld(List<ChaosProfile> profiles) {
    for (ChaosProfile profile : profiles) {
      for (ChaosProfile.Entry entry : profile.all()) {
        if (fault(entry.fault()).aroundCell()) {
          entry.parameters().values().values().forEach(t -> secrets.resolve(t, entry.location()));
        }
      }
    }
  }

  /**
   * What is doubtful and decides nothing: it is noted in the history, and told with the verdict.
   */
  private List<String> notes(Amendment amendment, List<ContractFormat.Problem> doubts) {
    List<String> notes = new ArrayList<>(trust.notesWithWithheld());
    trees
        .commits()
        .forEach(
            (name, commit) ->
                notes.add(
                    name
                        + " is "
                        + Objects.requireNonNull(project.git().get(name)).shown()
                        + ", commit "
                        + commit.substring(0, SHORT_COMMIT)));
    head.pacts().with(base.pacts()).forEach(file -> notes.add(file.note()));
    notes.addAll(contracts.pendingUnread());
    doubts.forEach(doubt -> notes.add(doubt.location() + ": " + doubt.message()));
    notes.addAll(Promises.kept(amendment));
    return notes;
  }

  private static String evidenceCap(Plan plan) {
    if (plan.stimuli().isEmpty()) {
      return "documents";
    }
    return plan.stimuli().stream().allMatch(Stimulus::stubbed) ? "stub" : "replayed";
  }

  /** The differences alone, for {@code diff}. */
  Amendment amendment() {
    ContractLoader.Loaded before = contracts.load(Column.BASE, base);
    ContractLoader.Loaded after = contracts.load(Column.HEAD, head);
    List<Ledger.Entry> entries = new ArrayList<>(before.entries());
    entries.addAll(after.entries());
    Amendment plain =
        Amendments.of(
            spec.name(),
            before.contracts(),
            after.contracts(),
            new Ledger(entries),
            Rules.builtIn(),
            Witnesses.of(options.seed()).spread(Stream::parallel));
    return new Amendment(
        plain.name(),
        plain.before(),
        plain.after(),
        plain.changes().stream().map(this::displayed).toList(),
        plain.ledger());
  }

  private Change displayed(Change change) {
    return change.locatedAt(
        displayed(base, change.baseLocation()), displayed(head, change.headLocation()));
  }

  private static @Nullable Location displayed(Sides.Side side, @Nullable Location location) {
    return location == null
        ? null
        : new Location(
            side.display(location.file()), location.line(), location.column(), location.pointer());
  }

  private Set<String> amended(Amendment amendment, List<Subject> subjects) {
    Set<String> amended = new TreeSet<>();
    for (Change change : amendment.changes()) {
      if (amendment.before().stream().anyMatch(c -> isDocumentOf(c, change.provider()))
          || amendment.after().stream().anyMatch(c -> isDocumentOf(c, change.provider()))) {
        amended.add(change.provider());
      }
    }
    amended.removeIf(provider -> !changed(amendment, contract -> isDocumentOf(contract, provider)));
    for (Contract contract : amendment.after()) {
      String consumer = contract.consumer();
      if (consumer != null
          && changed(
              amendment,
              c -> consumer.equals(c.consumer()) && c.provider().equals(contract.provider()))) {
        amended.add(consumer);
      }
    }
    for (Subject subject : subjects) {
      if (differs(subject)) {
        amended.add(subject.name());
      }
    }
    return amended;
  }

  private static boolean isDocumentOf(Contract contract, String provider) {
    return contract.consumer() == null && contract.provider().equals(provider);
  }

  private static boolean changed(
      Amendment amendment, java.util.function.Predicate<Contract> which) {
    return !Differ.diff(
            amendment.before().stream().filter(which).toList(),
            amendment.after().stream().filter(which).toList())
        .isEmpty();
  }

  /** Whether a subject's configuration, artifact or sources differ between the sides. */
  private boolean differs(Subject subject) {
    String name = subject.name();
    if (!base.spec()
            .env()
            .getOrDefault(name, Map.of())
            .equals(head.spec().env().getOrDefault(name, Map.of()))
        || !Objects.equals(base.spec().artifacts().get(name), head.spec().artifacts().get(name))) {
      return true;
    }
    if (base.tree().equals(head.tree()) || SubjectTrees.elsewhere(project, name)) {
      return false;
    }
    List<String> sources = project.sources().getOrDefault(name, List.of());
    TreeStamp before = TreeStamp.of(base.tree(), sources);
    TreeStamp after = TreeStamp.of(head.tree(), sources);
    if (!sources.isEmpty() && before.isEmpty() && after.isEmpty()) {
      throw new InputException(
          subject.location(),
          "none of the sources of '" + name + "' is there on either side",
          "check 'sources': " + sources);
    }
    return !before.hash().equals(after.hash());
  }

  /**
   * Says so when both sides hold the same contracts, configuration and subjects; empty when
   * something is amended, or when there is nothing to look at.
   */
  Optional<String> nothingAmended() {
    boolean looked = !amendment().before().isEmpty() || !project.subjects().isEmpty();
    boolean amended =
        !base.hash(project.contracts()).equals(head.hash(project.contracts()))
            || !Arrays.equals(configuration(base), configuration(head))
            || project.subjects().values().stream().anyMatch(this::differs);
    return looked && !amended
        ? Optional.of("Nothing is amended between " + base.shown() + " and " + head.shown() + ".")
        : Optional.empty();
  }

  private static byte[] configuration(Sides.Side side) {
    return side.source().files().contains(Project.FILE)
        ? side.source().read(Project.FILE)
        : new byte[0];
  }

  private List<ChaosProfile> profiles() {
    List<String> names = options.profiles();
    if (names == null) {
      names = spec.profiles();
    }
    if (names == null) {
      names = project.profiles();
    }
    return names.stream().map(name -> Profiles.read(trust.declared(), name)).toList();
  }

  private static boolean strikesMessages(ChaosProfile profile) {
    return profile.all().stream().anyMatch(entry -> fault(entry.fault()).onMessages());
  }

  private static dev.codicil.chaos.FaultCard card(String id) {
    return fault(id).card();
  }

  static Fault fault(String id) {
    return Faults.byId(id)
        .orElseThrow(() -> new IllegalArgumentException("no fault is called " + id));
  }

  /**
   * What may pass each edge: what its consumer relies on, else what the provider's document
   * promises.
   */
  static Map<String, PlanRequest.EdgeModel> edges(
      Amendment amendment, List<Subject> subjects, List<Scenario> scenarios) {
    Map<String, PlanRequest.EdgeModel> edges = new HashMap<>();
    for (Subject subject : subjects) {
      for (String upstream : subject.upstreams().keySet()) {
        edges.put(
            subject.edgeTo(upstream),
            new PlanRequest.EdgeModel(
                passing(amendment.before(), subject.name(), upstream),
                passing(amendment.after(), subject.name(), upstream)));
      }
    }
    for (Scenario scenario : scenarios) {
      String provider = scenario.stimulus().provider();
      edges.computeIfAbsent(
          Subject.clientEdge(provider),
          edge ->
              new PlanRequest.EdgeModel(
                  documents(amendment.before(), provider), documents(amendment.after(), provider)));
    }
    edges.putAll(MessageEdges.of(amendment, subjects));
    return edges;
  }

  private static List<HttpInteraction> passing(
      List<Contract> contracts, String consumer, String provider) {
    List<HttpInteraction> own =
        contracts.stream()
            .filter(c -> consumer.equals(c.consumer()) && c.provider().equals(provider))
            .flatMap(contract -> contract.http().stream())
            .toList();
    return own.isEmpty() ? documents(contracts, provider) : own;
  }

  static List<HttpInteraction> documents(List<Contract> contracts, String provider) {
    return contracts.stream()
        .filter(contract -> isDocumentOf(contract, provider))
        .flatMap(contract -> contract.http().stream())
        .toList();
  }

  /** Keeps the one experiment (with its calm cells) or stimulus that was asked for. */
  private Plan only(Plan plan) {
    String id = options.only();
    if (id == null) {
      return plan;
    }
    List<Experiment> experiments =
        plan.experiments().stream()
            .filter(e -> e.id().equals(id) || isCalmOf(e, id, plan))
            .toList();
    Set<String> stimuli = new TreeSet<>();
    stimuli.add(id);
    for (Experiment experiment : experiments) {
      stimuli.add(experiment.stimulus());
      experiment
          .faults()
          .faults()
          .forEach(fault -> stimuli.addAll(fault.parameters().values().values()));
    }
    List<Stimulus> kept =
        plan.stimuli().stream().filter(stimulus -> stimuli.contains(stimulus.id())).toList();
    if (kept.isEmpty()) {
      throw new InputException(
          Location.of(spec.name()),
          "no experiment or stimulus " + id + " in this amendment's plan",
          "see: codicil plan --amendment " + spec.name());
    }
    return plan.only(kept, experiments);
  }

  /** A storm under load is judged by calm under the same load, so that comes with it. */
  private static boolean isCalmOf(Experiment calm, String id, Plan plan) {
    return plan.experiments().stream()
        .anyMatch(storm -> storm.id().equals(id) && calm.isCalmOf(storm));
  }

  /** What makes this run look at less than the project declares; empty when nothing does. */
  private String narrowed() {
    List<String> chosen = options.profiles();
    List<String> declared = spec.profiles() == null ? project.profiles() : spec.profiles();
    return options.only() != null
        ? "the one experiment that was asked for"
        : chosen == null || chosen.containsAll(declared) ? "" : "the profiles that were asked for";
  }

  private Map<String, String> inputs(List<ChaosProfile> profiles, Casting casting) {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put(Event.ARGUMENTS, spec.arguments());
    inputs.put("seed", Long.toString(options.seed()));
    inputs.put("profiles", Fingerprints.of(profiles.toString()));
    inputs.put("subjects", Fingerprints.of(project.subjects().toString(), spec.toString()));
    if (!project.checks().equals(Checks.NONE)) {
      inputs.put("checks", Fingerprints.of(project.checks().toString()));
    }
    inputs.put("base", base.hash(project.contracts()));
    inputs.put("head", head.hash(project.contracts()));
    inputs.putAll(casting.artifacts());
    trees.commits().forEach((name, commit) -> inputs.put("git:" + name, commit));
    String narrowed = narrowed();
    if (!narrowed.isEmpty()) {
      inputs.put(Event.NARROWED, narrowed);
    }
    return inputs;
  }
}
