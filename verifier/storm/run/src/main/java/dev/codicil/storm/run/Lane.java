package dev.codicil.storm.run;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Resolve.Answer;
import dev.codicil.chaos.Injector;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Topology;
import dev.codicil.history.Event;
import dev.codicil.history.FleetRecord;
import dev.codicil.storm.proxy.EdgeLog;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.Launch.AttachedLaunch;
import dev.codicil.storm.run.Launch.ContainerLaunch;
import dev.codicil.storm.run.Launch.NodeLaunch;
import dev.codicil.storm.run.Launch.NotBuilt;
import dev.codicil.storm.run.Launch.StateSetup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
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
  private final @Nullable CanaryWatch canaries;
  private final Map<String, Launch> launches;
  private final Edges edges;
  private final Map<String, Fleet> fleets = new ConcurrentHashMap<>();
  private final Map<String, NodeLaunch> oldVersions;
  private final SharedFolder shared;
  private final Map<String, InetSocketAddress> attached = new ConcurrentHashMap<>();
  private final Lookout lookout;
  private final ExecutorService strikes = Executors.newCachedThreadPool(RunThreads.named("strike"));
  private @Nullable ProcessLedger ledger;

  /** Label of its containers; one of its own, so that nobody takes away another's. */
  private final String label = UUID.randomUUID().toString();

  private @Nullable String notPutBack;
  private final LaneMessages messages;

  /** What every lane works with. */
  record Tools(
      StormLoop loop,
      Calls calls,
      IntSupplier ports,
      Redactor redactor,
      RunClock clock,
      Consumer<Event> journal,
      OpenBrokers brokers) {
    private Tools watching(@Nullable CanaryWatch canaries) {
      return new Tools(loop, calls, ports, redactor.watching(canaries), clock, journal, brokers);
    }
  }

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
    this.canaries = CanaryWatch.of(request, column.id(), tools.journal());
    this.tools = tools.watching(canaries);
    this.launches = new TreeMap<>(request.launches().getOrDefault(column.id(), Map.of()));
    this.shared = SharedFolder.of(request, column.id(), group);
    this.oldVersions = OldNodes.of(column.id(), request);
    this.edges = new Edges(column.id(), launches, shared.path(), request, tools.loop());
    this.messages = new LaneMessages(SubjectProcess.grouped(column.id(), group), tools.brokers());
    this.lookout =
        new Lookout(column.id(), mark(), request.subjects(), tools.clock(), tools.journal());
  }

  /** Starts everything; on failure nothing is left behind. */
  static Lane start(Column column, int group, RunRequest request, Tools tools)
      throws Failure, InterruptedException {
    Lane lane = new Lane(column, group, request, tools);
    boolean ready = false;
    try {
      lane.checkBuilt();
      lane.emptyShared();
      lane.openLedger();
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

  /** From now on the next start knows what to end, should this one be killed. */
  private void openLedger() throws Failure {
    try {
      ledger = ProcessLedger.open(request.world(), mark(), engines().isEmpty() ? null : label);
    } catch (IOException e) {
      throw failed("processes", "not-built", "it cannot be written down what is started: " + e);
    }
  }

  /** What runs the containers of this lane. */
  private Set<ContainerEngine> engines() {
    return launches.values().stream()
        .filter(ContainerLaunch.class::isInstance)
        .map(launch -> ((ContainerLaunch) launch).engine())
        .collect(Collectors.toSet());
  }

  private String mark() {
    return SharedFolder.MARK + "=" + shared.path();
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
        .filter(entry -> entry.getValue() instanceof NodeLaunch)
        .map(Map.Entry::getKey)
        .toList();
  }

  private @Nullable Failure startSubject(String name) throws InterruptedException {
    Fleet fleet = fleet(name);
    fleets.put(name, fleet);
    try {
      fleet.start();
      return null;
    } catch (StartFailure failure) {
      return failed(name, failure.kind(), failure.text());
    }
  }

  private Fleet fleet(String name) {
    Subject subject = subject(name);
    if (!(launches.get(name) instanceof NodeLaunch launch)) {
      throw new IllegalStateException(name + " is not run by us");
    }
    NodeLaunch skewed = oldVersions.get(name);
    return new Fleet(
        name,
        subject.nodes(),
        new Fleet.Versions(
            launch,
            skewed == null ? OldNodes.before(column.id(), name, launch, request) : skewed,
            skewed != null),
        edges.to(name),
        (what, node, number) -> start(subject, what, node, number),
        strikes,
        tools.clock());
  }

  private SubjectProcess start(Subject subject, NodeLaunch launch, String node, int number)
      throws StartFailure, InterruptedException {
    Map<String, String> placeholders = new TreeMap<>(edges.placeholders(subject, number));
    placeholders.putAll(messages.placeholders(subject));
    if (canaries != null) {
      placeholders.putAll(canaries.placeholders());
    }
    SubjectProcess process =
        SubjectProcess.start(
            new SubjectProcess.Spec(
                subject,
                column.id(),
                column.side(subject.name()),
                group,
                node,
                number,
                launch,
                placeholders,
                shared.path(),
                request.logDir(),
                label),
            tools.ports(),
            tools.calls(),
            tools.redactor(),
            tools.clock(),
            this::writeDown);
    if (number < subject.nodes()) {
      tools
          .journal()
          .accept(new Event.SubjectStarted(column.id(), subject.name(), process.readyMillis()));
    }
    return process;
  }

  private void writeDown(ProcessHandle process) throws IOException {
    ProcessLedger open = ledger;
    if (open != null) {
      open.add(process);
    }
  }

  /** Stops a subject and starts it again, on new ports. */
  void restart(String name) throws Failure, InterruptedException {
    lookAround(true);
    Fleet old = fleets.remove(name);
    if (old == null) {
      return;
    }
    old.close();
    messages.skip(subject(name));
    Failure failure = startSubject(name);
    if (failure != null) {
      throw failure;
    }
  }

  /** Takes secrets out of what is recorded of this lane. */
  Redactor redactor() {
    return tools.redactor();
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

  /** Subjects that really run, in processes of this lane or of somebody else. */
  List<String> running() {
    TreeSet<String> names = new TreeSet<>(fleets.keySet());
    names.addAll(attached.keySet());
    return List.copyOf(names);
  }

  /** Lets the edges of a subject that somebody else runs lead to it. */
  void attach(String name, InetSocketAddress address) {
    attached.put(name, address);
    edges.to(name).forEach(edge -> edge.target(address));
  }

  /** Where the upstream of a subject is called: at the proxy of its edge. */
  String upstream(Subject subject, String name) {
    return edges.placeholders(subject, 0).getOrDefault("upstream." + name, "");
  }

  /** What sets up provider states of a subject in this process; null for its state request. */
  @Nullable StateSetup states(String name) {
    return launches.get(name) instanceof AttachedLaunch launch ? launch.states() : null;
  }

  /** What the dead among the processes left to say, by subject. */
  Map<String, String> dead() throws InterruptedException {
    Map<String, String> dead = new TreeMap<>();
    for (Map.Entry<String, Fleet> entry : fleets.entrySet()) {
      String obituary = entry.getValue().dead();
      if (obituary != null) {
        dead.put(entry.getKey(), obituary);
      }
    }
    return dead;
  }

  /** Most nodes that stand behind one edge. */
  int mostNodes() {
    return fleets.values().stream().mapToInt(Fleet::size).max().orElse(1);
  }

  /** Which node's turn it is first in the cells to come. */
  void firstNode(int node) {
    edges.firstNode(node);
  }

  /** Subjects whose nodes are called on an edge; none where a stub answers. */
  private List<Fleet> called(String edge) {
    return request.topology().called(edge).map(Subject::name).map(fleets::get).stream().toList();
  }

  /**
   * Performs a fault on nodes that is around a cell.
   *
   * @return why that cannot be; null when it is so
   */
  @Nullable String strike(String edge, Effect effect) throws InterruptedException {
    List<Fleet> called = called(edge);
    if (effect instanceof Effect.ZoneDown down) {
      zoneDown(edge, down.zone());
      return null;
    }
    if (called.isEmpty()) {
      return "no process is called on " + edge;
    }
    return effect instanceof Effect.RestartNode restart
        ? called.get(0).restartNode(restart.node())
        : called.get(0).rollOver();
  }

  private void zoneDown(String edge, int zone) {
    Topology topology = request.topology();
    for (String name : topology.reachable(edge.substring(Subject.clientEdge("").length()))) {
      Fleet fleet = fleets.get(name);
      if (fleet != null) {
        fleet.zoneDown(zone);
      }
    }
  }

  /** The processes of a subject, the ordinary nodes first; none when it is not started here. */
  List<SubjectProcess> processes(String name) {
    Fleet fleet = fleets.get(name);
    return fleet == null ? List.of() : fleet.processes();
  }

  /** A node has ended in the middle of a cell; {@link #mend} starts another in its place. */
  void fell(String name, @Nullable SubjectProcess process) {
    Fleet fleet = fleets.get(name);
    if (fleet != null && process != null) {
      fleet.fell(process);
    }
  }

  /** Something could not be put back as it was, so that nothing can be said about this cell. */
  void notPutBack(String what) {
    notPutBack = what;
  }

  /** What could not be put back since the last time; null when everything was. */
  @Nullable String notPutBack() {
    String what = notPutBack;
    notPutBack = null;
    return what;
  }

  RunClock clock() {
    return tools.clock();
  }

  /** Wakes nodes that stand still, so that they get to what was sent to them. */
  void wake() {
    fleets.values().forEach(Fleet::wake);
  }

  /** Brings back what faults on nodes took. */
  List<FleetRecord.Back> mend() throws InterruptedException {
    List<FleetRecord.Back> back = new ArrayList<>();
    for (String name : running()) {
      Fleet fleet = fleets.get(name);
      if (fleet != null) {
        back.addAll(fleet.mend());
      }
    }
    return back;
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
    fleets.forEach(
        (name, fleet) ->
            fleet.processes().stream()
                .findFirst()
                .ifPresent(
                    process -> {
                      Map.Entry<String, String> identity = process.identity();
                      known.put(identity.getKey() + "." + name, identity.getValue());
                      known.put(
                          "subject." + name, "http://127.0.0.1:" + process.address().getPort());
                    }));
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

  /** Where the first node of a subject listens, past all proxies; null for a stub. */
  @Nullable InetSocketAddress direct(String subject) {
    Fleet fleet = fleets.get(subject);
    return fleet == null ? attached.get(subject) : fleet.first();
  }

  /** All addresses of a subject's nodes, past all proxies: the ordinary ones first. */
  List<InetSocketAddress> nodes(String subject) {
    Fleet fleet = fleets.get(subject);
    if (fleet == null) {
      InetSocketAddress elsewhere = attached.get(subject);
      return elsewhere == null ? List.of() : List.of(elsewhere);
    }
    return fleet.processes().stream().map(SubjectProcess::address).toList();
  }

  /** Where a subject is replayed; null when it is not in this lane. */
  @Nullable InetSocketAddress client(String subject) {
    return edges.client(subject);
  }

  /** Arms every edge; those without an injector only record. */
  void arm(Map<String, Injector> injectors) {
    fleets.values().forEach(Fleet::arm);
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
    fleets.forEach((name, fleet) -> all.put(name, fleet.processes()));
    List<InetSocketAddress> known = new ArrayList<>(edges.addresses());
    known.addAll(messages.addresses());
    lookout.look(all, known);
  }

  /** Stops all processes, their callers first in no particular order, then proxies and stubs. */
  @Override
  public void close() {
    List<Thread> stops = new ArrayList<>();
    for (Fleet fleet : fleets.values()) {
      Thread stop = new Thread(fleet::close, "stop subject");
      stop.start();
      stops.add(stop);
    }
    RunThreads.join(stops);
    fleets.clear();
    RunThreads.end(strikes);
    boolean left = false;
    for (ContainerEngine engine : engines()) {
      try {
        engine.remove(label);
      } catch (ContainerFailure unanswered) {
        left = true; // the next start tries again
      }
    }
    ProcessLedger written = ledger;
    if (written != null && !left) {
      written.close();
    }
    try {
      shared.delete();
    } catch (IOException e) {
      // Emptied by the next run at its start.
    }
    edges.close();
  }
}
