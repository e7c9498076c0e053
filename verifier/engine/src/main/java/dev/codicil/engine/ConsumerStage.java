package dev.codicil.engine;

import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.fault.VersionSkewFault;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.experiment.Experiment;
import dev.codicil.storm.proxy.EdgeLog;
import dev.codicil.storm.proxy.ExchangeNote;
import dev.codicil.storm.proxy.FaultProxy;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.proxy.StubServer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays a provider for code that runs in this process, such as a test of a consumer: on each side a
 * stub that serves the side's contract, behind a fault proxy. One cell at a time.
 */
public final class ConsumerStage implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Set<ExchangeNote.Kind> NOT_STRUCK =
      Set.of(
          ExchangeNote.Kind.INJECTOR_FAILED,
          ExchangeNote.Kind.BODY_TOO_LARGE,
          ExchangeNote.Kind.NOT_PERFORMED);

  private final StageContracts contracts;
  private final Request request;
  private final Map<Side, Part> parts = new EnumMap<>(Side.class);
  private boolean calm = true;

  /** Before or after the amendment. */
  public enum Side {
    BEFORE,
    AFTER;

    /** As people read it. */
    public String label() {
      return this == BEFORE ? "before" : "after";
    }
  }

  /**
   * What is to be played.
   *
   * @param provider whom the code calls
   * @param consumer who calls, as contracts name it; empty for any
   * @param test stable name of the code, which ids and draws depend on
   * @param profiles chosen profiles; empty for those of the amendment, else of the project
   * @param seed of all draws
   */
  public record Request(
      String provider, String consumer, String test, List<String> profiles, long seed) {
    public Request {
      profiles = List.copyOf(profiles);
    }

    String caller() {
      return consumer.isEmpty() ? "test" : consumer;
    }
  }

  /**
   * A set of faults to strike with.
   *
   * @param id stable fingerprint
   * @param label what strikes where
   * @param content whether it changes what a message says
   * @param experiment as planned
   */
  public record Storm(String id, String label, boolean content, Experiment experiment) {
    /** Whether the side before can meet it: not what only the amended contract allows. */
    public boolean metBefore() {
      return experiment.reply() != Experiment.ReplyFit.NEWLY_ALLOWED;
    }
  }

  /**
   * What passed in one cell.
   *
   * @param calls number of requests
   * @param struck what was done, one readable line each
   * @param unanswered requests that the side's contract has no answer to
   * @param problem why a fault that was planned did not strike; null when all did
   */
  public record Passage(
      int calls, List<String> struck, List<String> unanswered, @Nullable String problem) {}

  /** How a side is played, and which of its interactions were used in calm. */
  private record Part(StubServer stub, FaultProxy proxy, Set<HttpInteraction> used) {}

  private ConsumerStage(StageContracts contracts, Request request) {
    this.contracts = contracts;
    this.request = request;
  }

  /**
   * Opens a stage on free loopback ports.
   *
   * @param loop of its owner, who closes it
   * @throws dev.codicil.contract.InputException when no contract describes the provider
   */
  public static ConsumerStage open(StormLoop loop, StageContracts contracts, Request request) {
    ConsumerStage stage = new ConsumerStage(contracts, request);
    StubReplies replies = new StubReplies(request.seed());
    List<HttpInteraction> before = contracts.before(request.provider(), request.consumer());
    List<HttpInteraction> after = contracts.after(request.provider(), request.consumer(), replies);
    for (Side side : Side.values()) {
      StubServer stub = StubServer.open(loop, side == Side.BEFORE ? before : after, replies::reply);
      FaultProxy proxy = FaultProxy.open(loop, stage.edge());
      proxy.targetStub(stub);
      stage.parts.put(side, new Part(stub, proxy, new LinkedHashSet<>()));
    }
    // A fleet that is half rolled out has a node of the version before.
    stage
        .part(Side.AFTER)
        .proxy()
        .targetStub(VersionSkewFault.BEFORE, stage.part(Side.BEFORE).stub());
    // A client with a short time-out would take a cold proxy for a slow provider.
    stage.parts.values().forEach(part -> part.proxy().warmUp(loop, WARM_UP));
    return stage;
  }

  private Part part(Side side) {
    return Objects.requireNonNull(parts.get(side));
  }

  private String edge() {
    return StageStorms.edge(request);
  }

  /** Where the provider of a side is called: {@code http://127.0.0.1:PORT}. */
  public URI url(Side side) {
    return URI.create("http://127.0.0.1:" + part(side).proxy().port());
  }

  /**
   * Begins a cell.
   *
   * @param storm null for calm
   */
  public void begin(Side side, @Nullable Storm storm) {
    Injector injector = storm == null ? Injector.NONE : StageStorms.injector(request, storm);
    calm = storm == null;
    part(side).stub().reset();
    part(side).proxy().arm(injector);
  }

  /** Ends the cell that was begun on this side: what is still held back is cut. */
  public Passage end(Side side) {
    Part part = part(side);
    EdgeLog log = part.proxy().disarm();
    if (calm) {
      part.used().addAll(part.stub().served());
    }
    String problem =
        log.notes().stream()
            .filter(note -> NOT_STRUCK.contains(note.kind()))
            .map(ExchangeNote::detail)
            .findFirst()
            .orElse(null);
    return new Passage(
        log.exchanges(),
        log.injections().stream().map(ConsumerStage::line).toList(),
        part.stub().unmatched(),
        problem);
  }

  private static String line(Injection injection) {
    return injection.fault() + ": " + injection.detail();
  }

  /**
   * Every way in which the chosen weather strikes the interactions that the calm cells used; those
   * of the amended part first.
   */
  public List<Storm> storms() {
    return StageStorms.of(
        contracts,
        request,
        List.copyOf(part(Side.BEFORE).used()),
        List.copyOf(part(Side.AFTER).used()));
  }

  @Override
  public void close() {
    parts
        .values()
        .forEach(
            part -> {
              part.proxy().close();
              part.stub().close();
            });
  }
}
