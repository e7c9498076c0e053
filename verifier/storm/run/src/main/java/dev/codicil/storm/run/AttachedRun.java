package dev.codicil.storm.run;

import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.storm.proxy.HttpCaller;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replays subjects that somebody else runs, such as the application of a test: one column, and each
 * cell when it is asked for. Used by one thread at a time.
 */
public final class AttachedRun implements AutoCloseable {
  private static final int HTTP_PORT = 80;

  private final RunRequest request;
  private final RunLog log;
  private final ColumnRun column;
  private final AtomicReference<String> skipped = new AtomicReference<>("");
  private final Map<String, Observed> calm = new HashMap<>();

  /**
   * What was observed of a cell.
   *
   * @param outcome of all its runs; UNKNOWN when they disagree
   * @param runs none when it was not run
   * @param reason why nothing can be said; null when something can
   */
  public record Observed(Outcome outcome, List<CellRecord> runs, @Nullable String reason) {
    public Observed {
      runs = List.copyOf(runs);
    }
  }

  private AttachedRun(RunRequest request, Column column, StormLoop loop) {
    this.request = request;
    Consumer<Event> journal =
        event -> {
          if (event instanceof Event.CellSkipped skip) {
            skipped.set(skip.detail());
          }
        };
    this.log = new RunLog(request.plan(), journal, List.of(), RunListener.SILENT);
    RunClock clock = RunClock.SYSTEM;
    Lane.Tools tools =
        new Lane.Tools(
            loop,
            new Calls(new HttpCaller(loop), clock),
            SubjectProcess::freePort,
            new Redactor(request.secrets()),
            clock,
            log::event,
            new OpenBrokers(Brokers.NONE, request.logDir()));
    this.column =
        new ColumnRun(
            column,
            0,
            request,
            tools,
            log,
            new Turns(),
            new AbortWatch(request.plan().aborts()),
            () -> false,
            () -> {});
  }

  /**
   * Opens stubs and proxies, so that every address but that of the attached subjects is known.
   *
   * @param column of the plan, the one that is replayed
   * @param loop of its owner, who closes it
   * @throws IllegalStateException when that is not to be had; the message says why
   */
  public static AttachedRun open(RunRequest request, Column column, StormLoop loop)
      throws InterruptedException {
    AttachedRun run = new AttachedRun(request, column, loop);
    if (!run.column.start()) {
      String failure = run.column.failure();
      run.close();
      throw new IllegalStateException(failure);
    }
    return run;
  }

  /**
   * Says where an attached subject listens; it may move between cells.
   *
   * @param address {@code http://HOST:PORT}
   * @throws IllegalArgumentException when that is not this machine, or not plain HTTP
   */
  public void at(String subject, URI address) {
    String host = address.getHost();
    if (host == null || !"http".equals(address.getScheme())) {
      throw new IllegalArgumentException(
          "the provider's address is http://HOST:PORT, not " + address);
    }
    int port = address.getPort() < 0 ? HTTP_PORT : address.getPort();
    InetSocketAddress resolved = new InetSocketAddress(host, port);
    if (resolved.isUnresolved()) {
      throw new IllegalArgumentException("nobody knows the host of " + address);
    }
    if (!resolved.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "faults are sent to providers on this machine only, not to " + address);
    }
    column.lane().attach(subject, resolved);
  }

  /** Where a subject is to call an upstream: {@code http://127.0.0.1:PORT}, a proxy. */
  public URI upstream(String subject, String upstream) {
    return URI.create(column.lane().upstream(column.lane().subject(subject), upstream));
  }

  /** Replays in calm, twice, so that what the subject does not do alike is known. */
  public Observed calm(Stimulus stimulus) throws InterruptedException {
    CellRecord first = column.calm(stimulus);
    List<CellRecord> runs = new ArrayList<>();
    if (first != null) {
      runs.add(first);
      CellRecord second = column.noise(stimulus, first);
      if (second != null) {
        runs.add(second);
      }
    }
    Observed observed = observed(runs, null, null);
    calm.put(stimulus.id(), observed);
    return observed;
  }

  /**
   * Whether an experiment can tell anything: its stimulus held in calm, and was seen where the
   * faults strike.
   */
  public boolean exposed(Experiment experiment) {
    Observed measured = calm.get(experiment.stimulus());
    return measured != null
        && measured.outcome() == Outcome.HELD
        && Exposure.missing(experiment.faults(), measured.runs().get(0), request.faults()) == null;
  }

  /**
   * Replays under faults, and again when a finding would rest on it.
   *
   * @throws IllegalStateException when its stimulus was not replayed in calm
   */
  public Observed storm(Experiment experiment) throws InterruptedException {
    Observed measured = calm.get(experiment.stimulus());
    if (measured == null || measured.runs().isEmpty()) {
      throw new IllegalStateException("no calm cell of " + experiment.stimulus());
    }
    CellRecord own = measured.runs().get(0);
    CellRecord measure = CellOutcomes.measure(measured.runs());
    List<CellRecord> runs = new ArrayList<>();
    CellRecord first = column.storm(experiment, own);
    if (first != null) {
      runs.add(first);
      boolean doubtful =
          observed(runs, experiment, measure).outcome().worseThan(Outcome.REFUSED)
              || StimulusRun.near(first);
      for (int i = 1; doubtful && i <= request.reruns(); i++) {
        CellRecord again = column.again(column.stormCell(experiment), i, experiment, own);
        if (again != null) {
          runs.add(again);
        }
      }
    }
    return observed(runs, experiment, measure);
  }

  private Observed observed(
      List<CellRecord> runs, @Nullable Experiment experiment, @Nullable CellRecord measure) {
    if (runs.isEmpty()) {
      return new Observed(Outcome.UNKNOWN, runs, skipped.getAndSet(""));
    }
    String problem = runs.get(0).problem();
    if (problem == null
        && experiment != null
        && !experiment.faults().conditional()
        && runs.stream().anyMatch(run -> run.injections().isEmpty())) {
      problem = "the fault did not strike";
    }
    if (problem != null) {
      return new Observed(Outcome.UNKNOWN, runs, problem);
    }
    Outcome outcome = StimulusRun.outcome(runs, experiment, measure);
    return new Observed(
        outcome, runs, outcome == Outcome.UNKNOWN ? flaky(runs, experiment, measure) : null);
  }

  private static String flaky(
      List<CellRecord> runs, @Nullable Experiment experiment, @Nullable CellRecord measure) {
    Map<Outcome, Long> counts =
        runs.stream()
            .map(run -> CellOutcomes.of(run, experiment, measure))
            .collect(
                Collectors.groupingBy(outcome -> outcome, TreeMap::new, Collectors.counting()));
    return counts.size() == 1
        ? "nothing can be said about what came"
        : "its runs disagree: "
            + counts.entrySet().stream()
                .map(count -> count.getValue() + " x " + count.getKey())
                .collect(Collectors.joining(", "));
  }

  /** Closes stubs and proxies; what is attached runs on. */
  @Override
  public void close() {
    column.close();
    log.close();
  }
}
