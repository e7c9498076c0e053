package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import dev.codicil.engine.config.ContainerImage;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.source.Builds;
import dev.codicil.engine.source.Sides;
import dev.codicil.engine.source.SubjectTrees;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.MessagePromises;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Topology;
import dev.codicil.experiment.Upstream;
import dev.codicil.storm.run.Brokers;
import dev.codicil.storm.run.ContainerEngine;
import dev.codicil.storm.run.Launch;
import dev.codicil.storm.run.RunRequest;
import dev.codicil.storm.run.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides who plays each subject in each column: a process of a built side, or a stub that serves
 * its contract.
 */
final class Casting {
  private static final Duration STUB_BUDGET = Duration.ofSeconds(2);

  private final Project project;
  private final Amendment amendment;
  private final Builds builds;
  private final SubjectTrees trees;
  private final Secrets secrets;
  private final Trust trust;
  private final Images images;
  private final Map<String, Sides.Side> sides;
  private final Map<String, Launch> launches = new HashMap<>();

  Casting(
      Project project,
      Amendment amendment,
      Builds builds,
      SubjectTrees trees,
      Secrets secrets,
      Trust trust,
      Images images,
      Sides.Side base,
      Sides.Side head) {
    this.project = project;
    this.amendment = amendment;
    this.builds = builds;
    this.trees = trees;
    this.secrets = secrets;
    this.trust = trust;
    this.images = images;
    this.sides = Map.of(Column.BASE, base, Column.HEAD, head);
  }

  RunRequest request(String name, Plan plan, Map<String, Scenario> scenarios, Options options) {
    Map<String, Subject> subjects = new LinkedHashMap<>();
    Set<String> playing = playing(plan, scenarios);
    project
        .subjects()
        .forEach(
            (key, subject) -> {
              if (playing.contains(key)) {
                subjects.put(
                    key,
                    MessagePromises.told(resolved(subject), amendment.before(), amendment.after()));
              }
            });
    for (Stimulus stimulus : plan.stimuli()) {
      subjects.computeIfAbsent(
          stimulus.provider(), provider -> stand(provider, stimulus.location()));
    }
    Map<String, Map<String, Launch>> launchesByColumn = new LinkedHashMap<>();
    Map<String, Map<String, List<HttpInteraction>>> stubs = new LinkedHashMap<>();
    for (Column column : plan.columns()) {
      Map<String, Launch> here = new LinkedHashMap<>();
      Map<String, List<HttpInteraction>> served = new LinkedHashMap<>();
      for (Subject subject : subjects.values()) {
        here.put(subject.name(), launch(subject, column));
        for (Upstream upstream : subject.upstreams().values()) {
          String stub = upstream.stub();
          if (stub != null) {
            served.put(stub, stub(subject, stub, column.side(upstream.name())));
          }
        }
      }
      launchesByColumn.put(column.id(), here);
      stubs.put(column.id(), served);
    }
    StubReplies replies = new StubReplies(options.seed());
    return new RunRequest(
        name,
        plan,
        scenarios,
        subjects,
        launchesByColumn,
        stubs,
        replies::reply,
        Preparation::fault,
        RunRequest.DEFAULT_RERUNS,
        options.only() == null,
        options.only() == null,
        options.concurrency() == 0 ? project.concurrency() : options.concurrency(),
        options.timeBudget(),
        options.history(name).resolve("logs"),
        secrets.values(),
        world(project, secrets, trust),
        new Brokers(project.brokers(), MessageBrokers.builtIn()),
        project.checks());
  }

  /**
   * Subjects that have a part in the plan. One that only listens to messages, of which none is
   * published, has none, and its broker need not be started.
   */
  private Set<String> playing(Plan plan, Map<String, Scenario> scenarios) {
    Topology topology = new Topology(List.copyOf(project.subjects().values()));
    Set<String> playing = new TreeSet<>();
    for (Stimulus stimulus : plan.stimuli()) {
      playing.addAll(topology.reachable(stimulus.provider()));
      Scenario scenario = scenarios.get(stimulus.id());
      if (scenario != null) {
        project.checks().readBy(scenario).forEach(name -> playing.addAll(topology.reachable(name)));
      }
    }
    plan.steps().forEach(step -> playing.addAll(step.amended()));
    for (Subject subject : project.subjects().values()) {
      if (subject.messaging().listens().isEmpty()) {
        playing.addAll(topology.reachable(subject.name()));
      }
    }
    return playing;
  }

  /** What faults that act on the world work with; reverts of all runs are written down in one. */
  static World world(Project project, Secrets secrets, Trust trust) {
    return new World(
        project.root(),
        project.root().resolve(Builds.CACHE).resolve(World.PENDING),
        secrets.environment(),
        !trust.ofHead());
  }

  /**
   * Path, size and time of every artifact, and the id of every image, so that a resumed run can
   * tell whether it is the same.
   */
  Map<String, String> artifacts() {
    Map<String, String> stamps = new TreeMap<>();
    for (Map.Entry<String, Sides.Side> side : sides.entrySet()) {
      for (Subject subject : project.subjects().values()) {
        Path artifact = built(subject, side.getValue());
        if (artifact != null && Files.exists(artifact)) {
          stamps.put(side.getKey() + ":" + subject.name(), stamp(artifact));
        }
      }
    }
    launches.forEach(
        (key, launch) -> {
          if (launch instanceof Launch.ContainerLaunch container) {
            stamps.put(key, container.image());
          }
        });
    return stamps;
  }

  private @Nullable Path built(Subject subject, Sides.Side side) {
    try {
      return artifact(subject, side, trees.of(subject, side));
    } catch (IOException notThere) {
      return null;
    }
  }

  private static String stamp(Path file) {
    try {
      return Files.size(file) + "@" + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return "unreadable";
    }
  }

  private Launch launch(Subject subject, Column column) {
    if (!project.subjects().containsKey(subject.name())) {
      List<Contract> contracts =
          column.side(subject.name()).equals(Column.HEAD) ? amendment.after() : amendment.before();
      return new Launch.StubLaunch(Preparation.documents(contracts, subject.name()));
    }
    String side = column.side(subject.name());
    return launches.computeIfAbsent(side + ":" + subject.name(), key -> process(subject, side));
  }

  private Launch process(Subject subject, String sideName) {
    Sides.Side side = java.util.Objects.requireNonNull(sides.get(sideName));
    Path tree;
    try {
      tree = trees.of(subject, side);
    } catch (IOException e) {
      return new Launch.NotBuilt(String.valueOf(e.getMessage()));
    }
    ContainerImage image = images.declared(subject.name(), sideName);
    if (image != null) {
      return container(subject, sideName, side, tree, image);
    }
    if (!side.spec().artifacts().containsKey(subject.name())) {
      Builds.Built built =
          builds.build(tree, subject, project.sources().getOrDefault(subject.name(), List.of()));
      if (!built.ok()) {
        return new Launch.NotBuilt(built.message());
      }
    }
    Path artifact = artifact(subject, side, tree);
    if (!trust.ofHead() && artifact != null && !isInside(artifact, tree)) {
      return new Launch.NotBuilt(
          "its artifact leads out of its tree by a link, which is not followed for a head that is"
              + " not trusted");
    }
    List<String> command = new ArrayList<>();
    for (String word : subject.command()) {
      command.add(
          secrets.resolve(
              word.replace("{artifact}", artifact == null ? "" : artifact.toString()),
              subject.location()));
    }
    Map<String, String> env = new LinkedHashMap<>(trust.shown(secrets.environment()));
    env.putAll(subject.env());
    env.putAll(side.spec().env().getOrDefault(subject.name(), Map.of()));
    return new Launch.ProcessLaunch(
        tree, command, secrets.resolve(env, subject.location()), !trust.ofHead());
  }

  /**
   * A container of the image that a side names or builds. Its id is taken at once, so that it stays
   * the same image when the next build gives the name to another.
   */
  private Launch container(
      Subject subject, String sideName, Sides.Side side, Path tree, ContainerImage image) {
    ContainerEngine engine = ContainerEngines.builtIn().find();
    String given = side.spec().artifacts().get(subject.name());
    String build = given == null ? subject.build() : null;
    if (build != null) {
      Builds.Built built =
          builds.build(
              tree,
              subject.withBuild(build.replace(ContainerImage.SIDE, sideName)),
              project.sources().getOrDefault(subject.name(), List.of()));
      if (!built.ok()) {
        return new Launch.NotBuilt(built.message());
      }
    }
    String name = given == null ? image.name(sideName) : given;
    List<String> command = new ArrayList<>();
    subject.command().forEach(word -> command.add(secrets.resolve(word, subject.location())));
    Map<String, String> env = new LinkedHashMap<>(subject.env());
    env.putAll(side.spec().env().getOrDefault(subject.name(), Map.of()));
    return new Launch.ContainerLaunch(
        engine,
        engine.image(name, build == null ? image.pull() : ContainerEngine.Pull.NEVER),
        name,
        command,
        secrets.resolve(env, subject.location()),
        image.port());
  }

  private static boolean isInside(Path file, Path tree) {
    try {
      return !Files.exists(file) || file.toRealPath().startsWith(tree.toRealPath());
    } catch (IOException unreadable) {
      return false;
    }
  }

  private @Nullable Path artifact(Subject subject, Sides.Side side, Path tree) {
    String given = side.spec().artifacts().get(subject.name());
    if (project.images().containsKey(subject.name())) {
      return null;
    }
    if (given != null) {
      return project.root().resolve(given).toAbsolutePath();
    }
    String artifact = subject.artifact();
    return artifact == null ? null : tree.resolve(artifact).toAbsolutePath();
  }

  private List<HttpInteraction> stub(Subject subject, String file, String side) {
    return stub(
        side.equals(Column.HEAD) ? amendment.after() : amendment.before(), subject, file, side);
  }

  /**
   * What the stub of a contract file serves.
   *
   * @throws InputException when that file was not read
   */
  static List<HttpInteraction> stub(
      List<Contract> contracts, Subject subject, String file, String side) {
    return contracts.stream()
        .filter(contract -> contract.location().file().equals(file))
        .findFirst()
        .map(Contract::http)
        .orElseThrow(
            () ->
                new InputException(
                    subject.location(),
                    "the stub contract " + file + " was not read on side " + side,
                    "name a readable contract"));
  }

  /** A provider that nothing implements here is played by a stub on every side alike. */
  static Subject stand(String provider, Location location) {
    return new Subject(
        provider,
        null,
        null,
        List.of(),
        Map.of(),
        new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY),
        null,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        STUB_BUDGET,
        STUB_BUDGET,
        STUB_BUDGET,
        location);
  }

  private Subject resolved(Subject subject) {
    return subject.withHeaders(secrets.resolve(subject.headers(), subject.location()));
  }
}
