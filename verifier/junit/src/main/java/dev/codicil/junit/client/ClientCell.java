package dev.codicil.junit.client;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.Tally;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one storm: it numbers the exchanges and logs what was done to them, just as an edge
 * of the fault proxy does within a cell.
 */
final class ClientCell {
  private final String edge;
  private final Injector injector;
  private final @Nullable Tally tally;
  private final Set<String> requests = new HashSet<>();
  private final List<Injection> injections = new ArrayList<>();
  private int calls;

  ClientCell(String edge, Injector injector) {
    this.edge = edge;
    this.injector = injector;
    this.tally = injector.conditional() ? injector.tally() : null;
  }

  /**
   * An exchange as it begins.
   *
   * @param call its 0-based number
   * @param repeated whether the same method and target was asked for before
   * @param turn which faults may strike it; null for all
   */
  record Begun(int call, boolean repeated, Tally.@Nullable Turn turn) {}

  synchronized Begun begin(HttpRequest request) {
    int call = calls++;
    boolean repeated = !requests.add(request.method() + ' ' + request.target());
    return new Begun(call, repeated, tally == null ? null : tally.next(edge, call, request));
  }

  /** What is to be done to the request. */
  Wishes request(Begun begun, HttpRequest request) {
    return plan(begun, Stream.UPSTREAM, request, null);
  }

  /** What is to be done to the reply. */
  Wishes reply(Begun begun, HttpRequest request, HttpReply reply) {
    return plan(begun, Stream.DOWNSTREAM, request, reply);
  }

  private Wishes plan(Begun begun, Stream stream, HttpRequest request, @Nullable HttpReply reply) {
    Exchange exchange =
        new Exchange(edge, "", begun.call(), stream, request, reply, begun.repeated());
    boolean coded =
        exchange.headers().all("content-encoding").stream()
            .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
    if (coded && injector.needsBody(edge, stream)) {
      throw new InputException(
          Location.of(edge),
          "the message is compressed ("
              + String.join(", ", exchange.headers().all("content-encoding"))
              + "), so faults on its content cannot be performed in process",
          "do not ask for compression, or use @AmendmentTest, which has a proxy");
    }
    Injector.Injected injected =
        begun.turn() == null ? injector.plan(exchange) : injector.plan(exchange, begun.turn());
    List<Effect> effects = injected.effects();
    Wishes wishes = Wishes.of(effects, edge);
    synchronized (this) {
      injections.addAll(injected.injections());
    }
    return wishes;
  }

  /** What was done so far, in the order in which it was. */
  synchronized List<Injection> injections() {
    return List.copyOf(injections);
  }
}
