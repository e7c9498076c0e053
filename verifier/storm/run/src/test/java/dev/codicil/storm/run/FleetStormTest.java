package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.history.FleetRecord;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes as the nodes of one service, and what happens to them. */
class FleetStormTest {
  private static final String SHOP = "shop->svc";

  @TempDir Path dir;

  private Storm storm(int nodes, String... vices) {
    Storm storm =
        new Storm(dir).side("base", vices).side("head", vices).replay("get", "GET /items/1");
    storm.nodes = nodes;
    return storm;
  }

  private static Map<Integer, Integer> answered(CellRecord record, String edge) {
    FleetRecord fleet = record.fleet();
    return fleet == null
        ? Map.of()
        : new TreeMap<>(fleet.answered().getOrDefault(edge, new TreeMap<>()));
  }

  private static FleetRecord.Back back(CellRecord record) {
    FleetRecord fleet = record.fleet();
    assertThat(fleet).isNotNull();
    assertThat(fleet.back()).hasSize(1);
    return fleet.back().get(0);
  }

  private static String reply(CellRecord record) {
    return String.valueOf(record.reply());
  }

  private static Outcome outcome(CellRecord record) {
    return CellOutcomes.of(record, RequestFit.UNTOUCHED, null);
  }

  private void assertWellAgain(Storm storm) throws Exception {
    assertThat(storm.all(Event.SubjectFailed.class)).as(storm.json()).isEmpty();
    Storm.assertNothingRuns(dir);
    assertThat(dir.resolve("processes")).isDirectoryNotContaining("glob:**.json");
  }

  @Test
  void aKilledNodeIsPassedOverAndStartedAgain() throws Exception {
    Storm storm = storm(2).storm("kill", "get", "kill", Storm.CLIENT, Map.of("at", "before")).run();

    assertThat(answered(storm.record("get@base"), Storm.CLIENT)).containsExactly(Map.entry(0, 0));
    CellRecord killed = storm.record("kill@base");
    assertThat(outcome(killed)).as(storm.json()).isEqualTo(Outcome.HELD);
    assertThat(answered(killed, Storm.CLIENT)).containsExactly(Map.entry(0, 1));
    assertThat(back(killed).deed()).isEqualTo("kill");
    assertThat(back(killed).node()).isZero();
    assertThat(back(killed).millis()).isPositive();
    assertThat(killed.recoveryMillis()).isNotNegative();
    assertThat(Files.readString(dir.resolve("logs/base-svc-node1.log"))).contains("GET /items/1");
    assertWellAgain(storm);
  }

  @Test
  void whatWasAcceptedMustNotDieWithTheNodeThatAnswered() throws Exception {
    for (String vice : new String[] {"durable", "forgets"}) {
      Storm storm =
          new Storm(dir)
              .side("base", vice)
              .side("head", vice)
              .replay("post", "POST /items")
              .storm("kill", "post", "kill", Storm.CLIENT, Map.of("at", "after"));
      storm.nodes = 2;
      storm.run();

      CellRecord killed = storm.record("kill@base");
      assertThat(killed.status()).as(storm.json()).isEqualTo(201);
      assertThat(answered(killed, Storm.CLIENT)).containsExactly(Map.entry(0, 0));
      assertThat(outcome(killed)).isEqualTo(vice.equals("durable") ? Outcome.HELD : Outcome.LOST);
      assertWellAgain(storm);
    }
  }

  @Test
  void aNodeThatCannotComeBackIsLost() throws Exception {
    Storm storm =
        new Storm(dir)
            .side("base")
            .side("head", "locks")
            .replay("post", "POST /items")
            .storm("kill", "post", "kill", Storm.CLIENT, Map.of("at", "after"))
            .run();

    CellRecord lost = storm.record("kill@head");
    assertThat(back(lost).millis()).as(storm.json()).isEqualTo(FleetRecord.Back.NEVER);
    assertThat(lost.recoveryMillis()).isNegative();
    assertThat(storm.record("kill@base").recoveryMillis()).isNotNegative();
    assertThat(storm.all(Event.SubjectFailed.class))
        .extracting(Event.SubjectFailed::kind)
        .containsExactly("died", "exited");
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aCallerMeetsTheEndOfTheOnlyNodeInTheMiddleOfItsRequest() throws Exception {
    Storm storm = storm(1).withShop().storm("kill", "buy", "kill", SHOP, Map.of("at", "during"));
    storm.run();

    CellRecord killed = storm.record("kill@base");
    assertThat(killed.answer()).as(storm.json()).isEqualTo("refused");
    assertThat(killed.reached()).containsKey(SHOP);
    assertThat(back(killed).deed()).isEqualTo("kill");
    assertThat(killed.recoveryMillis()).isNotNegative();
    assertWellAgain(storm);
  }

  @Test
  void aPausedNodeIsWokenAfterTheExchange() throws Exception {
    Storm storm = storm(1).withShop().storm("pause", "buy", "pause", SHOP, Map.of());
    storm.run();

    CellRecord paused = storm.record("pause@base");
    assertThat(paused.answer()).as("the shop waits 300 ms").isEqualTo("refused");
    assertThat(back(paused).deed()).isEqualTo("pause");
    assertThat(paused.recoveryMillis()).isNotNegative();
    assertWellAgain(storm);
  }

  @Test
  void aNodeThatIsAskedToEndGetsNothingNew() throws Exception {
    Storm storm = storm(2).storm("stop", "get", "stop", Storm.CLIENT, Map.of("at", "before")).run();

    CellRecord stopped = storm.record("stop@base");
    assertThat(outcome(stopped)).as(storm.json()).isEqualTo(Outcome.HELD);
    assertThat(answered(stopped, Storm.CLIENT)).containsExactly(Map.entry(0, 1));
    assertWellAgain(storm);
  }

  @Test
  void aRestartedNodeHasForgottenWhatItKnew() throws Exception {
    Storm storm =
        storm(1, "counts").storm("restart", "get", "restart", Storm.CLIENT, Map.of()).run();

    assertThat(reply(storm.record("get@base"))).as("once to warm up").contains("\"served\":2");
    CellRecord restarted = storm.record("restart@base");
    assertThat(reply(restarted)).contains("\"served\":1");
    assertThat(restarted.injections())
        .extracting(injection -> injection.fault() + " " + injection.detail())
        .containsExactly("restart node 0");
    assertWellAgain(storm);
  }

  @Test
  void aDeploymentComesBetweenTheCallsOfOneExchange() throws Exception {
    Storm storm = storm(2).withShop().storm("roll", "buy", "rolling-restart", SHOP, Map.of());
    storm.run();

    assertThat(storm.record("roll@head").answer()).as(storm.json()).isEqualTo("held");
    assertThat(answered(storm.record("roll@head"), SHOP)).containsExactly(Map.entry(0, -1));
    assertThat(Files.readString(dir.resolve("logs/head-svc-rolling.log"))).contains("GET /partner");
    assertWellAgain(storm);
  }

  @Test
  void oneNodeIsCutOffFromItsUpstreamAndTheOtherIsNot() throws Exception {
    Storm storm = storm(2);
    storm.budget = Duration.ofMillis(600);
    storm
        .storm("cut0", "get", "partition", Storm.PARTNER, Map.of("node", "0"))
        .storm("cut1", "get", "partition", Storm.PARTNER, Map.of("node", "1"))
        .run();

    assertThat(storm.record("cut0@base").ended()).isEqualTo(CellRecord.Ended.TIMED_OUT);
    assertThat(storm.record("cut0@base").injections()).hasSize(1);
    assertThat(storm.record("cut1@base").ended()).isEqualTo(CellRecord.Ended.REPLIED);
    assertThat(storm.record("cut1@base").injections()).isEmpty();
    assertWellAgain(storm);
  }

  @Test
  void aZoneGoesDownAndTheOtherAnswers() throws Exception {
    Storm storm = storm(3).storm("zone", "get", "zone-down", Storm.CLIENT, Map.of("zone", "0"));
    storm.run();

    CellRecord down = storm.record("zone@base");
    assertThat(outcome(down)).as(storm.json()).isEqualTo(Outcome.HELD);
    assertThat(answered(down, Storm.CLIENT)).containsExactly(Map.entry(0, 1));
    FleetRecord fleet = down.fleet();
    assertThat(fleet).isNotNull();
    assertThat(fleet.back()).extracting(FleetRecord.Back::node).containsExactly(0, 2);
    assertWellAgain(storm);
  }
}
