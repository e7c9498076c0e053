package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.When;
import dev.codicil.contract.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The proxy counts exchanges for faults that strike only some of them. */
class FaultProxyConditionsTest extends ProxyTestBase {
  private static final String OK_JSON =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}";

  private static Injector injector(Conditions conditions) {
    BoundFault always =
        ScriptedFault.bound(
            Stream.DOWNSTREAM,
            true,
            exchange -> List.of(new Effect.ReplaceBody(Payload.of("{\"struck\":true}"))));
    PlannedFault plain = always.planned();
    return Injector.of(1, "s", List.of(new BoundFault(plain.when(conditions), always.fault())));
  }

  private List<Boolean> struck(Conditions conditions, String... requests) throws Exception {
    try (RawServer server = serve(OK_JSON);
        Raw client = client()) {
      proxy.arm(injector(conditions));
      java.util.ArrayList<Boolean> struck = new java.util.ArrayList<>();
      for (String request : requests) {
        struck.add(client.say(request).reply().contains("struck"));
      }
      EdgeLog log = proxy.disarm();
      assertThat(log.injections().stream().map(Injection::call))
          .containsExactlyElementsOf(
              java.util.stream.IntStream.range(0, requests.length)
                  .filter(struck::get)
                  .boxed()
                  .toList());
      assertThat(log.notes()).isEmpty();
      return struck;
    }
  }

  @Test
  void strikesTheSecondExchangeOnly() throws Exception {
    Conditions second = new Conditions(Match.ANY, new When(2, 2, 1), 1, Conditions.UNBOUNDED);
    assertThat(struck(second, GET, GET, GET)).containsExactly(false, true, false);
  }

  @Test
  void countsOnlyWhatMatches() throws Exception {
    Conditions firstPost =
        new Conditions(
            new Match("POST", null, null, null, null), new When(1, 1, 1), 1, Conditions.UNBOUNDED);
    assertThat(struck(firstPost, GET, post("{}"), post("{}"))).containsExactly(false, true, false);
  }

  @Test
  void looksForAFieldInTheStruckMessage() throws Exception {
    assertThat(
            struck(
                new Conditions(
                    new Match(null, null, null, null, "/a"), When.ALWAYS, 1, Conditions.UNBOUNDED),
                GET))
        .containsExactly(true);
    assertThat(
            struck(
                new Conditions(
                    new Match(null, null, null, null, "/b"), When.ALWAYS, 1, Conditions.UNBOUNDED),
                GET))
        .containsExactly(false);
  }

  @Test
  void blastRadiusHoldsWithinTheCellAndStartsAnewInTheNext() throws Exception {
    Conditions once = Conditions.NONE.atMost(1);
    assertThat(struck(once, GET, GET)).containsExactly(true, false);
    assertThat(struck(once, GET, GET)).containsExactly(true, false);
  }
}
