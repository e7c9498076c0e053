package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.codicil.contract.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Conditions ALL =
      new Conditions(
          new Match("GET", "/licenses/{id}", "X-Tenant", "blue", "/validUntil"),
          new When(1, 6, 2),
          0.5,
          3);

  private static PlannedFault planned(Conditions conditions) {
    return new PlannedFault(
            "latency", "a->b", Stream.DOWNSTREAM, new Parameters(Map.of("latency", "1s")))
        .when(conditions);
  }

  @Test
  void labelNamesConditionsOnlyWhereThereAreSome() {
    assertThat(planned(Conditions.NONE).label()).isEqualTo("latency(latency=1s) on a->b, reply");
    assertThat(planned(ALL).label())
        .isEqualTo(
            "latency(latency=1s) on a->b, reply; GET /licenses/{id} with header X-Tenant: blue and"
                + " field /validUntil, exchanges 1 to 6, every 2nd, toxicity 0.5, at most 3"
                + " exchanges");
  }

  @Test
  void numbersOfExchangesReadLikeEnglish() {
    assertThat(
            List.of(
                new When(2, 2, 1).label(),
                new When(1, 3, 1).label(),
                new When(4, When.OPEN, 1).label(),
                new When(1, When.OPEN, 3).label(),
                new When(1, When.OPEN, 11).label(),
                When.ALWAYS.label()))
        .containsExactly(
            "exchange 2",
            "exchanges 1 to 3",
            "exchanges from 4",
            "every 3rd exchange",
            "every 11th exchange",
            "");
  }

  @Test
  void survivesTheHistoryAndIsLeftOutWhereThereIsNone() throws JsonProcessingException {
    for (Conditions conditions : List.of(ALL, Conditions.NONE, Conditions.NONE.atMost(1))) {
      PlannedFault fault = planned(conditions);
      String line = Json.mapper().writeValueAsString(fault);
      assertThat(Json.mapper().readValue(line, PlannedFault.class)).isEqualTo(fault);
      assertThat(line.contains("conditions")).isEqualTo(!conditions.strikesAll());
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conditions(Match.ANY, When.ALWAYS, 1.5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conditions(Match.ANY, When.ALWAYS, Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Conditions.NONE.atMost(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new When(3, 2, 1));
  }

  @Test
  void blastRadiusTakesPatternsOfNames() {
    BlastRadius radius = new BlastRadius(List.of("web-*", "checkout"), List.of("*->partner"), 1);
    assertThat(radius.reachesConsumer("web-shop")).isTrue();
    assertThat(radius.reachesConsumer("checkout")).isTrue();
    assertThat(radius.reachesConsumer("checkout2")).isFalse();
    assertThat(radius.reachesEdge("license-authority->partner")).isTrue();
    assertThat(radius.reachesEdge("license-authority->partners")).isFalse();
    assertThat(BlastRadius.ALL.reachesEdge("any->edge")).isTrue();
    String hostile = "*a".repeat(500) + "b";
    assertThat(new BlastRadius(List.of(hostile), List.of(), 1).reachesConsumer("a".repeat(20_000)))
        .isFalse();
  }

  @Test
  void operationsOfContractsAreMatchedAsTemplatesOrConcretely() {
    Match match = new Match("GET", "/licenses/{id}", null, null, null);
    assertThat(match.admits("GET", "/licenses/{licenseId}")).isTrue();
    assertThat(match.admits("get", "/licenses/L-1")).isTrue();
    assertThat(match.admits("GET", "/licenses")).isFalse();
    assertThat(match.admits("POST", "/licenses/L-1")).isFalse();
    assertThat(new Match(null, "/licenses/L-1", null, null, null).admits("GET", "/licenses/{id}"))
        .isTrue();
  }
}
