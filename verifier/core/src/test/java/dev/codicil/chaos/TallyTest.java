package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which exchanges faults with conditions strike. */
class TallyTest {
  private static final String EDGE = "checkout->license-authority";
  private static final Headers JSON = Headers.of("content-type", "application/json");

  private static Conditions on(Match match) {
    return new Conditions(match, When.ALWAYS, 1, Conditions.UNBOUNDED);
  }

  private static Conditions at(When when) {
    return new Conditions(Match.ANY, when, 1, Conditions.UNBOUNDED);
  }

  private static BoundFault late(Conditions conditions) {
    return late(EDGE, conditions);
  }

  private static BoundFault late(String edge, Conditions conditions) {
    return bound("latency", edge, Map.of("latency", "150ms"), conditions);
  }

  private static BoundFault bound(
      String fault, String edge, Map<String, String> parameters, Conditions conditions) {
    return new BoundFault(
        new PlannedFault(fault, edge, Stream.DOWNSTREAM, new Parameters(parameters))
            .when(conditions),
        Faults.byId(fault).orElseThrow());
  }

  private static Injector injector(BoundFault... faults) {
    return Injector.of(5, "interaction", List.of(faults));
  }

  private static HttpRequest request(String method, String target, Headers headers) {
    return new HttpRequest(method, target, headers, Payload.EMPTY);
  }

  private static Exchange reply(int call, HttpRequest request, String body) {
    return new Exchange(
        EDGE, "", call, Stream.DOWNSTREAM, request, new HttpReply(200, JSON, Payload.of(body)));
  }

  /** Which of these requests are struck, by their 0-based number. */
  private static List<Integer> struck(Injector injector, HttpRequest... requests) {
    Tally tally = injector.tally();
    List<Integer> struck = new ArrayList<>();
    for (int call = 0; call < requests.length; call++) {
      Tally.Turn turn = tally.next(EDGE, call, requests[call]);
      if (!injector.plan(reply(call, requests[call], "{}"), turn).injections().isEmpty()) {
        struck.add(call);
      }
    }
    return struck;
  }

  private static List<Integer> struckOf(int calls, BoundFault... faults) {
    HttpRequest[] requests = new HttpRequest[calls];
    java.util.Arrays.fill(requests, request("GET", "/licenses/L-1", Headers.NONE));
    return struck(injector(faults), requests);
  }

  @Test
  void methodPathAndHeaderAreThoseOfTheRequest() {
    HttpRequest[] requests = {
      request("GET", "/licenses/L-1?full=true", Headers.of("X-Tenant", "blue")),
      request("POST", "/licenses/L-1", Headers.of("X-Tenant", "red")),
      request("GET", "/licenses", Headers.NONE),
      request("GET", "/licenses/L%2F1", Headers.of("x-tenant", "red"))
    };
    assertThat(struck(injector(late(on(new Match("GET", null, null, null, null)))), requests))
        .containsExactly(0, 2, 3);
    assertThat(
            struck(
                injector(late(on(new Match(null, "/licenses/{id}", null, null, null)))), requests))
        .containsExactly(0, 1, 3);
    assertThat(struck(injector(late(on(new Match(null, null, "X-Tenant", null, null)))), requests))
        .containsExactly(0, 1, 3);
    assertThat(struck(injector(late(on(new Match(null, null, "X-Tenant", "red", null)))), requests))
        .containsExactly(1, 3);
    assertThat(
            struck(
                injector(late(on(new Match("GET", "/licenses/{id}", "X-Tenant", "red", null)))),
                requests))
        .containsExactly(3);
  }

  @Test
  void fieldIsOneOfTheStruckMessageAndNeedsItsBody() {
    Injector injector =
        injector(late(on(new Match(null, null, null, null, "/items/*/validUntil"))));
    assertThat(injector.needsBody(EDGE, Stream.DOWNSTREAM)).isTrue();
    assertThat(injector.needsBody(EDGE, Stream.UPSTREAM)).isFalse();
    HttpRequest get = request("GET", "/licenses", Headers.NONE);
    Tally.Turn turn = injector.tally().next(EDGE, 0, get);
    assertThat(injector.needsBody(EDGE, Stream.DOWNSTREAM, turn)).isTrue();
    for (String with : List.of("{\"items\":[{},{\"validUntil\":null}]}")) {
      assertThat(injector.plan(reply(0, get, with), turn).injections()).hasSize(1);
    }
    for (String without :
        List.of("{}", "[]", "{\"items\":[]}", "{\"items\":{\"validUntil\":1}}", "not json", "")) {
      assertThat(injector.plan(reply(0, get, without), turn).injections()).as(without).isEmpty();
    }
  }

  @Test
  void messageThatNoFaultMayStrikeNeedNotBeWhole() {
    Injector injector =
        injector(
            bound(
                "drop-field",
                EDGE,
                Map.of("pointer", "/id"),
                on(new Match("POST", null, null, null, null))));
    Tally tally = injector.tally();
    assertThat(
            injector.needsBody(
                EDGE, Stream.DOWNSTREAM, tally.next(EDGE, 0, request("GET", "/", Headers.NONE))))
        .isFalse();
    assertThat(
            injector.needsBody(
                EDGE, Stream.DOWNSTREAM, tally.next(EDGE, 1, request("POST", "/", Headers.NONE))))
        .isTrue();
  }

  @Test
  void exchangesAreNumberedFromOne() {
    assertThat(struckOf(7, late(at(new When(2, 2, 1))))).containsExactly(1);
    assertThat(struckOf(7, late(at(new When(1, 3, 1))))).containsExactly(0, 1, 2);
    assertThat(struckOf(7, late(at(new When(1, When.OPEN, 3))))).containsExactly(2, 5);
    assertThat(struckOf(9, late(at(new When(1, 5, 2))))).containsExactly(1, 3);
  }

  @Test
  void onlyExchangesThatMatchAreCounted() {
    Conditions second =
        new Conditions(
            new Match("POST", null, null, null, null), new When(2, 2, 1), 1, Conditions.UNBOUNDED);
    HttpRequest get = request("GET", "/", Headers.NONE);
    HttpRequest post = request("POST", "/", Headers.NONE);
    assertThat(struck(injector(late(second)), post, get, get, post, post)).containsExactly(3);
  }

  @Test
  void phasesFollowEachOther() {
    Injector injector =
        injector(
            bound("status", EDGE, Map.of("processed", "true"), at(new When(1, 2, 1))),
            late(at(new When(4, When.OPEN, 1))));
    Tally tally = injector.tally();
    HttpRequest get = request("GET", "/", Headers.NONE);
    List<List<String>> log = new ArrayList<>();
    for (int call = 0; call < 5; call++) {
      Tally.Turn turn = tally.next(EDGE, call, get);
      log.add(
          injector.plan(reply(call, get, "{}"), turn).injections().stream()
              .map(Injection::fault)
              .toList());
    }
    assertThat(log)
        .containsExactly(
            List.of("status"),
            List.of("status"),
            List.of(),
            List.of("latency"),
            List.of("latency"));
  }

  @Test
  void blastRadiusCountsAnExchangeOnceHoweverManyFaultsStrikeIt() {
    Conditions two = Conditions.NONE.atMost(2);
    assertThat(struckOf(5, late(two))).containsExactly(0, 1);
    assertThat(struckOf(5, late(two), bound("drop-field", EDGE, Map.of("pointer", "/id"), two)))
        .containsExactly(0, 1);
    assertThat(struckOf(7, late(at(new When(1, When.OPEN, 2)).atMost(2)))).containsExactly(1, 3);
  }

  @Test
  void edgesAreCountedApart() {
    Injector injector =
        injector(late(at(new When(1, 1, 1))), late("shop->other", at(new When(1, 1, 1)).atMost(1)));
    Tally tally = injector.tally();
    HttpRequest get = request("GET", "/", Headers.NONE);
    assertThat(tally.next("shop->other", 0, get).admits(1)).isTrue();
    assertThat(tally.next(EDGE, 0, get).admits(0)).isTrue();
    assertThat(tally.next("shop->other", 1, get).admits(1)).isFalse();
  }

  @Test
  void toxicityIsDrawnFromSeedInteractionCallAndFault() {
    Conditions half = new Conditions(Match.ANY, When.ALWAYS, 0.5, Conditions.UNBOUNDED);
    List<Integer> first = struckOf(2_000, late(half));
    assertThat(struckOf(2_000, late(half))).isEqualTo(first);
    assertThat(first.size()).isBetween(900, 1_100);
    assertThat(struckOf(100, late(half))).isEqualTo(first.stream().filter(c -> c < 100).toList());
    HttpRequest[] requests = new HttpRequest[2_000];
    java.util.Arrays.fill(requests, request("GET", "/", Headers.NONE));
    assertThat(struck(Injector.of(6, "interaction", List.of(late(half))), requests))
        .isNotEqualTo(first);
    assertThat(struck(Injector.of(5, "another", List.of(late(half))), requests))
        .isNotEqualTo(first);
  }

  @Test
  void plansDoNotDependOnTheOrderInWhichBodiesCome() {
    Injector injector =
        injector(
            late(
                new Conditions(
                    new Match(null, null, null, null, "/a"), new When(1, 20, 2), 0.7, 6)));
    Tally tally = injector.tally();
    HttpRequest get = request("GET", "/", Headers.NONE);
    List<Tally.Turn> turns =
        IntStream.range(0, 40).mapToObj(call -> tally.next(EDGE, call, get)).toList();
    List<Injector.Injected> forward =
        IntStream.range(0, 40)
            .mapToObj(call -> injector.plan(reply(call, get, "{\"a\":1}"), turns.get(call)))
            .toList();
    Map<Integer, Injector.Injected> mixed = new ConcurrentHashMap<>();
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            call -> mixed.put(call, injector.plan(reply(call, get, "{\"a\":1}"), turns.get(call))));
    assertThat(forward).filteredOn(injected -> !injected.injections().isEmpty()).isNotEmpty();
    IntStream.range(0, 40)
        .forEach(call -> assertThat(mixed.get(call)).isEqualTo(forward.get(call)));
  }

  @Test
  void refusesToGuessWhetherAnUncountedExchangeIsStruck() {
    Injector injector = injector(late(at(new When(2, 2, 1))));
    assertThat(injector.conditional()).isTrue();
    assertThatThrownBy(() -> injector.plan(reply(0, request("GET", "/", Headers.NONE), "{}")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(injector(late(Conditions.NONE)).conditional()).isFalse();
  }

  /** How many exchanges of each edge may be struck when there are more than enough of them. */
  private static Map<String, Integer> shares(BoundFault... faults) {
    Map<String, Integer> shares = new java.util.TreeMap<>();
    Injector.byEdge(5, "interaction", List.of(faults))
        .forEach(
            (edge, injector) -> {
              Tally tally = injector.tally();
              int struck = 0;
              for (int call = 0; call < 50; call++) {
                HttpRequest get = request("GET", "/", Headers.NONE);
                Tally.Turn turn = tally.next(edge, call, get);
                Exchange reply =
                    new Exchange(
                        edge,
                        "",
                        call,
                        Stream.DOWNSTREAM,
                        get,
                        new HttpReply(200, JSON, Payload.of("{}")));
                struck += injector.plan(reply, turn).injections().isEmpty() ? 0 : 1;
              }
              shares.put(edge, struck);
            });
    return shares;
  }

  private static Conditions atMost(int exchanges) {
    return Conditions.NONE.atMost(exchanges);
  }

  @Test
  void aLimitHoldsForAllEdgesOfACellTogether() {
    assertThat(shares(late("a->x", atMost(3)))).isEqualTo(Map.of("a->x", 3));
    assertThat(shares(late("b->y", atMost(3)), late("a->x", atMost(3))))
        .as("what is left over goes to the edge whose fault comes first")
        .isEqualTo(Map.of("b->y", 2, "a->x", 1));
    assertThat(shares(late("b->y", atMost(1)), late("a->x", atMost(1))))
        .isEqualTo(Map.of("b->y", 1));
    for (int most = 1; most < 20; most++) {
      Map<String, Integer> shares =
          shares(
              late("a->x", atMost(most)),
              late("a->x", atMost(most)),
              late("a->y", atMost(most)),
              late("b->y", atMost(most)));
      assertThat(shares.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(most);
    }
  }

  @Test
  void aLimitIsNotSharedWithFaultsThatHaveNone() {
    BoundFault unlimited = late("a->x", at(new When(1, 7, 1)));
    assertThat(shares(unlimited, late("b->y", atMost(3)))).isEqualTo(Map.of("a->x", 7, "b->y", 3));
  }
}
