import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Contract;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Source;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.formats.pact.PactFormat;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.HttpCaller;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.Launch;
import dev.codicil.storm.run.RunListener;
import dev.codicil.storm.run.RunRequest;
import dev.codicil.storm.run.Runner;
import dev.codicil.storm.run.World;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code ExperimentsBench PACT PROVIDER-PORT WORK-FOLDER PROVIDER-COMMAND...}: one experiment for
 * each interaction of a pact, replayed 2 x 2 by the runner with its history written as in a verify;
 * then as many exchanges straight to a provider with the same client, also in two lanes. Prints a
 * line for each, and how much the heap had grown at the end. Every reply is checked.
 */
public final class ExperimentsBench {
  private static final String PROVIDER = "items";
  private static final String EDGE = Subject.clientEdge(PROVIDER);
  private static final Location HERE = Location.of("benchmark");

  private ExperimentsBench() {}

  public static void main(String[] args) throws Exception {
    Path pact = Path.of(args[0]);
    int port = Integer.parseInt(args[1]);
    Path work = Path.of(args[2]);
    List<String> command = List.of(args).subList(3, args.length);
    List<HttpInteraction> interactions = read(pact);
    // Once for the just-in-time compiler, then measured.
    run(interactions, command, work.resolve("warm"));
    direct(interactions, port, 4 * interactions.size());
    System.gc();
    long before = used();
    Measured replay = run(interactions, command, work.resolve("run"));
    System.gc();
    long after = used();
    Measured direct = direct(interactions, port, replay.exchanges);
    System.out.printf(
        "replay %d experiments %.3f s %d exchanges, %.0f us of CPU each, %.0f exchanges/s%n",
        interactions.size(), replay.seconds, replay.exchanges, replay.cpu(), replay.rate());
    System.out.printf(
        "direct %d exchanges %.3f s, %.0f us of CPU each, %.0f exchanges/s%n",
        direct.exchanges, direct.seconds, direct.cpu(), direct.rate());
    System.out.printf(
        "ratio %.2f of the rate, %.1f of the CPU (without that of the provider)%n",
        replay.rate() / direct.rate(), replay.cpu() / direct.cpu());
    System.out.printf("heap grew by %d KiB%n", (after - before) / 1024);
    System.exit(0);
  }

  /** The CPU time is that of this process, which tells more than the rate on a busy machine. */
  private record Measured(int exchanges, double seconds, double cpuSeconds) {
    double rate() {
      return exchanges / seconds;
    }

    double cpu() {
      return cpuSeconds * 1e6 / exchanges;
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static List<HttpInteraction> read(Path pact) throws Exception {
    byte[] bytes = Files.readAllBytes(pact);
    Source source =
        new Source() {
          @Override
          public String name() {
            return "benchmark";
          }

          @Override
          public List<String> files() {
            return List.of("items.json");
          }

          @Override
          public byte[] read(String path) {
            return bytes;
          }
        };
    Contract contract =
        new PactFormat().read(DocumentReader.read("items.json", bytes), source).contract();
    return contract.interactions().stream().map(HttpInteraction.class::cast).toList();
  }

  private static Measured run(List<HttpInteraction> interactions, List<String> command, Path work)
      throws Exception {
    Files.createDirectories(work);
    Map<String, Scenario> scenarios = new HashMap<>();
    List<Stimulus> stimuli = new ArrayList<>();
    List<Experiment> experiments = new ArrayList<>();
    for (int i = 0; i < interactions.size(); i++) {
      HttpInteraction interaction = interactions.get(i);
      String id = "i" + i;
      Stimulus stimulus =
          new Stimulus(
              id, Stimulus.Kind.INTERACTION, "shop", PROVIDER, interaction.key(), "GET /", true,
              true, true, false, false, HERE, null);
      stimuli.add(stimulus);
      HttpRequest request = interaction.exemplars().get(0).request();
      scenarios.put(
          id,
          new Scenario(
              stimulus, request, Map.of(), interaction, interaction.expectation(), null, List.of(),
              200));
      experiments.add(
          new Experiment(
              "e" + i,
              id,
              new FaultSet(
                  "benchmark",
                  List.of(
                      new PlannedFault(
                          "drop-field",
                          EDGE,
                          Stream.DOWNSTREAM,
                          new Parameters(Map.of("pointer", "/validUntil"))))),
              Experiment.RequestFit.UNTOUCHED));
    }
    Plan plan =
        new Plan(
            1,
            List.of(new Column("base", Map.of()), new Column("head", Map.of(PROVIDER, "head"))),
            List.of(new Step(List.of(PROVIDER), "base", "head")),
            stimuli,
            experiments,
            Map.of(),
            List.of(),
            List.of());
    Launch launch = new Launch.ProcessLaunch(work, command, Map.of());
    RunRequest request =
        new RunRequest(
            "benchmark",
            plan,
            scenarios,
            Map.of(PROVIDER, subject()),
            Map.of("base", Map.of(PROVIDER, launch), "head", Map.of(PROVIDER, launch)),
            Map.of("base", Map.of(), "head", Map.of()),
            interaction -> Optional.empty(),
            id -> Faults.byId(id).orElseThrow(),
            0,
            true,
            false,
            1,
            null,
            work.resolve("logs"),
            Set.of(),
            new World(work, work.resolve("pending"), name -> null));
    AtomicInteger exchanges = new AtomicInteger();
    long[] first = {0, 0};
    try (HistoryLog log = HistoryLog.create(work.resolve("history").resolve(HistoryLog.FILE))) {
      Runner.run(
          request,
          event -> {
            if (event instanceof Event.CellRun run) {
              if (first[0] == 0) {
                first[0] = System.nanoTime();
                first[1] = cpuNanos();
              }
              if (run.record().reached().getOrDefault(EDGE, 0) != 1 || run.record().status() != 200) {
                throw new IllegalStateException("a wrong cell: " + run.record());
              }
              boolean storm = !run.record().cell().calm();
              if (storm && run.record().injections().size() != 1) {
                throw new IllegalStateException("a fault that did not strike: " + run.record());
              }
              // A storm cell is followed by one calm replay that shows the steady state; the first
              // cell of a stimulus in a column comes after one that warms it up.
              boolean begins = !storm && run.record().attempt() == 0;
              exchanges.addAndGet(storm || begins ? 2 : 1);
            }
            log.append(event);
          },
          List.of(),
          RunListener.SILENT);
    }
    return new Measured(
        exchanges.get(), (System.nanoTime() - first[0]) / 1e9, (cpuNanos() - first[1]) / 1e9);
  }

  private static Subject subject() {
    HttpRequest health = new HttpRequest("GET", "/health", Headers.NONE, Payload.EMPTY);
    return new Subject(
        PROVIDER, null, null, List.of(), Map.of(), health, null, null, Map.of(), Map.of(),
        List.of(), Map.of(), List.of(), Duration.ofSeconds(20), Duration.ofSeconds(20),
        Duration.ofSeconds(20), List.of(), HERE);
  }

  /** Two lanes of one exchange after the other, as the runner has two columns. */
  private static Measured direct(List<HttpInteraction> interactions, int port, int exchanges)
      throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (StormLoop loop = StormLoop.open()) {
      HttpCaller caller = new HttpCaller(loop);
      long start = System.nanoTime();
      long cpu = cpuNanos();
      List<Thread> lanes = new ArrayList<>();
      AtomicInteger wrong = new AtomicInteger();
      for (int lane = 0; lane < 2; lane++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < exchanges / 2; i++) {
                    HttpRequest request =
                        interactions.get(i % interactions.size()).exemplars().get(0).request();
                    CallResult result =
                        caller.call(address, request, Duration.ofSeconds(20), Map.of()).join();
                    if (result.reply() == null || result.reply().status() != 200) {
                      wrong.incrementAndGet();
                    }
                  }
                });
        thread.start();
        lanes.add(thread);
      }
      for (Thread lane : lanes) {
        lane.join();
      }
      if (wrong.get() > 0) {
        throw new IllegalStateException(wrong + " wrong replies");
      }
      return new Measured(
          exchanges / 2 * 2, (System.nanoTime() - start) / 1e9, (cpuNanos() - cpu) / 1e9);
    }
  }
}
