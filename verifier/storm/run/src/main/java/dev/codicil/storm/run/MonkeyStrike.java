package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Assault.Kind;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.HttpRequest;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord.Ended;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One assault in one cell: on every node of the service that is called, for the exchange may go to
 * any; on the first alone when it is to end.
 */
final class MonkeyStrike {
  private static final String EVERYWHERE = ", in every controller";

  private final Lane lane;
  private final RunRequest request;
  private final RunClock clock;
  private final PlannedFault planned;
  private final Effect.Assault assault;
  private final List<MonkeyInForce> nodes = new ArrayList<>();
  private String where = "";
  private boolean answered;

  MonkeyStrike(
      RunRequest request, Lane lane, RunClock clock, PlannedFault planned, Effect.Assault assault) {
    this.request = request;
    this.lane = lane;
    this.clock = clock;
    this.planned = planned;
    this.assault = assault;
  }

  /**
   * Brings it in force.
   *
   * @return why that cannot be; null when it is
   */
  @Nullable String begin(String stimulus) throws InterruptedException {
    Subject called = request.topology().called(planned.edge()).orElse(null);
    String path = called == null ? null : called.chaosMonkey();
    if (called == null || path == null) {
      return "who is called on " + planned.edge() + " declares no 'chaos-monkey'";
    }
    List<SubjectProcess> processes = lane.processes(called.name());
    List<InetSocketAddress> addresses = lane.nodes(called.name());
    if (addresses.isEmpty()) {
      return called.name() + " does not run here";
    }
    for (int i = 0; i < addresses.size(); i++) {
      SubjectProcess process = i < processes.size() ? processes.get(i) : null;
      InetSocketAddress address = addresses.get(i);
      String url = "http://" + address.getHostString() + ":" + address.getPort() + path;
      ChaosMonkey monkey = new ChaosMonkey(url, called.headers());
      MonkeyInForce node =
          new MonkeyInForce(request.world(), clock, monkey, assault, planned.label(), process);
      nodes.add(node);
      String failed = node.begin(watched(monkey, stimulus));
      if (failed != null) {
        return "the Chaos Monkey of " + called.name() + ": " + failed;
      }
      if (assault.kind() == Kind.LIFE) {
        lane.fell(called.name(), process);
        break;
      }
    }
    return null;
  }

  /** Whose calls are assaulted; empty for those of every controller. */
  private List<String> watched(ChaosMonkey monkey, String stimulus) throws InterruptedException {
    String handler = assault.handler();
    if (assault.kind() != Kind.CALLS) {
      return List.of();
    }
    if (handler != null) {
      where = " in " + handler;
      return List.of(handler);
    }
    if (!planned.edge().startsWith(Subject.clientEdge(""))) {
      where = EVERYWHERE + " (which of them is called here is not known before)";
      return List.of();
    }
    JsonNode mappings = monkey.mappings();
    if (mappings == null) {
      where = EVERYWHERE + " (mappings are not exposed beside it)";
      return List.of();
    }
    HttpRequest asked = request.scenario(stimulus).request();
    String found = new MonkeyHandlers(mappings).of(asked.method(), asked.path());
    where = found == null ? EVERYWHERE + " (no mapping names one for it)" : " in " + found;
    return found == null ? List.of() : List.of(found);
  }

  /** Whose calls are assaulted, for the injection log. */
  String where() {
    return where;
  }

  /**
   * What became of the exchange.
   *
   * @return why the assault cannot have struck; null when it may have
   */
  @Nullable String missed(List<Sent> sent) {
    boolean direct = planned.edge().startsWith(Subject.clientEdge(""));
    answered = direct && sent.stream().allMatch(one -> one.ended() == Ended.REPLIED);
    if (!answered || assault.kind() != Kind.CALLS) {
      return null;
    }
    for (Sent one : sent) {
      long millis = one.result().elapsedMillis();
      if (assault.lasts().toMillis() > millis) {
        return notStruck("the reply came after " + millis + " ms");
      }
      boolean well = one.reply() != null && one.reply().status() < 400;
      if (assault.lasts().isZero() && well) {
        return notStruck("the reply is a good one");
      }
    }
    return null;
  }

  private String notStruck(String evidence) {
    return "the fault did not strike: "
        + evidence
        + "; is what handles it a bean of a @Controller or @RestController class? '"
        + "handler' in the profile may name another";
  }

  /**
   * Puts everything back. A node of ours that does not let itself be set back is replaced.
   *
   * @return what could not be put back; null when all is as it was
   * @throws RevertFailure when that is a node of somebody else
   */
  @Nullable String revert() {
    String left = null;
    RevertFailure stuck = null;
    for (int i = nodes.size() - 1; i >= 0; i--) {
      MonkeyInForce node = nodes.get(i);
      try {
        node.revert();
      } catch (RevertFailure failure) {
        SubjectProcess process = node.process();
        if (process == null) {
          stuck = stuck == null ? failure : stuck;
        } else {
          process.kill();
          node.settled();
          lane.fell(calledName(), process);
          left = failure.getMessage() + "; the node was replaced";
        }
      }
    }
    outlast();
    if (stuck != null) {
      throw stuck;
    }
    return left;
  }

  private String calledName() {
    return request.topology().called(planned.edge()).map(Subject::name).orElse("");
  }

  /** Calls that still wait do their work afterwards: not in the middle of the next cell. */
  private void outlast() {
    if (assault.lasts().isZero() || answered || nodes.stream().allMatch(MonkeyInForce::isOver)) {
      return;
    }
    try {
      clock.pause(assault.lasts());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
