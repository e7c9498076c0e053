package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InjectorTest {
  private static final String EDGE = "client->shop";

  private static BoundFault bound(
      String id, String edge, Stream stream, Map<String, String> parameters) {
    return new BoundFault(
        new PlannedFault(id, edge, stream, new Parameters(parameters)),
        Faults.byId(id).orElseThrow());
  }

  private static Injector injector(BoundFault... faults) {
    return Injector.of(5, "interaction", List.of(faults));
  }

  private static final BoundFault LATE =
      bound("latency", EDGE, Stream.DOWNSTREAM, Map.of("latency", "400ms"));
  private static final BoundFault DROP_A =
      bound("drop-field", EDGE, Stream.DOWNSTREAM, Map.of("pointer", "/a"));
  private static final BoundFault NULL_B =
      bound("null-field", EDGE, Stream.DOWNSTREAM, Map.of("pointer", "/b"));

  @Test
  void doesNothingInCalm() {
    assertThat(Injector.NONE.needsBody(EDGE, Stream.DOWNSTREAM)).isFalse();
    assertThat(Injector.NONE.plan(Samples.json(Stream.DOWNSTREAM, "{}")))
        .isEqualTo(Injector.Injected.NOTHING);
  }

  @Test
  void strikesOnlyItsEdgeAndStream() {
    Injector injector = injector(LATE);
    assertThat(injector.plan(Samples.json(Stream.DOWNSTREAM, "{}")).effects()).hasSize(1);
    assertThat(injector.plan(Samples.json(Stream.UPSTREAM, "{}")).effects()).isEmpty();
    Injector other =
        injector(bound("latency", "shop->bank", Stream.DOWNSTREAM, Map.of("latency", "1s")));
    assertThat(other.plan(Samples.json(Stream.DOWNSTREAM, "{}")).effects()).isEmpty();
  }

  @Test
  void asksForBodiesOnlyWhereAFaultReadsThem() {
    Injector injector = injector(LATE, DROP_A);
    assertThat(injector.needsBody(EDGE, Stream.DOWNSTREAM)).isTrue();
    assertThat(injector.needsBody(EDGE, Stream.UPSTREAM)).isFalse();
    assertThat(injector.needsBody("shop->bank", Stream.DOWNSTREAM)).isFalse();
    assertThat(injector(LATE).needsBody(EDGE, Stream.DOWNSTREAM)).isFalse();
    assertThat(
            injector(bound("reset", EDGE, Stream.UPSTREAM, Map.of("after", "before-request")))
                .needsBody(EDGE, Stream.UPSTREAM))
        .isFalse();
  }

  @Test
  void composesInDeclaredOrderAndOnWhatTheFaultsBeforeLeft() {
    Exchange exchange = Samples.json(Stream.DOWNSTREAM, "{\"a\":1,\"b\":2,\"c\":3}");
    Injector.Injected injected = injector(DROP_A, LATE, NULL_B).plan(exchange);
    assertThat(injected.effects())
        .containsExactly(
            new Effect.ReplaceBody(Payload.of("{\"b\":2,\"c\":3}")),
            new Effect.Delay(java.time.Duration.ofMillis(400)),
            new Effect.ReplaceBody(Payload.of("{\"b\":null,\"c\":3}")));
    assertThat(injected.injections())
        .containsExactly(
            new Injection(EDGE, 0, Stream.DOWNSTREAM, "drop-field", "/a dropped"),
            new Injection(EDGE, 0, Stream.DOWNSTREAM, "latency", "waits 400ms"),
            new Injection(EDGE, 0, Stream.DOWNSTREAM, "null-field", "/b set to null"));
  }

  @Test
  void logsOnlyWhatStruck() {
    Injector.Injected injected =
        injector(DROP_A, NULL_B).plan(Samples.json(Stream.DOWNSTREAM, "{\"b\":2}"));
    assertThat(injected.injections()).extracting(Injection::fault).containsExactly("null-field");
  }

  /** The reply is what it strikes, though it must be decided when the request comes. */
  @Test
  void plansAnOutageAtTheRequestAndLogsItOnTheReply() {
    Injector injector = injector(bound("status", EDGE, Stream.DOWNSTREAM, Map.of()));
    Injector.Injected injected = injector.plan(Samples.json(Stream.UPSTREAM, "{}"));
    assertThat(injected.effects()).hasOnlyElementsOfType(Effect.Answer.class).hasSize(1);
    assertThat(injected.injections()).extracting(Injection::stream).containsOnly(Stream.DOWNSTREAM);
    assertThat(injector.plan(Samples.json(Stream.DOWNSTREAM, "{}")).effects()).isEmpty();
  }

  @Test
  void aReplacedReplyIsWhatTheNextFaultSees() {
    Injector injector =
        injector(
            bound("status", EDGE, Stream.DOWNSTREAM, Map.of("processed", "true")),
            bound("drop-field", EDGE, Stream.DOWNSTREAM, Map.of("pointer", "/title")));
    List<Effect> effects = injector.plan(Samples.json(Stream.DOWNSTREAM, "{}")).effects();
    assertThat(effects.get(1))
        .isEqualTo(new Effect.ReplaceBody(Payload.of("{\"type\":\"about:blank\",\"status\":503}")));
  }

  @Test
  void orderOfCallsAndThreadsDoesNotMatter() {
    Injector injector =
        injector(
            bound("latency", EDGE, Stream.DOWNSTREAM, Map.of("latency", "1s", "jitter", "500ms")),
            bound("corrupt", EDGE, Stream.DOWNSTREAM, Map.of()));
    List<Integer> calls = IntStream.range(0, 200).boxed().toList();
    List<Injector.Injected> forward = calls.stream().map(c -> injector.plan(call(c))).toList();
    List<Injector.Injected> parallel =
        calls.parallelStream().map(c -> injector.plan(call(c))).toList();
    List<Integer> backward = new java.util.ArrayList<>(calls);
    Collections.reverse(backward);
    List<Injector.Injected> reversed =
        new java.util.ArrayList<>(backward.stream().map(c -> injector.plan(call(c))).toList());
    Collections.reverse(reversed);
    assertThat(parallel).isEqualTo(forward).isEqualTo(reversed);
    assertThat(forward).doesNotHaveDuplicates();
  }

  private static Exchange call(int call) {
    return new Exchange(
        EDGE,
        "",
        call,
        Stream.DOWNSTREAM,
        new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY),
        new HttpReply(200, Headers.NONE, Payload.of(Samples.RICH)));
  }

  @Test
  void connectionsAreStruckAsTheirConditionsSay() {
    assertThat(struckConnections(new When(2, 2, 1), 1, Conditions.UNBOUNDED)).containsExactly(1);
    assertThat(struckConnections(new When(1, When.OPEN, 3), 1, Conditions.UNBOUNDED))
        .isEqualTo(struckConnections(new When(1, When.OPEN, 3), 1, 100))
        .hasSize(7);
    assertThat(struckConnections(When.ALWAYS, 1, 2)).containsExactly(0, 1);
    List<Integer> half = struckConnections(When.ALWAYS, 0.5, Conditions.UNBOUNDED);
    assertThat(half).hasSizeBetween(3, 17);
    assertThat(struckConnections(When.ALWAYS, 0.5, 2)).isEqualTo(half.subList(0, 2));
  }

  private static List<Integer> struckConnections(When when, double toxicity, int most) {
    PlannedFault expired =
        new PlannedFault("tls", EDGE, Stream.DOWNSTREAM, Parameters.NONE)
            .when(new Conditions(Match.ANY, when, toxicity, most));
    Injector injector = injector(new BoundFault(expired, Faults.byId("tls").orElseThrow()));
    return IntStream.range(0, 21)
        .filter(connection -> !injector.connect(EDGE, connection).effects().isEmpty())
        .boxed()
        .toList();
  }
}
