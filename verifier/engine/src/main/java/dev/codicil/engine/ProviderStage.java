package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.chaos.FaultCard;
import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Nearest;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.source.Builds;
import dev.codicil.experiment.Cast;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.PlanRequest;
import dev.codicil.experiment.Planner;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Scenarios;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Upstream;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.AttachedRun;
import dev.codicil.storm.run.AttachedRun.Observed;
import dev.codicil.storm.run.Launch;
import dev.codicil.storm.run.RunRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replays a provider that runs in this process, or beside it, against what its consumers rely on:
 * in calm, and under every fault that strikes its requests or its upstreams. One cell at a time.
 */
public final class ProviderStage implements AutoCloseable {
  private static final String SIDE = Column.HEAD;

  private final AttachedRun run;
  private final Subject subject;
  private final List<Cell> cells;
  private final List<String> notReplayed;

  /**
   * What is replayed.
   *
   * @param provider whose contracts
   * @param consumer whose expectations; empty for those of all
   * @param test stable name, under which logs are kept
   * @param profiles chosen profiles; empty for those of the amendment, else of the project
   * @param seed of all draws
   * @param only id of the one stimulus or experiment that is wanted, with its calm cell; empty for
   *     all
   */
  public record Request(
      String provider,
      String consumer,
      String test,
      List<String> profiles,
      long seed,
      String only) {
    public Request {
      profiles = List.copyOf(profiles);
    }
  }

  /**
   * One interaction in one weather.
   *
   * @param stimulus what is replayed
   * @param experiment what strikes; null in calm
   */
  public record Cell(Stimulus stimulus, @Nullable Experiment experiment) {
    /** What it is run again by. */
    public String id() {
      return experiment == null ? stimulus.id() : experiment.id();
    }

    /** The interaction, as people know it. */
    public String interaction() {
      String name = stimulus.name();
      return (name.equals(stimulus.operation()) ? name : name + " (" + stimulus.operation() + ")")
          + (stimulus.consumer().equals(Stimulus.ANY_CONSUMER)
              ? ""
              : ", for " + stimulus.consumer());
    }

    /** What strikes where; empty in calm. */
    public String faults() {
      return experiment == null ? "" : experiment.faults().label();
    }
  }

  private ProviderStage(
      AttachedRun run, Subject subject, List<Cell> cells, List<String> notReplayed) {
    this.run = run;
    this.subject = subject;
    this.cells = List.copyOf(cells);
    this.notReplayed = List.copyOf(notReplayed);
  }

  /**
   * Opens a stage on free loopback ports.
   *
   * @param loop of its owner, who closes it
   * @param states sets up provider states; null to leave them to the state request that {@code
   *     codicil.yaml} declares
   * @throws InputException when no contract says anything about the provider, or a profile cannot
   *     be read
   */
  public static ProviderStage open(
      StormLoop loop, StageContracts contracts, Request request, Launch.@Nullable StateSetup states)
      throws InterruptedException {
    Project project = contracts.project();
    Secrets secrets = new Secrets(System::getenv);
    Subject subject = subject(project, request.provider());
    subject =
        subject
            .withHeaders(secrets.resolve(subject.headers(), subject.location()))
            .withNodes(1)
            .withoutMessages();
    Amendment amendment = contracts.amendment();
    Set<String> name = Set.of(subject.name());
    Scenarios found =
        Scenarios.of(
            amendment,
            List.of(subject),
            new Cast(name, name, name, project.rollout()),
            request.seed());
    List<Scenario> scenarios = scenarios(found, request);
    if (scenarios.isEmpty()) {
      throw nothing(project, amendment, request);
    }
    Plan plan = plan(contracts, subject, found, scenarios, request);
    AttachedRun run =
        AttachedRun.open(
            runRequest(contracts, subject, plan, scenarios, request, secrets, states),
            column(subject),
            loop);
    return new ProviderStage(
        run,
        subject,
        cells(plan, request.only()),
        found.notReplayed().stream()
            .filter(one -> one.provider().equals(request.provider()))
            .map(one -> one.consumer() + ": " + one.interaction() + ": " + one.reason())
            .toList());
  }

  private static Subject subject(Project project, String provider) {
    Subject declared = project.subjects().get(provider);
    return declared == null ? Casting.stand(provider, Location.of(project.contracts())) : declared;
  }

  private static List<Scenario> scenarios(Scenarios found, Request request) {
    return found.scenarios().stream()
        .filter(scenario -> scenario.stimulus().provider().equals(request.provider()))
        .filter(
            scenario ->
                request.consumer().isEmpty()
                    || scenario.stimulus().consumer().equals(request.consumer()))
        .toList();
  }

  private static InputException nothing(Project project, Amendment amendment, Request request) {
    Set<String> known = new TreeSet<>();
    for (Contract contract : amendment.before()) {
      String consumer = contract.consumer();
      known.add(contract.provider() + (consumer == null ? "" : " (for " + consumer + ")"));
    }
    return new InputException(
        Location.of(project.contracts()),
        "no contract asks anything of the provider '"
            + request.provider()
            + (request.consumer().isEmpty()
                ? "'"
                : "' for the consumer '" + request.consumer() + "'")
            + Nearest.to(request.provider(), project.subjects().keySet())
                .filter(near -> !near.equals(request.provider()))
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(""),
        "contracts are there of " + known);
  }

  private static Column column(Subject subject) {
    return new Column(SIDE, Map.of(subject.name(), SIDE));
  }

  private static Plan plan(
      StageContracts contracts,
      Subject subject,
      Scenarios found,
      List<Scenario> scenarios,
      Request request) {
    Column base = new Column(Column.BASE, Map.of());
    return Planner.plan(
        new PlanRequest(
            List.of(base, column(subject)),
            List.of(new Step(List.of(subject.name()), base.id(), SIDE)),
            List.of(subject),
            scenarios,
            found.notReplayed(),
            contracts.profiles(request.profiles()),
            Preparation.edges(contracts.amendment(), List.of(subject), scenarios),
            contracts.amendment().changes(),
            request.seed(),
            Integer.MAX_VALUE),
        Profiles::card);
  }

  /** The cells of each interaction together, calm first. */
  private static List<Cell> cells(Plan plan, String only) {
    List<Cell> cells = new ArrayList<>();
    for (Stimulus stimulus : plan.stimuli()) {
      boolean all = only.isEmpty() || only.equals(stimulus.id());
      List<Experiment> storms =
          plan.experiments().stream()
              .filter(experiment -> experiment.stimulus().equals(stimulus.id()))
              .filter(ProviderStage::canStrike)
              .filter(experiment -> all || only.equals(experiment.id()))
              .toList();
      if (all || !storms.isEmpty()) {
        cells.add(new Cell(stimulus, null));
        storms.forEach(experiment -> cells.add(new Cell(stimulus, experiment)));
      }
    }
    return cells;
  }

  /**
   * Whether the faults need neither a process of our own nor a second version, and nobody else is
   * around to be disturbed by them.
   */
  private static boolean canStrike(Experiment experiment) {
    Predicate<FaultCard.Aim> ours =
        aim -> aim != FaultCard.Aim.WORLD && aim != FaultCard.Aim.AMENDED_PROVIDER;
    return experiment.load() == null
        && experiment.faults().faults().stream()
            .allMatch(
                fault ->
                    ours.test(Profiles.card(fault.fault()).aim())
                        && !Preparation.fault(fault.fault()).aroundCell());
  }

  private static RunRequest runRequest(
      StageContracts contracts,
      Subject subject,
      Plan plan,
      List<Scenario> scenarios,
      Request request,
      Secrets secrets,
      Launch.@Nullable StateSetup states) {
    Amendment amendment = contracts.amendment();
    Map<String, Scenario> byId = new LinkedHashMap<>();
    scenarios.forEach(scenario -> byId.put(scenario.stimulus().id(), scenario));
    Map<String, Subject> subjects = new LinkedHashMap<>();
    Map<String, Launch> launches = new LinkedHashMap<>();
    Map<String, List<HttpInteraction>> stubs = new LinkedHashMap<>();
    subjects.put(subject.name(), subject);
    launches.put(subject.name(), new Launch.AttachedLaunch(states));
    for (Upstream upstream : subject.upstreams().values()) {
      String file = upstream.stub();
      if (file != null) {
        stubs.put(file, Casting.stub(amendment.before(), subject, file, Column.BASE));
      } else if (upstream.isSubject() && !subjects.containsKey(upstream.name())) {
        // What this provider relies on is played, whoever runs it elsewhere.
        subjects.put(upstream.name(), Casting.stand(upstream.name(), subject.location()));
        launches.put(
            upstream.name(),
            new Launch.StubLaunch(played(amendment, subject.name(), upstream.name())));
      }
    }
    StubReplies replies = new StubReplies(request.seed());
    Project project = contracts.project();
    Path logs = project.root().resolve(Builds.CACHE).resolve("replay").resolve(request.test());
    return new RunRequest(
        request.test(),
        plan,
        byId,
        subjects,
        Map.of(Column.BASE, launches, SIDE, launches),
        Map.of(Column.BASE, stubs, SIDE, stubs),
        replies::reply,
        Preparation::fault,
        RunRequest.DEFAULT_RERUNS,
        true,
        false,
        1,
        null,
        logs.resolve("logs"),
        secrets.values(),
        Casting.world(project, secrets, Trust.workTree(project.root())));
  }

  /** The examples its consumer relies on, then its documents. */
  private static List<HttpInteraction> played(
      Amendment amendment, String consumer, String provider) {
    return Stream.concat(
            amendment.before().stream()
                .filter(c -> consumer.equals(c.consumer()) && c.provider().equals(provider))
                .flatMap(contract -> contract.http().stream()),
            Preparation.documents(amendment.before(), provider).stream())
        .toList();
  }

  /** Every cell that may be run, in the order in which they are to be. */
  public List<Cell> cells() {
    return cells;
  }

  /**
   * Whether a cell can tell anything once those before it have been run: a storm is for what held
   * in calm, where the calm replay was seen to pass.
   */
  public boolean tells(Cell cell) {
    Experiment experiment = cell.experiment();
    return experiment == null || run.exposed(experiment);
  }

  /** What is in a contract and cannot be replayed, one line each. */
  public List<String> notReplayed() {
    return notReplayed;
  }

  /** How long a reply may take. */
  public Duration timeBudget() {
    return subject.timeBudget();
  }

  /**
   * Where the provider is to call an upstream: {@code http://127.0.0.1:PORT}.
   *
   * @throws InputException when {@code codicil.yaml} declares no such upstream
   */
  public URI upstream(String name) {
    if (!subject.upstreams().containsKey(name)) {
      throw new InputException(
          subject.location(),
          "the provider '" + subject.name() + "' declares no upstream '" + name + "'",
          "its upstreams are " + new TreeSet<>(subject.upstreams().keySet()));
    }
    return run.upstream(subject.name(), name);
  }

  /**
   * Says where the provider listens.
   *
   * @throws IllegalArgumentException when that is not this machine, or not plain HTTP
   */
  public void at(URI provider) {
    run.at(subject.name(), provider);
  }

  /** Runs one; a cell under faults after the calm one of its interaction. */
  public Observed run(Cell cell) throws InterruptedException {
    Experiment experiment = cell.experiment();
    return experiment == null ? run.calm(cell.stimulus()) : run.storm(experiment);
  }

  @Override
  public void close() {
    run.close();
  }
}
