package dev.codicil.storm.run;

import dev.codicil.chaos.Effect.Resolve.Answer;
import dev.codicil.chaos.Injector;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Subject;
import dev.codicil.history.Event;
import dev.codicil.storm.proxy.EdgeLog;
import dev.codicil.storm.proxy.FaultProxy;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.Launch.NotBuilt;
import dev.codicil.storm.run.Launch.ProcessLaunch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One complete set of instances for one column of one group: stubs, a fault proxy on every edge,
 * and the subjects. Used by one thread at a time.
 */
final class Lane implements AutoCloseable {
  private final Column column;
  private final int group;
  private final RunRequest request;
  private final Tools tools;
  private final Map<String, Launch> launches;
  private final Edges edges;
  private final Map<String, SubjectProcess> processes = new ConcurrentHashMap<>();
  private final Map<String, ProcessLaunch> oldVersions;
  private final SharedFolder shared;
  private final Map<String, SubjectProcess> oldNodes = new ConcurrentHashMap<>();
  private final Lookout lookout;
  private final LaneMessages messages;

  /** What every lane works with. */
  record Tools(
      StormLoop loop,
      Calls calls,
      IntSupplier ports,
      Redactor redactor,
      RunClock clock,
      Consumer<Event> journal,
      OpenBrokers brokers) {}

  /** A lane could not be started; what failed is in the journal. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  private Lane(Column column, int group, RunRequest request, Tools tools) {
    this.column = column;
    this.group = group;
    this.request = request;
    this.tools = tools;
    this.launches = new TreeMap<>(request.launches().getOrDefault(column.id(), Map.of()));
    this.shared = SharedFolder.of(request, column.id(), group);
    this.oldVersions = OldNodes.of(column.id(), request);
    this.edges = new Edges(column.id(), launches, shared.path(), request, tools.loop());
    this.messages = new LaneMessages(SubjectProcess.grouped(column.id(), group), tools.brokers());
    this.lookout =
        new Lookout(
            column.id(),
            SharedFolder.MARK + "=" + shared.path(),
            request.subjects(),
            tools.clock(),
            tools.journal());
  }

  /** Starts everything; on failure nothing is left behind. */
  static Lane start(Column column, int group, RunRequest request, Tools tools)
      throws Failure, InterruptedException {
    Lane lane = new Lane(column, group, request, tools);
    boolean ready = false;
    try {
      lane.checkBuilt();
      lane.emptyShared();
      lane.edges.bind(lane::failed);
      lane.openMessages();
      lane.startSubjects(lane.processNames());
      lane.lookAround(true);
      ready = true;
      return lane;
    } finally {
      if (!ready) {
        lane.close();
      }
    }
  }

  private void checkBuilt() throws Failure {
    for (Map.Entry<String, Launch> launch : launches.entrySet()) {
      if (!request.subjects().containsKey(launch.getKey())) {
        throw failed(launch.getKey(), "not-built", "no such subject is declared");
      }
      if (launch.getValue() instanceof NotBuilt not) {
        throw failed(launch.getKey(), "not-built", tools.redactor().text(not.reason()));
      }
    }
  }

  private void openMessages() throws Failure, InterruptedException {
    try {
      messages.open(processNames().stream().map(this::subject).toList());
    } catch (BrokerFailure broken) {
      throw failed("brokers", "not-built", tools.redactor().text(broken.text()));
    }
  }

  /** Subjects start with nothing of an earlier run. */
  private void emptyShared() throws Failure {
    try {
      shared.empty();
    } catch (IOException e) {
      throw failed("{shared}", "not-built", "cannot be emptied: " + e);
    }
  }

  private Failure failed(String subject, String kind, String message) {
    tools.journal().accept(new Event.SubjectFailed(column.id(), subject, kind, message));
    int line = message.indexOf('\n');
    return new Failure(subject + ": " + (line < 0 ? message : message.substring(0, line)));
  }

  /** All subjects at once; the first that fails stops the others. */
  private void startSubjects(List<String> names) throws Failure, InterruptedException {
    if (names.isEmpty()) {
      return;
    }
    ExecutorService starters =
        Executors.newFixedThreadPool(names.size(), RunThreads.named("start"));
    try {
      ExecutorCompletionService<@Nullable Failure> done = new ExecutorCompletionService<>(starters);
      for (String name : names) {
        done.submit(() -> startSubject(name));
      }
      for (int i = 0; i < names.size(); i++) {
        Future<@Nullable Failure> one = done.take();
        Failure failure = one.get();
        if (failure != null) {
          throw failure;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("starting the subjects of " + column.id(), e.getCause());
    } finally {
      RunThreads.end(starters);
    }
  }

  private List<String> processNames() {
    return launches.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof ProcessLaunch)
        .map(Map.Entry::getKey)
        .toList();
  }

  private @Nullable Failure startSubject(String name) throws InterruptedException {
    try {
      spawn(name);
      spawnOld(name);
      return null;
    } catch (StartFailure failure) {
      return failed(name, failure.kind(), failure.text());
    }
  }

  private void spawn(String name) throws StartFailure, InterruptedException {
    Subject subject = subject(name);
    if (!(launches.get(name) instanceof ProcessLaunch launch)) {
      throw new IllegalStateException(name + " is no process");
    }
    SubjectProcess process = start(subject, launch, "");
    processes.put(name, process);
    for (FaultProxy edge : edges.to(name)) {
      edge.target(process.address());
      edge.target(OldNodes.NAME, process.address());
    }
    tools.journal().accept(new Event.SubjectStarted(column.id(), name, process.readyMillis()));
  }

  /** The node of the version before, once the ordinary one is up: they may share its data. */
  private void spawnOld(String name) throws StartFailure, InterruptedException {
    ProcessLaunch launch = oldVersions.get(name);
    if (launch == null) {
      return;
    }
    SubjectProcess process = start(subject(name), launch, OldNodes.NAME);
    oldNodes.put(name, process);
    for (FaultProxy edge : edges.to(name)) {
      edge.target(OldNodes.NAME, process.address());
    }
  }

  private SubjectProcess start(Subject subject, ProcessLaunch launch, String node)
      throws StartFailure, InterruptedException {
    Map<String, String> placeholders = new TreeMap<>(edges.placeholders(subject));
    placeholders.putAll(messages.placeholders(subject));
    return SubjectProcess.start(
        new SubjectProcess.Spec(
            subject,
            column.id(),
            column.side(subject.name()),
            group,
            node,
            launch,
            placeholders,
            shared.path(),
            request.logDir()),
        tools.ports(),
        tools.calls(),
        tools.redactor(),
        tools.clock());
  }

  /** Stops a subject and starts it again, on a new port. */
  void restart(String name) throws Failure, InterruptedException {
    lookAround(true);
    SubjectProcess old = processes.remove(name);
    if (old == null) {
      return;
    }
    SubjectProcess oldNode = oldNodes.remove(name);
    if (oldNode != null) {
      oldNode.close();
    }
    old.close();
    messages.skip(subject(name));
    Failure failure = startSubject(name);
    if (failure != null) {
      throw failure;
    }
  }

  Column column() {
    return column;
  }

  /** The topics of this lane. */
  LaneMessages messages() {
    return messages;
  }

  /** Names of all subjects, stubs included. */
  List<String> subjects() {
    return List.copyOf(launches.keySet());
  }

  /** Subjects that run as processes. */
  List<String> running() {
    return new TreeMap<>(processes).keySet().stream().toList();
  }

  /** What the dead among the processes left to say, by subject. */
  Map<String, String> dead() throws InterruptedException {
    Map<String, String> dead = new TreeMap<>();
    for (Map.Entry<String, SubjectProcess> entry : processes.entrySet()) {
      if (!entry.getValue().alive()) {
        dead.put(entry.getKey(), entry.getValue().obituary());
      }
    }
    for (Map.Entry<String, SubjectProcess> entry : oldNodes.entrySet()) {
      if (!entry.getValue().alive()) {
        dead.putIfAbsent(
            entry.getKey(), "its node of the version before " + entry.getValue().obituary());
      }
    }
    return dead;
  }

  Subject subject(String name) {
    Subject subject = request.subjects().get(name);
    if (subject == null) {
      throw new IllegalArgumentException("no subject '" + name + "'");
    }
    return subject;
  }

  /** What a fault that acts on the world may name of this lane. */
  Map<String, String> known() {
    Map<String, String> known = new TreeMap<>();
    known.put("column", SubjectProcess.grouped(column.id(), group));
    known.put("shared", shared.path().toString());
    launches
        .keySet()
        .forEach(
            name -> known.put("side." + name, SubjectProcess.grouped(column.side(name), group)));
    processes.forEach(
        (name, process) -> {
          known.put("pid." + name, Long.toString(process.pid()));
          known.put("subject." + name, "http://127.0.0.1:" + process.address().getPort());
        });
    return known;
  }

  /**
   * Lets the name under which an edge is called lead nowhere.
   *
   * @return why that cannot be; null when it is so
   */
  @Nullable String breakName(String edge, Answer answer) {
    return edges.breakName(edge, answer);
  }

  /** Lets the name of an edge lead to it again. */
  void mendName(String edge) {
    edges.mendName(edge);
  }

  /** Where a subject itself listens, past all proxies; null for a stub. */
  @Nullable InetSocketAddress direct(String subject) {
    SubjectProcess process = processes.get(subject);
    return process == null ? null : process.address();
  }

  /** All addresses of a subject's nodes, past all proxies: the ordinary one first. */
  List<InetSocketAddress> nodes(String subject) {
    return Stream.of(processes.get(subject), oldNodes.get(subject))
        .filter(Objects::nonNull)
        .map(SubjectProcess::address)
        .toList();
  }

  /** Where a subject is replayed; null when it is not in this lane. */
  @Nullable InetSocketAddress client(String subject) {
    return edges.client(subject);
  }

  /** Arms every edge; those without an injector only record. */
  void arm(Map<String, Injector> injectors) {
    edges.arm(injectors);
  }

  /** Disarms every edge and gives what each has seen. */
  Map<String, EdgeLog> disarm() {
    return edges.disarm();
  }

  /** What the edges have to say since the last time, one readable line each. */
  List<String> remarks() {
    return edges.remarks();
  }

  /** What stubs were asked and could not answer since the last time, one readable line each. */
  List<String> unanswered() {
    return edges.unanswered();
  }

  /**
   * Journals connections of the subjects that no proxy is on.
   *
   * @param surely also when the last look was a short while ago
   */
  void lookAround(boolean surely) {
    if (!surely && !lookout.due()) {
      return;
    }
    Map<String, List<SubjectProcess>> all = new TreeMap<>();
    for (Map<String, SubjectProcess> nodes : List.of(processes, oldNodes)) {
      nodes.forEach((name, node) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
    List<InetSocketAddress> known = new ArrayList<>(edges.addresses());
    known.addAll(messages.addresses());
    lookout.look(all, known);
  }

  /** Stops all processes, their callers first in no particular order, then proxies and stubs. */
  @Override
  public void close() {
    List<Thread> stops = new ArrayList<>();
    List<SubjectProcess> all = new ArrayList<>(oldNodes.values());
    all.addAll(processes.values());
    for (SubjectProcess process : all) {
      Thread stop = new Thread(process::close, "stop subject");
      stop.start();
      stops.add(stop);
    }
    RunThreads.join(stops);
    processes.clear();
    oldNodes.clear();
    try {
      shared.delete();
    } catch (IOException e) {
      // Emptied by the next run at its start.
    }
    edges.close();
  }
}
