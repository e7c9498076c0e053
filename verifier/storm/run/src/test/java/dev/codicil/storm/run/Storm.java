package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Body;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Json;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import dev.codicil.contract.ProviderState;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.EffectCheck;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Peer;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Upstream;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.storm.run.Launch.ProcessLaunch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run of {@link TinySubject} on both sides, put together piece by piece. */
final class Storm {
  static final String TOKEN = "tok-5f3a\"9c";
  static final String CLIENT = Subject.clientEdge("svc");
  static final String PARTNER = "svc->partner";
  static final Location HERE = Location.of("test");

  final List<Event> events = Collections.synchronizedList(new ArrayList<>());
  final Path dir;
  Duration budget = Duration.ofSeconds(2);
  Duration startup = Duration.ofSeconds(20);
  Duration recovery = Duration.ofSeconds(5);
  int reruns = 0;
  boolean noise;
  boolean causes;
  int concurrency = 1;
  @Nullable Duration timeBudget;
  boolean tls;
  int nodes = 1;
  @Nullable String chaosMonkey;
  List<Peer> direct = List.of();
  @Nullable Peer database;
  Map<String, String> environment = Map.of();
  Checks checks = Checks.NONE;
  private final Map<String, Map<String, Launch>> launches = new LinkedHashMap<>();
  private final Map<String, Scenario> scenarios = new LinkedHashMap<>();
  private final List<Experiment> experiments = new ArrayList<>();

  Storm(Path dir) {
    this.dir = dir;
  }

  /** Runs the subject with these vices on a side; it calls the partner through its edge. */
  Storm side(String column, String... vices) {
    return side(column, Map.of("UPSTREAM", "{upstream.partner}"), vices);
  }

  Storm side(String column, Map<String, String> env, String... vices) {
    Map<String, String> all = new TreeMap<>(env);
    all.put("VICES", String.join(",", vices));
    all.put("TOKEN", TOKEN);
    all.put("WHERE", "{column}/{side}");
    all.put("NODE", "{node}");
    launches.put(column, Map.of("svc", new ProcessLaunch(dir, command("{port}"), all)));
    return this;
  }

  Storm launch(String column, Launch launch) {
    launches.put(column, Map.of("svc", launch));
    return this;
  }

  /** A real consumer of the service in every column, whose probe {@code buy} asks for an item. */
  Storm withShop() {
    return withShop(new Probe.Answer(200, null), new Probe.Answer(503, null));
  }

  /** The same, and nobody says what the probe is to answer. */
  Storm withUndeclaredShop(String... vices) {
    return withShop(null, null, vices);
  }

  private Storm withShop(
      Probe.@Nullable Answer held, Probe.@Nullable Answer refused, String... vices) {
    launches.replaceAll(
        (column, subjects) -> {
          Map<String, Launch> both = new TreeMap<>(subjects);
          both.put(
              "shop",
              new ProcessLaunch(
                  dir,
                  command("{port}"),
                  Map.of(
                      "UPSTREAM",
                      "{upstream.svc}",
                      "UPSTREAM_TIMEOUT",
                      "300",
                      "VICES",
                      String.join(",", vices),
                      "TOKEN",
                      TOKEN)));
          return both;
        });
    Probe probe = new Probe("buy", get("/items/1"), Map.of(), held, null, refused, HERE);
    Stimulus stimulus =
        new Stimulus(
            "buy",
            Stimulus.Kind.PROBE,
            "shop",
            "shop",
            "buy",
            "GET /items/1",
            true,
            true,
            true,
            false,
            false,
            HERE,
            null);
    scenarios.put(
        "buy", new Scenario(stimulus, get("/items/1"), Map.of(), null, null, probe, List.of(), 0));
    return this;
  }

  /**
   * A shop whose probe {@code order} adds an item at the service; it has no read-back of its own.
   */
  Storm withOrderingShop() {
    withShop();
    scenarios.remove("buy");
    HttpRequest request = new HttpRequest("POST", "/orders", Headers.NONE, Payload.EMPTY);
    Probe.Answer refused = new Probe.Answer(503, null);
    Probe probe =
        new Probe("order", request, Map.of(), new Probe.Answer(201, null), null, refused, HERE);
    Stimulus stimulus =
        new Stimulus(
            "order",
            Stimulus.Kind.PROBE,
            "shop",
            "shop",
            "order",
            "POST /orders",
            true,
            true,
            true,
            false,
            false,
            HERE,
            null);
    scenarios.put(
        "order", new Scenario(stimulus, request, Map.of(), null, null, probe, List.of(), 0));
    return this;
  }

  private Subject subject(String name, Map<String, Upstream> upstreams) {
    return new Subject(
            name,
            null,
            null,
            List.of(),
            Map.of(),
            get("/health"),
            new HttpRequest("POST", "/_states", Headers.NONE, Payload.EMPTY),
            new HttpRequest("POST", "/_reset", Headers.NONE, Payload.EMPTY),
            Map.of("X-Shop-Key", TOKEN),
            Map.of(),
            List.of(added()),
            upstreams,
            List.of(),
            budget,
            recovery,
            startup,
            direct,
            HERE)
        .withNodes(name.equals("svc") ? nodes : 1)
        .withChaosMonkey(name.equals("svc") ? chaosMonkey : null);
  }

  static List<String> command(String port) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx48m",
        "-cp",
        Path.of("target", "test-classes").toAbsolutePath().toString(),
        TinySubject.class.getName(),
        port);
  }

  /** Replays {@code GET /items/1} and the like; every reply must be 2xx with id and name. */
  Storm replay(String id, String operation, String... states) {
    String[] parts = operation.split(" ", 2);
    List<EffectCheck> effects = parts[0].equals("POST") ? List.of(added()) : List.of();
    HttpRequest request =
        new HttpRequest(
            parts[0],
            parts[1],
            Headers.of("content-type", "application/json"),
            Payload.of(parts[0].equals("POST") ? "{\"sku\":\"A1\"}" : ""));
    HttpInteraction interaction = interaction(id, parts[0], parts[1], null);
    scenarios.put(
        id,
        new Scenario(
            stimulus(id, operation, Stimulus.Kind.INTERACTION),
            request,
            states.length == 0
                ? Map.of()
                : Map.of(
                    "svc",
                    List.of(states).stream()
                        .map(state -> new ProviderState(state, Map.of()))
                        .toList()),
            interaction,
            interaction.expectation(),
            null,
            effects,
            200));
    return this;
  }

  static Stimulus stimulus(String id, String operation, Stimulus.Kind kind) {
    return new Stimulus(
        id, kind, "shop", "svc", id, operation, true, true, true, false, false, HERE, null);
  }

  static EffectCheck added() {
    return new EffectCheck("added", "POST /items", get("/count"), "/count", 1);
  }

  Storm storm(String id, String stimulus, String fault, String edge, Map<String, String> params) {
    Stream stream =
        Faults.byId(fault).orElseThrow().card().streams().contains(Stream.DOWNSTREAM)
            ? Stream.DOWNSTREAM
            : Stream.UPSTREAM;
    PlannedFault planned = new PlannedFault(fault, edge, stream, new Parameters(params));
    if (Faults.byId(fault).orElseThrow().card().aim() == FaultCard.Aim.NODE) {
      planned = planned.when(Conditions.NONE.once()); // as the planner has it
    }
    experiments.add(
        new Experiment(
            id, stimulus, new FaultSet("test", List.of(planned)), Experiment.RequestFit.UNTOUCHED));
    return this;
  }

  /** The partner answers late, under a load; with the calm that this is measured by. */
  Storm latePartnerUnder(Load load, String id, String stimulus, String latency) {
    experiments.add(Experiment.calmUnder(load, stimulus, "test"));
    storm(id, stimulus, "latency", PARTNER, Map.of("latency", latency));
    Experiment storm = experiments.remove(experiments.size() - 1);
    experiments.add(
        new Experiment(
            id, stimulus, storm.faults(), storm.request(), Experiment.ReplyFit.UNTOUCHED, load));
    return this;
  }

  /** The partner answers far too late. */
  Storm slowPartner(String id, String stimulus) {
    return storm(id, stimulus, "latency", PARTNER, Map.of("latency", "60s"));
  }

  RunRequest request() {
    Map<String, Map<String, List<HttpInteraction>>> stubs = new LinkedHashMap<>();
    for (String column : launches.keySet()) {
      stubs.put(
          column,
          Map.of(
              "partner.json",
              List.of(
                  interaction(
                      "partner",
                      "GET",
                      "/partner",
                      new HttpReply(
                          200,
                          Headers.of("content-type", "application/json"),
                          Payload.of("{\"ok\":true}"))))));
    }
    Plan plan =
        new Plan(
            42,
            launches.keySet().stream()
                .map(id -> new Column(id, id.equals("base") ? Map.of() : Map.of("svc", "head")))
                .toList(),
            launches.size() < 2 ? List.of() : List.of(new Step(List.of("svc"), "base", "head")),
            scenarios.values().stream().map(Scenario::stimulus).toList(),
            experiments,
            Map.of(),
            List.of(),
            List.of());
    return new RunRequest(
            "test",
            plan,
            scenarios,
            Map.of(
                "svc", subject("svc", upstreams()),
                "shop", subject("shop", Map.of("svc", new Upstream("svc", null)))),
            launches,
            stubs,
            interaction -> Optional.empty(),
            id -> Faults.byId(id).orElseThrow(),
            reruns,
            noise,
            causes,
            concurrency,
            timeBudget,
            dir.resolve("logs"),
            Set.of(TOKEN),
            world())
        .withChecks(checks);
  }

  private Map<String, Upstream> upstreams() {
    Upstream partner = new Upstream("partner", "partner.json", tls);
    return database == null
        ? Map.of("partner", partner)
        : Map.of("partner", partner, "db", new Upstream("db", null, false, database));
  }

  World world() {
    return new World(dir, dir.resolve("pending"), environment::get);
  }

  Storm run() throws InterruptedException {
    return run(List.of());
  }

  Storm run(List<Event> already) throws InterruptedException {
    Runner.run(request(), events::add, already, RunListener.SILENT);
    return this;
  }

  /** {@code ID@COLUMN#ATTEMPT ENDED STATUS} of cells in order of name. */
  List<String> cells() {
    return records().stream()
        .map(r -> r.cell().label() + "#" + r.attempt() + " " + r.ended() + " " + r.status())
        .sorted()
        .toList();
  }

  /** {@code ID@COLUMN REASON} of skipped cells in order of name. */
  List<String> skips() {
    return all(Event.CellSkipped.class).stream()
        .map(skip -> skip.cell().label() + " " + skip.reason())
        .sorted()
        .toList();
  }

  List<CellRecord> records() {
    return all(Event.CellRun.class).stream().map(Event.CellRun::record).toList();
  }

  CellRecord record(String label) {
    return records().stream()
        .filter(r -> r.cell().label().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + label + " in " + json()));
  }

  <E extends Event> List<E> all(Class<E> type) {
    synchronized (events) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  /** The journal as it goes into the file. */
  String json() {
    synchronized (events) {
      return events.stream()
          .map(
              event -> {
                try {
                  return Json.mapper().writeValueAsString(event);
                } catch (JsonProcessingException e) {
                  throw new IllegalStateException(e);
                }
              })
          .collect(Collectors.joining("\n"));
    }
  }

  /** No child of this JVM is left, by the pids that the runner wrote down. */
  static void assertNothingRuns(Path dir) throws IOException {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    try (java.util.stream.Stream<Path> pids = Files.list(dir.resolve("logs"))) {
      assertThat(pids.filter(file -> file.toString().endsWith(".pid"))).isNotEmpty();
    }
  }

  static HttpRequest get(String target) {
    return new HttpRequest("GET", target, Headers.NONE, Payload.EMPTY);
  }

  static HttpInteraction interaction(
      String key, String method, String path, @Nullable HttpReply example) {
    Shape shape =
        Shape.at(HERE)
            .type(JsonType.OBJECT)
            .property("id", Shape.any(HERE), true)
            .property("name", Shape.any(HERE), true)
            .build();
    return new HttpInteraction(
        key,
        key,
        HttpInteraction.Style.BY_EXAMPLE,
        List.of(),
        method,
        path,
        List.of(),
        Body.none(HERE),
        List.of(
            new Response(
                "200", List.of(), new Body(true, Map.of("application/json", shape), HERE), HERE)),
        List.of(
            new Exemplar(
                "example",
                new HttpRequest(method, path, Headers.NONE, Payload.EMPTY),
                example,
                false)),
        new NeedsIdAndName(),
        HERE);
  }

  /** 2xx with an id and a name; 503 is the declared refusal. */
  private static final class NeedsIdAndName implements Expectation {
    @Override
    public List<Mismatch> check(HttpRequest request, HttpReply reply) {
      if (reply.statusClass() != 2) {
        return List.of(new Mismatch("status", "2xx", String.valueOf(reply.status())));
      }
      return reply.body().json().map(body -> body.has("name")).orElse(false)
          ? List.of()
          : List.of(new Mismatch("body/name", "a name", reply.body().utf8()));
    }

    @Override
    public boolean declaresError(HttpRequest request, HttpReply reply) {
      return reply.status() == 503;
    }
  }
}
