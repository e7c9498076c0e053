package dev.codicil.storm.run;

import static java.util.Objects.requireNonNull;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.MessageScript;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.EffectReading;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.CheckRecord;
import dev.codicil.history.CheckRecord.Reading;
import dev.codicil.history.CheckRecord.Surfaced;
import dev.codicil.history.FleetRecord;
import dev.codicil.history.LoadRecord;
import dev.codicil.history.PublishedRecord;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.EdgeLog;
import dev.codicil.verdict.LoadComparison;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs one cell in one lane: steady state, read, arm, send, disarm, read, decide, redact. */
final class CellReplay {
  /** Header that names the exchange to the proxy. */
  static final String EXCHANGE_HEADER = "X-Codicil-Exchange";

  /**
   * How much longer than the time budget a reply is waited for, in percent. It is hung all the
   * same; but one that comes just too late is told from one that does not come, and run again.
   */
  static final int GRACE_PERCENT = 25;

  /** How often a load is begun anew when this machine could not keep its rate. */
  private static final int MOST_REPEATS = 2;

  private static final int MOST_WARM_UP_SECONDS = 8;

  /** Most injections of a load that are named; the rest is counted. */
  private static final int MOST_INJECTIONS = 20;

  /** Id of the fault that swaps two exchanges, and its parameters. */
  private static final String REORDER = "reorder";

  private static final String FIRST = "first";
  private static final String SECOND = "second";

  /** How often a cold service is asked before its first good reply is no longer waited for. */
  private static final int MOST_WARM_UPS = 3;

  private final RunRequest request;
  private final Lane lane;
  private final Calls calls;
  private final SubjectHooks hooks;
  private final Redactor redactor;
  private final RunClock clock;
  private @Nullable CellRecord calm;

  CellReplay(RunRequest request, Lane lane, Calls calls, Redactor redactor, RunClock clock) {
    this.request = request;
    this.lane = lane;
    this.calls = calls;
    this.hooks = new SubjectHooks(lane, calls);
    this.redactor = redactor;
    this.clock = clock;
  }

  /**
   * Runs a calm cell, or a storm cell when there is an experiment.
   *
   * @param calm this column's calm cell of the same stimulus; null for that cell itself
   */
  CellRecord run(Cell cell, int attempt, @Nullable Experiment experiment, @Nullable CellRecord calm)
      throws InterruptedException {
    Load load = experiment == null ? null : experiment.load();
    this.calm = calm;
    CellRecord record = once(cell, attempt, experiment, load, 0);
    for (int again = 1; load != null && again <= MOST_REPEATS; again++) {
      LoadRecord run = record.load();
      if (run == null || LoadComparison.behind(load, run).isEmpty()) {
        break;
      }
      record = once(cell, attempt, experiment, load, again);
    }
    return record;
  }

  /**
   * Whether this request may change something in the subjects behind: what changes nothing there in
   * calm is not read again in each storm, which would take a tenth of a second a cell.
   */
  private boolean touchesBehind(Cell cell) {
    CellRecord usual = calm;
    return cell.calm()
        || usual == null
        || usual.effects().stream()
            .anyMatch(
                reading -> !reading.own() && (reading.change() == null || reading.change() != 0));
  }

  /** Lets a fresh process meet a load for a while, of which nothing is recorded. */
  void warmUp(Experiment experiment, Load load) throws InterruptedException {
    Scenario scenario = request.scenario(experiment.stimulus());
    if (unable(List.of(scenario)) == null && hooks.steady(List.of(scenario)) == null) {
      int requests = load.perSecond() * Math.min(MOST_WARM_UP_SECONDS, load.seconds()) / 4;
      loadOf(scenario).run(load.perSecond(), Math.max(1, requests));
    }
  }

  private LoadRun loadOf(Scenario scenario) {
    Subject subject = lane.subject(scenario.stimulus().provider());
    InetSocketAddress address = clientOf(subject);
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalStateException("a load goes to this machine only, not to " + address);
    }
    Map<String, String> headers = headers(scenario, subject);
    return new LoadRun(
        clock,
        patience(subject),
        () -> calls.begin(address, scenario.request(), patience(subject), headers),
        LoadRun.MOST_IN_FLIGHT);
  }

  private CellRecord once(
      Cell cell, int attempt, @Nullable Experiment experiment, @Nullable Load load, int repeated)
      throws InterruptedException {
    List<PlannedFault> faults = experiment == null ? List.of() : experiment.faults().faults();
    List<Scenario> scenarios = planted(cell, scenarios(cell, faults));
    String problem = unable(scenarios);
    if (problem == null) {
      problem = hooks.steady(scenarios);
    }
    if (problem != null) {
      return notSent(cell, attempt, scenarios, problem);
    }
    if (scenarios.get(0).messages() != null) {
      return messages(cell, attempt, experiment, scenarios.get(0), faults);
    }
    // What a single request does to the world says nothing about a hundred of them.
    EffectWatch watch =
        EffectWatch.before(hooks, clock, load == null ? scenarios : List.of(), touchesBehind(cell));
    InvariantWatch invariants = invariants(scenarios);
    LanePublished publishing = null;
    if (load == null && scenarios.size() == 1) { // else it is not known what belongs to what
      publishing = published(scenarios.get(0), Set.of());
    }
    List<Sent> sent = List.of();
    LoadRun.Measured measured = null;
    Map<String, EdgeLog> logs = Map.of();
    List<Injection> around = List.of();
    List<FleetRecord.Back> back;
    String missed = null;
    try (Around world = Around.of(request, cell.stimulus(), faults, lane)) {
      problem = world.problem();
      around = world.injections();
      if (problem == null) {
        lane.arm(injectors(cell.stimulus(), faults));
        try {
          if (load == null) {
            sent = send(scenarios);
          } else {
            measured = loadOf(scenarios.get(0)).run(load);
          }
          lane.wake();
        } finally {
          logs = lane.disarm();
        }
        missed = load == null ? world.missed(sent) : null;
      }
    } finally {
      back = lane.mend();
    }
    FleetRecord fleet = new FleetRecord(EdgeSummary.answered(logs), back);
    String left = lane.notPutBack();
    problem = left == null ? problem : left;
    if (problem != null) {
      return notSent(cell, attempt, scenarios, problem).withFleet(fleet);
    }
    if (measured != null) {
      lane.lookAround(false);
      List<Reading> readings = invariants.after(scenarios.get(0).request(), null, true);
      return loaded(cell, attempt, scenarios.get(0), measured, logs, around, repeated)
          .withFleet(fleet)
          .withChecks(new CheckRecord(readings, surfaced(measured, scenarios.get(0)), null));
    }
    List<EffectReading> effects = watch.after(cell.calm(), sent.get(0).ended() == Ended.REPLIED);
    HttpRequest asked = scenarios.get(0).request();
    boolean settles = !cell.calm() && effects.isEmpty() && !asked.isSafe();
    List<Reading> readings = invariants.after(asked, sent.get(0).reply(), settles);
    lane.lookAround(false);
    return record(
            cell, attempt, sent, EdgeSummary.of(logs, redactor), logs, around, effects, missed)
        .withFleet(fleet)
        .withChecks(new CheckRecord(readings, surfaced(sent), wrongError(sent.get(0), faults)))
        .withPublished(publishing == null ? null : publishing.end(calmPublished()));
  }

  private @Nullable String wrongError(Sent sent, List<PlannedFault> faults) {
    return RightErrors.wrong(
        request.checks().errors(), sent.scenario(), faults, sent.reply(), redactor);
  }

  private List<Scenario> planted(Cell cell, List<Scenario> scenarios) {
    CanaryWatch canaries = redactor.watch();
    return canaries == null ? scenarios : canaries.plant(cell, scenarios);
  }

  /** Looks at whole replies, also at those that came too late. */
  private List<Surfaced> surfaced(List<Sent> sent) {
    CanaryWatch canaries = redactor.watch();
    List<Surfaced> all = new ArrayList<>();
    for (Sent one : canaries == null ? List.<Sent>of() : sent) {
      HttpReply reply = one.result().reply();
      if (canaries != null && reply != null) {
        all.addAll(canaries.in(one.scenario(), reply));
      }
    }
    return all;
  }

  private List<Surfaced> surfaced(LoadRun.Measured measured, Scenario scenario) {
    CanaryWatch canaries = redactor.watch();
    for (LoadRun.Taken taken : measured.taken()) {
      HttpReply reply = taken.result().reply();
      List<Surfaced> found =
          canaries == null || reply == null ? List.of() : canaries.in(scenario, reply);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private InvariantWatch invariants(List<Scenario> scenarios) throws InterruptedException {
    return InvariantWatch.before(
        lane, calls, clock, redactor, InvariantWatch.of(request, scenarios));
  }

  private @Nullable LanePublished published(Scenario scenario, Set<String> ours)
      throws InterruptedException {
    List<Subject> subjects = new ArrayList<>();
    for (String name : request.topology().reachable(scenario.stimulus().provider())) {
      if (lane.running().contains(name)) {
        subjects.add(lane.subject(name));
      }
    }
    return LanePublished.begin(lane.messages(), redactor, subjects, ours);
  }

  private @Nullable PublishedRecord calmPublished() {
    CellRecord known = calm;
    return known == null ? null : known.published();
  }

  /** A sequence of messages in place of a request. */
  private CellRecord messages(
      Cell cell,
      int attempt,
      @Nullable Experiment experiment,
      Scenario scenario,
      List<PlannedFault> faults)
      throws InterruptedException {
    MessageReplay replay = new MessageReplay(request, lane, calls, redactor, clock);
    MessageScript script = requireNonNull(scenario.messages());
    InvariantWatch invariants = invariants(List.of(scenario));
    MessageReplay.Seen seen;
    Map<String, EdgeLog> logs;
    List<Injection> around;
    LanePublished publishing = published(scenario, new java.util.TreeSet<>(script.topics()));
    try (Around world = Around.of(request, cell.stimulus(), faults, lane)) {
      if (world.problem() != null) {
        return notSent(cell, attempt, List.of(scenario), world.problem());
      }
      around = world.injections();
      lane.arm(injectors(cell.stimulus(), faults));
      try {
        seen = replay.run(scenario, script, experiment);
      } catch (BrokerFailure broken) {
        return notSent(cell, attempt, List.of(scenario), broken.text());
      } finally {
        logs = lane.disarm();
      }
    }
    lane.lookAround(false);
    Subject subject = lane.subject(scenario.stimulus().provider());
    EdgeSummary edges = EdgeSummary.of(logs, redactor);
    Map<String, Integer> reached = new TreeMap<>(edges.reached());
    reached.putAll(MessageReplay.reached(subject, seen.passed()));
    Map<String, List<String>> fields = new TreeMap<>(edges.seen());
    fields.putAll(MessageReplay.fields(subject, seen.passed()));
    List<Injection> injections = injections(around, edges.injections());
    seen.passed().injections().forEach(line -> injections.add(redactor.injection(line)));
    HttpReply reply = seen.result().reply();
    boolean drained = seen.record().unread() == 0;
    String problem = edges.unperformed();
    List<Reading> readings = invariants.after(null, reply, false);
    return new CellRecord(
            cell,
            attempt,
            !drained ? Ended.TIMED_OUT : reply == null ? Ended.DISCONNECTED : Ended.REPLIED,
            reply == null ? 0 : reply.status(),
            drained ? seen.record().drainMillis() : seen.budget().toMillis(),
            seen.budget().toMillis(),
            List.of(),
            false,
            null,
            null,
            List.of(),
            Map.of(),
            reached,
            fields,
            injections,
            replay.sketch(seen.passed()),
            reply == null ? null : redactor.sketch(reply),
            0,
            problem == null ? null : redactor.text(problem))
        .withMessages(seen.record())
        .withChecks(new CheckRecord(readings, surfaced(scenario, reply), null))
        .withPublished(publishing == null ? null : publishing.end(calmPublished()));
  }

  private List<Surfaced> surfaced(Scenario scenario, @Nullable HttpReply reply) {
    CanaryWatch canaries = redactor.watch();
    return canaries == null || reply == null ? List.of() : canaries.in(scenario, reply);
  }

  /** The most frequent answer as of a single replay, and beside it what all came to. */
  private CellRecord loaded(
      Cell cell,
      int attempt,
      Scenario scenario,
      LoadRun.Measured measured,
      Map<String, EdgeLog> logs,
      List<Injection> around,
      int repeated)
      throws InterruptedException {
    Subject subject = lane.subject(scenario.stimulus().provider());
    long budget = subject.timeBudget().toNanos();
    LoadAnswers answers =
        LoadAnswers.of(
            measured.taken(),
            taken -> taken.nanos() > budget,
            taken -> answer(sent(scenario, subject, taken, taken.nanos() > budget)));
    LoadRun.Taken typical = answers.typical();
    if (typical == null) {
      return notSent(cell, attempt, List.of(scenario), "no request of the load could be sent");
    }
    EdgeSummary edges = EdgeSummary.of(logs, redactor);
    Sent sent = sent(scenario, subject, typical, typical.nanos() > budget);
    return record(
            cell,
            attempt,
            List.of(sent),
            edges.first(MOST_INJECTIONS),
            logs,
            around,
            List.of(),
            null)
        .withLoad(
            new LoadRecord(
                measured.planned(),
                measured.taken().size(),
                measured.perSecond(),
                measured.latency(),
                measured.lag(),
                repeated,
                answers.unchecked(),
                edges.injections().size(),
                answers.kinds()));
  }

  private static Sent sent(Scenario scenario, Subject subject, LoadRun.Taken taken, boolean late) {
    return new Sent(scenario, subject, subject.timeBudget(), taken.result(), late);
  }

  private LoadRecord.Answer answer(Sent sent) throws InterruptedException {
    Ruling ruling = Ruling.of(sent);
    HttpReply reply = sent.reply();
    return new LoadRecord.Answer(
        sent.ended(),
        reply == null ? 0 : reply.status(),
        redactor.mismatches(ruling.mismatches()),
        ruling.declaredError(),
        ruling.answer(),
        reply == null ? null : Leaks.in(reply, redactor),
        reply == null ? Map.of() : ReplyFields.toldUnderLoad(reply, sent.scenario(), redactor),
        1,
        ruling.problem() == null ? null : redactor.text(ruling.problem()));
  }

  /** Replays a calm cell, on each node first, and judges nothing of it. */
  void warm(Cell cell) throws InterruptedException {
    List<Scenario> scenarios = planted(cell, scenarios(cell, List.of()));
    if (unable(scenarios) != null || hooks.steady(scenarios) != null) {
      return;
    }
    if (scenarios.get(0).messages() != null) {
      messages(cell, 0, null, scenarios.get(0), List.of());
      return;
    }
    for (int node = 0; node < lane.mostNodes(); node++) {
      EffectWatch watch = EffectWatch.before(hooks, clock, scenarios, true);
      List<Sent> sent;
      int tries = 0;
      do {
        if (tries > 0 && hooks.steady(scenarios) != null) {
          return;
        }
        lane.firstNode(node);
        lane.arm(Map.of());
        try {
          sent = send(scenarios);
        } finally {
          lane.disarm();
          lane.firstNode(0);
        }
      } while (cold(sent.get(0)) && ++tries < MOST_WARM_UPS);
      // What it has set going must have come to rest before the next cell counts.
      watch.after(true, sent.get(0).ended() == Ended.REPLIED);
      lane.lookAround(false);
    }
  }

  /**
   * Whether a reply may be that of a service that has not warmed up: none in time (what is given up
   * may still do its work, in the middle of the next cell), or not the good one.
   */
  private static boolean cold(Sent sent) throws InterruptedException {
    HttpReply reply = sent.reply();
    if (reply == null) {
      return sent.ended() == Ended.TIMED_OUT;
    }
    Probe probe = sent.scenario().probe();
    return reply.status() >= 500
        || probe != null && probe.held() != null && !"held".equals(Ruling.of(sent).answer());
  }

  /** The scenario of the cell; for a reorder experiment the two that are swapped. */
  private List<Scenario> scenarios(Cell cell, List<PlannedFault> faults) {
    for (PlannedFault fault : faults) {
      String first = fault.parameters().text(FIRST).orElse("");
      String second = fault.parameters().text(SECOND).orElse("");
      if (fault.fault().equals(REORDER)
          && request.scenarios().containsKey(first)
          && request.scenarios().containsKey(second)) {
        return List.of(request.scenario(first), request.scenario(second));
      }
    }
    return List.of(request.scenario(cell.stimulus()));
  }

  private @Nullable String unable(List<Scenario> scenarios) {
    for (Scenario scenario : scenarios) {
      String provider = scenario.stimulus().provider();
      if (lane.client(provider) == null) {
        return "no subject '" + provider + "' runs in column " + lane.column().id();
      }
    }
    return null;
  }

  private Map<String, Injector> injectors(String stimulus, List<PlannedFault> faults) {
    return Injector.byEdge(
        request.plan().seed(),
        stimulus,
        faults.stream()
            .map(fault -> new BoundFault(fault, request.faults().apply(fault.fault())))
            .toList());
  }

  /** Sends all at once, each on a connection of its own, and waits for all. */
  private List<Sent> send(List<Scenario> scenarios) throws InterruptedException {
    List<CompletableFuture<CallResult>> begun = new ArrayList<>();
    long start = clock.nanos();
    for (Scenario scenario : scenarios) {
      Subject subject = lane.subject(scenario.stimulus().provider());
      begun.add(
          calls.begin(
              clientOf(subject),
              scenario.request(),
              patience(subject),
              headers(scenario, subject)));
    }
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < begun.size(); i++) {
      Scenario scenario = scenarios.get(i);
      Subject subject = lane.subject(scenario.stimulus().provider());
      CallResult result = calls.await(begun.get(i), patience(subject), start);
      boolean late = result.elapsedMillis() > subject.timeBudget().toMillis();
      sent.add(new Sent(scenario, subject, subject.timeBudget(), result, late));
    }
    return sent;
  }

  private InetSocketAddress clientOf(Subject subject) {
    InetSocketAddress address = lane.client(subject.name());
    if (address == null) {
      throw new IllegalStateException("no client edge to " + subject.name());
    }
    return address;
  }

  private static Map<String, String> headers(Scenario scenario, Subject subject) {
    Map<String, String> headers = new LinkedHashMap<>(subject.headers());
    headers.put(EXCHANGE_HEADER, scenario.stimulus().id());
    return headers;
  }

  /** How long a reply of a subject is waited for. */
  static Duration patience(Subject subject) {
    return subject.timeBudget().multipliedBy(100 + GRACE_PERCENT).dividedBy(100);
  }

  private CellRecord record(
      Cell cell,
      int attempt,
      List<Sent> sent,
      EdgeSummary edges,
      Map<String, EdgeLog> logs,
      List<Injection> around,
      List<EffectReading> effects,
      @Nullable String missed)
      throws InterruptedException {
    Sent first = sent.get(0);
    Ruling ruling = Ruling.of(first);
    List<Mismatch> mismatches = new ArrayList<>(ruling.mismatches());
    String problem = ruling.problem();
    for (Sent second : sent.subList(1, sent.size())) {
      Ruling other = Ruling.of(second);
      problem = problem == null ? other.problem() : problem;
      if (second.ended() != Ended.REPLIED) {
        mismatches.add(new Mismatch("second:status", "a reply in time", second.ended().toString()));
      }
      other
          .mismatches()
          .forEach(
              m -> mismatches.add(new Mismatch("second:" + m.path(), m.expected(), m.actual())));
    }
    problem = problem == null ? edges.unperformed() : problem;
    problem = problem == null ? Around.missed(around, logs) : problem;
    problem = problem == null ? missed : problem;
    HttpReply reply = first.reply();
    return new CellRecord(
        cell,
        attempt,
        first.ended(),
        reply == null ? 0 : reply.status(),
        first.result().elapsedMillis(),
        first.budget().toMillis(),
        redactor.mismatches(mismatches),
        ruling.declaredError(),
        ruling.answer(),
        reply == null ? null : Leaks.in(reply, redactor),
        effects,
        reply == null ? Map.of() : ReplyFields.told(reply, first.scenario(), redactor),
        edges.reached(),
        edges.seen(),
        injections(around, edges.injections()),
        redactor.sketch(first.shown(), first.hidden()),
        reply == null ? null : redactor.sketch(reply),
        0,
        problem == null ? null : redactor.text(problem));
  }

  private List<Injection> injections(List<Injection> around, List<Injection> onEdges) {
    List<Injection> all = new ArrayList<>();
    around.forEach(line -> all.add(redactor.injection(line)));
    all.addAll(onEdges);
    return all;
  }

  private CellRecord notSent(Cell cell, int attempt, List<Scenario> scenarios, String problem) {
    Scenario scenario = scenarios.get(0);
    Subject subject = request.subjects().get(scenario.stimulus().provider());
    return new CellRecord(
        cell,
        attempt,
        Ended.NOT_SENT,
        0,
        0,
        subject == null ? 0 : subject.timeBudget().toMillis(),
        List.of(),
        false,
        scenario.probe() == null ? null : "none",
        null,
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        redactor.sketch(scenario.request(), Set.of()),
        null,
        0,
        redactor.text(problem));
  }
}
