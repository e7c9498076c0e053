package dev.codicil.storm.run;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.EffectReading;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.EdgeLog;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs one cell in one lane: steady state, read, arm, send, disarm, read, decide, redact. */
final class CellReplay {
  /** Header that names the exchange to the proxy. */
  static final String EXCHANGE_HEADER = "X-Codicil-Exchange";

  /** Reply header in which the proxy marks an answer of its own. */
  private static final String PROXY_HEADER = "x-codicil-proxy";

  /**
   * How much longer than the time budget a reply is waited for, in percent. It is hung all the
   * same; but one that comes just too late is told from one that does not come, and run again.
   */
  static final int GRACE_PERCENT = 25;

  private static final Duration RULING_LIMIT = Duration.ofSeconds(10);

  /** Id of the fault that swaps two exchanges, and its parameters. */
  private static final String REORDER = "reorder";

  private static final String FIRST = "first";
  private static final String SECOND = "second";

  private final RunRequest request;
  private final Lane lane;
  private final Calls calls;
  private final SubjectHooks hooks;
  private final Redactor redactor;
  private final RunClock clock;

  CellReplay(RunRequest request, Lane lane, Calls calls, Redactor redactor, RunClock clock) {
    this.request = request;
    this.lane = lane;
    this.calls = calls;
    this.hooks = new SubjectHooks(lane, calls);
    this.redactor = redactor;
    this.clock = clock;
  }

  /** One scenario on its way: what was sent where, and what came of it. */
  private record Sent(
      Scenario scenario, Subject subject, Duration budget, CallResult result, boolean late) {}

  /** Runs a calm cell, or a storm cell when there is an experiment. */
  CellRecord run(Cell cell, int attempt, @Nullable Experiment experiment)
      throws InterruptedException {
    List<PlannedFault> faults = experiment == null ? List.of() : experiment.faults().faults();
    List<Scenario> scenarios = scenarios(cell, faults);
    String problem = unable(scenarios);
    if (problem == null) {
      problem = hooks.steady(scenarios);
    }
    if (problem != null) {
      return notSent(cell, attempt, scenarios, problem);
    }
    EffectWatch watch = EffectWatch.before(hooks, clock, scenarios);
    List<Sent> sent;
    Map<String, EdgeLog> logs;
    List<Injection> around;
    try (Around world = Around.of(request, cell.stimulus(), faults, lane)) {
      if (world.problem() != null) {
        return notSent(cell, attempt, scenarios, world.problem());
      }
      around = world.injections();
      lane.arm(injectors(cell.stimulus(), faults));
      try {
        sent = send(scenarios);
      } finally {
        logs = lane.disarm();
      }
    }
    List<EffectReading> effects = watch.after(cell.calm(), ended(sent.get(0)) == Ended.REPLIED);
    lane.lookAround(false);
    return record(cell, attempt, sent, logs, around, effects);
  }

  /** Replays a calm cell and judges nothing of it. */
  void warm(Cell cell) throws InterruptedException {
    List<Scenario> scenarios = scenarios(cell, List.of());
    if (unable(scenarios) != null || hooks.steady(scenarios) != null) {
      return;
    }
    EffectWatch watch = EffectWatch.before(hooks, clock, scenarios);
    List<Sent> sent;
    lane.arm(Map.of());
    try {
      sent = send(scenarios);
    } finally {
      lane.disarm();
    }
    // What it has set going must have come to rest before the next cell counts.
    watch.after(true, ended(sent.get(0)) == Ended.REPLIED);
    lane.lookAround(false);
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
      InetSocketAddress address = lane.client(subject.name());
      if (address == null) {
        throw new IllegalStateException("no client edge to " + subject.name());
      }
      Map<String, String> headers = new LinkedHashMap<>(subject.headers());
      headers.put(EXCHANGE_HEADER, scenario.stimulus().id());
      begun.add(calls.begin(address, scenario.request(), patience(subject), headers));
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

  /** How long a reply of a subject is waited for. */
  static Duration patience(Subject subject) {
    return subject.timeBudget().multipliedBy(100 + GRACE_PERCENT).dividedBy(100);
  }

  private CellRecord record(
      Cell cell,
      int attempt,
      List<Sent> sent,
      Map<String, EdgeLog> logs,
      List<Injection> around,
      List<EffectReading> effects)
      throws InterruptedException {
    Sent first = sent.get(0);
    Ruling ruling = judge(first);
    List<Mismatch> mismatches = new ArrayList<>(ruling.mismatches());
    String problem = ruling.problem();
    for (Sent second : sent.subList(1, sent.size())) {
      Ruling other = judge(second);
      problem = problem == null ? other.problem() : problem;
      if (ended(second) != Ended.REPLIED) {
        mismatches.add(new Mismatch("second:status", "a reply in time", ended(second).toString()));
      }
      other
          .mismatches()
          .forEach(
              m -> mismatches.add(new Mismatch("second:" + m.path(), m.expected(), m.actual())));
    }
    EdgeSummary edges = EdgeSummary.of(logs, redactor);
    problem = problem == null ? edges.unperformed() : problem;
    problem = problem == null ? Around.missed(around, logs) : problem;
    HttpReply reply = reply(first);
    return new CellRecord(
        cell,
        attempt,
        ended(first),
        reply == null ? 0 : reply.status(),
        first.result().elapsedMillis(),
        first.budget().toMillis(),
        redactor.mismatches(mismatches),
        ruling.declaredError(),
        ruling.answer(),
        reply == null ? null : Leaks.in(reply, redactor),
        effects,
        reply == null
            ? Map.of()
            : redactor.keys(ReplyFields.of(reply, first.scenario().interaction())),
        edges.reached(),
        edges.seen(),
        injections(around, edges.injections()),
        redactor.sketch(shown(first), hidden(first.subject())),
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

  private record Ruling(
      List<Mismatch> mismatches,
      boolean declaredError,
      @Nullable String answer,
      @Nullable String problem) {}

  /** Asks expectation or probe, on what really came, before anything is redacted. */
  private Ruling judge(Sent sent) throws InterruptedException {
    Scenario scenario = sent.scenario();
    HttpReply reply = reply(sent);
    if (sent.result().ended() == CallResult.Ended.REFUSED) {
      return new Ruling(List.of(), false, null, "not sent: " + sent.result().detail());
    }
    if (scenario.probe() != null) {
      String answer = reply == null ? "none" : Answers.classify(scenario.probe(), reply);
      return new Ruling(List.of(), answer.equals("refused"), answer, null);
    }
    if (reply == null || scenario.expectation() == null) {
      return new Ruling(List.of(), false, null, null);
    }
    Expectation expectation = scenario.expectation();
    try {
      return BoundedCall.within(RULING_LIMIT, () -> ruling(expectation, scenario.request(), reply));
    } catch (ExecutionException e) {
      return undecided(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return undecided("no end after " + RULING_LIMIT.toSeconds() + " s");
    }
  }

  private static Ruling ruling(Expectation expectation, HttpRequest request, HttpReply reply) {
    return new Ruling(
        expectation.check(request, reply),
        reply.status() >= 400 && expectation.declaresError(request, reply),
        null,
        null);
  }

  private static Ruling undecided(String why) {
    return new Ruling(
        List.of(), false, null, "the reply could not be held to its contract: " + why);
  }

  private static Ended ended(Sent sent) {
    if (sent.late()) {
      return Ended.TIMED_OUT;
    }
    return switch (sent.result().ended()) {
      case REPLIED -> nobodyListened(sent.result()) ? Ended.DISCONNECTED : Ended.REPLIED;
      case TIMED_OUT -> Ended.TIMED_OUT;
      case DISCONNECTED -> Ended.DISCONNECTED;
      case GARBLED -> Ended.GARBLED;
      case REFUSED -> Ended.NOT_SENT;
    };
  }

  /** A client without the proxy would have found no connection where the proxy answers 502. */
  private static boolean nobodyListened(CallResult result) {
    HttpReply reply = result.reply();
    return reply != null
        && reply.headers().first(PROXY_HEADER).orElse("").equals("upstream-refused");
  }

  private static @Nullable HttpReply reply(Sent sent) {
    return ended(sent) == Ended.REPLIED ? sent.result().reply() : null;
  }

  private static HttpRequest shown(Sent sent) {
    HttpRequest plain = sent.scenario().request();
    Headers headers = plain.headers();
    for (Map.Entry<String, String> own : sent.subject().headers().entrySet()) {
      headers = headers.with(own.getKey(), own.getValue());
    }
    return new HttpRequest(plain.method(), plain.target(), headers, plain.body());
  }

  /** A subject's own headers carry credentials by declaration: sent, never recorded. */
  private static Set<String> hidden(Subject subject) {
    Set<String> names = new HashSet<>();
    subject.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
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
