package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Nearest;
import dev.codicil.engine.cache.CachedCells;
import dev.codicil.engine.config.AmendmentReader;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.engine.pacts.BrokerCalls;
import dev.codicil.engine.pacts.BrokerRecord;
import dev.codicil.engine.source.Builds;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.ContractPrograms;
import dev.codicil.engine.source.Sides;
import dev.codicil.engine.source.SubjectTrees;
import dev.codicil.experiment.Plan;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.storm.run.PendingReverts;
import dev.codicil.storm.run.ProcessLedger;
import dev.codicil.storm.run.RevertFailure;
import dev.codicil.storm.run.RunListener;
import dev.codicil.storm.run.Runner;
import dev.codicil.storm.run.World;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.Judge;
import dev.codicil.verdict.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The facade of the engine: from a project and an amendment to a verdict. */
public final class Verification {
  private final Project project;
  private final Function<String, @Nullable String> environment;
  private final RunListener listener;
  private final ContractLoader loader;
  private final Trust trust;
  private final Gate gate;
  private final Function<String, @Nullable String> callers;
  private final @Nullable String branch;
  private final Secrets brokerSecrets;
  private final BrokerCalls broker;

  /**
   * @param project what the user declared
   * @param environment the caller's environment variables
   * @param listener follows runs
   * @param programs runs contracts that are programs; null where the user did not allow it
   */
  public Verification(
      Project project,
      Function<String, @Nullable String> environment,
      RunListener listener,
      @Nullable ContractPrograms programs) {
    this(
        project,
        environment,
        listener,
        new ContractLoader(Formats.all(), programs),
        Trust.workTree(project.root()),
        project.gate(),
        environment,
        null);
  }

  private Verification(
      Project project,
      Function<String, @Nullable String> environment,
      RunListener listener,
      ContractLoader loader,
      Trust trust,
      Gate gate,
      Function<String, @Nullable String> callers,
      @Nullable String branch) {
    this.project = project;
    this.environment = environment;
    this.listener = listener;
    this.loader = loader;
    this.trust = trust;
    this.gate = gate;
    this.callers = callers;
    this.branch = branch;
    this.brokerSecrets = new Secrets(callers);
    this.broker =
        new BrokerCalls(
            project.broker(),
            project.subjects().keySet(),
            branch,
            brokerSecrets::resolve,
            listener::phase);
  }

  /** The same verification, judging by this policy, these waivers and this date. */
  public Verification gatedBy(Gate other) {
    return new Verification(project, environment, listener, loader, trust, other, callers, branch);
  }

  /** The same verification of a provider on this branch, by which pacts are pending. */
  public Verification onBranch(String name) {
    return new Verification(project, environment, listener, loader, trust, gate, callers, name);
  }

  /** The declared Pact Broker. */
  public BrokerCalls broker() {
    return broker;
  }

  /** A verification that runs no contracts that are programs. */
  public Verification(
      Project project, Function<String, @Nullable String> environment, RunListener listener) {
    this(project, environment, listener, null);
  }

  /** A verification of the project in a folder, in this process's environment. */
  public static Verification of(Path root, RunListener listener) {
    return of(root, listener, null);
  }

  /**
   * The same, with contracts that are programs.
   *
   * @param programs runs them; null where the user did not allow it
   * @see #of(Path, RunListener)
   */
  public static Verification of(
      Path root, RunListener listener, @Nullable ContractPrograms programs) {
    return new Verification(ProjectReader.read(root), System::getenv, listener, programs);
  }

  /**
   * A verification of a head that may not say what is run: what is declared is that of the base,
   * and no process sees a secret.
   *
   * @param base revision or folder; null for the merge base with the default branch
   * @param head revision or folder; null for the work tree
   * @param exposed environment variables whose values may be seen all the same
   * @throws InputException when there is no base, or it declares nothing
   */
  public static Verification ofUntrusted(
      Path root,
      @Nullable String base,
      @Nullable String head,
      Set<String> exposed,
      RunListener listener) {
    Trust trust = UntrustedHead.open(root, base, head, exposed);
    Project project = ProjectReader.read(root, trust.declared());
    return new Verification(
        project,
        trust.environment(System::getenv),
        listener,
        new ContractLoader(Formats.all()),
        trust,
        project.gate(),
        System::getenv, // the broker is called by us, as the base has it, and never by the head
        null);
  }

  /** Whose word counts. */
  public Trust trust() {
    return trust;
  }

  /** What the user declared. */
  public Project project() {
    return project;
  }

  /** The declared amendments, by name. */
  public List<AmendmentSpec> amendments(@Nullable Path folder) {
    return folder == null
        ? AmendmentReader.readAll(project)
        : AmendmentReader.readAll(project, folder);
  }

  /**
   * Those of the declared amendments that were asked for, in the order in which they are declared.
   *
   * @param names none for all
   * @throws NoSuchElementException when one of them is not declared; the message says which there
   *     are
   */
  public static List<AmendmentSpec> named(List<AmendmentSpec> declared, Collection<String> names) {
    List<String> all = declared.stream().map(AmendmentSpec::name).toList();
    for (String name : names) {
      if (!all.contains(name)) {
        throw new NoSuchElementException(
            "no amendment '"
                + name
                + "'; "
                + Nearest.to(name, all).map(near -> "did you mean '" + near + "'? ").orElse("")
                + "there are "
                + all);
      }
    }
    return declared.stream()
        .filter(spec -> names.isEmpty() || names.contains(spec.name()))
        .toList();
  }

  /**
   * An amendment the user spelled out, or the work tree against its merge base.
   *
   * @param base revision or folder; null for the declared base, else the merge base
   * @param head revision or folder; null for the work tree
   */
  public AmendmentSpec adHoc(@Nullable String base, @Nullable String head) {
    Sides sides = new Sides(project, builds());
    AmendmentSpec.Side trusted = trust.base();
    AmendmentSpec.Side before =
        trusted != null ? trusted : base == null ? sides.defaultBase() : sides.named(base);
    AmendmentSpec.Side after = head == null ? AmendmentSpec.Side.WORK_TREE : sides.named(head);
    String title =
        (head == null ? "the work tree" : head) + " against " + (base == null ? "its base" : base);
    return new AmendmentSpec(AmendmentSpec.AD_HOC, title, before, after, null, null);
  }

  /**
   * One sentence when an amendment amends nothing: both sides hold the same contracts, {@code
   * codicil.yaml} and subjects. Empty when something is amended, or there is nothing to look at.
   */
  public Optional<String> nothingAmended(AmendmentSpec spec, Options options) {
    return preparation(spec, options).nothingAmended();
  }

  /** Whether there is something to compare the work tree with when nothing is named. */
  public boolean hasDefaultBase() {
    return new Sides(project, builds()).hasDefaultBase();
  }

  /** Whether the side before has any contract: a first release has not. */
  public boolean hasContracts(AmendmentSpec spec) {
    return !documents(spec).before().isEmpty();
  }

  /** Contracts of both sides and their differences; nothing is planned, built or run. */
  Amendment documents(AmendmentSpec spec) {
    Options options = Options.defaults(project.root());
    return preparation(spec, options).amendment();
  }

  /** Reads, compares and plans. */
  public Prepared prepare(AmendmentSpec spec, Options options) {
    return preparation(spec, options).prepare();
  }

  /** What would be run, without building or starting anything. */
  public Plan plan(AmendmentSpec spec, Options options) {
    return preparation(spec, options).plan();
  }

  /**
   * Plans, runs and judges an amendment; its history is written below {@code options.out()}.
   *
   * @throws InputException when it cannot be prepared, or a resumed run's inputs have changed
   * @throws RevertFailure when what a fault did to the world, in this run or in an earlier one,
   *     could not be undone; what was recorded until then can be judged
   */
  public AmendmentVerdict verify(AmendmentSpec spec, Options options) throws InterruptedException {
    World world = Casting.world(project, new Secrets(environment), trust);
    List<String> settled = new ArrayList<>(ProcessLedger.settle(world, ContainerEngines.builtIn()));
    settled.addAll(PendingReverts.settle(world));
    settled.forEach(listener::phase);
    listener.phase("reading " + spec.name());
    Prepared prepared = prepare(spec, options);
    BrokerRecord pacts = prepared.broker();
    if (pacts != null) {
      pacts.write(options.out());
    }
    Path file = options.history(spec.name()).resolve(HistoryLog.FILE);
    List<Event> already =
        options.resume() && HistoryLog.isBegun(file) ? HistoryLog.read(file) : List.of();
    if (!already.isEmpty()) {
      checkSameInputs((Event.Planned) already.get(0), prepared.planned(), file);
    }
    if (already.stream().noneMatch(Event.Finished.class::isInstance)) {
      CachedCells cached = already.isEmpty() ? prepared.cached() : null;
      try (HistoryLog log = already.isEmpty() ? HistoryLog.create(file) : HistoryLog.resume(file)) {
        if (already.isEmpty()) {
          log.append(prepared.planned());
          prepared.notes().forEach(note -> log.append(new Event.Noted(note, null)));
        }
        if (cached != null) {
          already = cached.events();
          already.forEach(log::append);
          cached.notes().forEach(note -> log.append(new Event.Noted(note, null)));
        }
        settled.forEach(note -> log.append(new Event.Noted(note, null)));
        Runner.run(prepared.request(), log::append, already, listener);
      }
      if (cached != null) {
        keep(cached, file);
      }
    }
    return judge(file);
  }

  /** What cannot be kept is run again the next time; that is no reason to fail. */
  private void keep(CachedCells cached, Path history) {
    try {
      cached.keep(HistoryLog.read(history));
    } catch (IOException e) {
      listener.phase("the cells of this run could not be kept: " + e);
    }
  }

  /** Judges a history again, running nothing. */
  public AmendmentVerdict judge(Path history) {
    return judge(history, gate);
  }

  /** Judges a history by a policy, running nothing. */
  public static AmendmentVerdict judge(Path history, Policy policy) {
    return judge(history, Gate.of(policy));
  }

  /** Judges a history by a policy, waivers and a date, running nothing. */
  public static AmendmentVerdict judge(Path history, Gate gate) {
    return new Judge(gate).judge(new ArrayList<>(HistoryLog.read(history)));
  }

  private static void checkSameInputs(Event.Planned before, Event.Planned now, Path file) {
    if (!before.inputs().equals(now.inputs()) || !before.plan().equals(now.plan())) {
      List<String> changed =
          now.inputs().keySet().stream()
              .filter(key -> !Objects.equals(now.inputs().get(key), before.inputs().get(key)))
              .toList();
      throw new InputException(
          Location.of(file.toString()),
          "cannot go on with this run: its inputs have changed since "
              + (changed.isEmpty() ? "(the plan)" : changed),
          "run without --resume");
    }
  }

  private Preparation preparation(AmendmentSpec spec, Options options) {
    return new Preparation(
        project, options, builds(), trees(), environment, loader, trust, broker, spec);
  }

  private SubjectTrees trees() {
    return new SubjectTrees(project, builds(), listener::phase);
  }

  private Builds builds() {
    return new Builds(project.root(), listener::phase, trust.ofBuilds());
  }
}
