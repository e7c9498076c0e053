package dev.codicil.chaos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.When;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTextTest {
  private static final PlannedFault LATE =
      planned("latency", Map.of("latency", "1190ms"), "checkout->license-authority");

  @Test
  void oneFaultIsWrittenAsAPersonWould() {
    assertThat(
            ProfileText.of(
                "cause-1",
                "Smallest cause: a <buy>",
                List.of("Found\nby codicil"),
                new FaultSet("slow", List.of(LATE))))
        .contains(
            """
            # Found by codicil
            version: 1
            name: cause-1
            title: "Smallest cause: a <buy>"
            edges: ["checkout->license-authority"]
            faults:
              - fault: latency
                on: upstream
                stream: downstream
                parameters: { latency: 1190ms }
            """);
  }

  @Test
  void whatActsOnTheWorldIsOnNoEdge() {
    Map<String, String> parameters = Map.of("inject", "kill {pid.a}", "revert", "start \"a b\"");
    assertThat(
            ProfileText.of(
                "cause-3",
                "A hook",
                List.of(),
                new FaultSet("world", List.of(planned("hook", parameters, "client->a")))))
        .hasValueSatisfying(
            text -> {
              assertThat(text).doesNotContain(" on:").doesNotContain("stream:");
              assertThat(
                      ProfileReader.read(
                              DocumentReader.read("p.yaml", text.getBytes(StandardCharsets.UTF_8)))
                          .entries()
                          .get(0)
                          .parameters()
                          .values())
                  .isEqualTo(parameters);
            });
  }

  @Test
  void allThatCanBeSaidIsReadBackAsTheSame() {
    Conditions conditions =
        new Conditions(
            new Match("GET", "/licenses/{id}", "X-Tenant", "blue: \"a\"", "/items/*/id"),
            new When(1, 6, 2),
            0.25,
            3);
    FaultSet written =
        new FaultSet(
            "cause-2",
            List.of(
                LATE.when(conditions),
                planned("status", Map.of("status", "502", "processed", "true"), "a->b")
                    .when(Conditions.NONE.atMost(3)),
                planned("reset", Map.of("after", "mid-reply"), "a->b")
                    .when(new Conditions(Match.ANY, new When(2, 2, 1), 1, 3))));

    ChaosProfile read = read(written);

    assertThat(read.radius().exchanges()).isEqualTo(3);
    assertThat(read.combinations()).hasSize(1);
    List<ChaosProfile.Entry> entries = read.combinations().get(0).entries();
    for (int i = 0; i < entries.size(); i++) {
      PlannedFault fault = written.faults().get(i);
      ChaosProfile.Entry entry = entries.get(i);
      FaultCard card = Faults.byId(entry.fault()).orElseThrow().card();
      assertThat(entry.fault()).isEqualTo(fault.fault());
      assertThat(entry.stream()).isEqualTo(fault.stream());
      assertThat(card.complete(entry.parameters())).isEqualTo(fault.parameters());
      assertThat(entry.conditions().atMost(3)).isEqualTo(fault.conditions());
      assertThat(read.radius().reachesEdge(fault.edge())).isTrue();
    }
    assertThat(read.radius().reachesEdge("a->c")).isFalse();
  }

  @Test
  void whatBeginsLaterCannotBeSaid() {
    PlannedFault later =
        LATE.when(new Conditions(Match.ANY, new When(3, When.OPEN, 1), 1, Conditions.UNBOUNDED));

    assertThat(ProfileText.of("p", "P", List.of(), new FaultSet("x", List.of(later)))).isEmpty();
  }

  private static ChaosProfile read(FaultSet faults) {
    String text = ProfileText.of("cause-2", "Both: a test", List.of(), faults).orElseThrow();
    return ProfileReader.read(
        DocumentReader.read("cause-2.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static PlannedFault planned(String fault, Map<String, String> values, String edge) {
    FaultCard card = Faults.byId(fault).orElseThrow().card();
    return new PlannedFault(fault, edge, Stream.DOWNSTREAM, card.complete(new Parameters(values)));
  }
}
