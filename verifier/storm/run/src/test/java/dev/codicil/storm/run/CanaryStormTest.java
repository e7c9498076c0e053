package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.experiment.Canary;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CheckRecord.Surfaced;
import dev.codicil.history.Event;
import dev.codicil.verdict.CellOutcomes;
import dev.codicil.verdict.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryStormTest {
  @TempDir Path dir;

  private Storm storm(List<String> returns, String... vices) {
    Map<String, String> env =
        Map.of(
            "UPSTREAM", "{upstream.partner}",
            "UPSTREAM_TIMEOUT", "200",
            "PASSWORD", "{canary.api-key}");
    Storm storm =
        new Storm(dir)
            .side("base", env)
            .side("head", env, vices)
            .replay("echo", "GET /echo")
            .slowPartner("slow", "echo");
    storm.checks =
        new Checks(
            List.of(),
            List.of(
                new Canary(
                    "api-key",
                    Canary.Like.TOKEN,
                    "X-Api-Key",
                    null,
                    null,
                    List.of(),
                    returns,
                    Storm.HERE)),
            List.of());
    return storm;
  }

  private static List<Surfaced> surfaced(Storm storm, String cell) {
    return storm.record(cell).found().surfaced();
  }

  private String planted(String stimulus, String experiment) {
    return storm(List.of()).checks.canaries().get(0).value(42, stimulus, experiment);
  }

  @Test
  void aKeyThatOnlyTheErrorPathGivesAwayIsFoundUnderTheFault() throws Exception {
    Storm storm = storm(List.of(), "debugs").run();

    assertThat(surfaced(storm, "echo@head")).isEmpty();
    assertThat(surfaced(storm, "slow@base")).isEmpty();
    assertThat(surfaced(storm, "slow@head"))
        .containsExactly(
            new Surfaced("the canary api-key", "as it is", "the body of the reply, at /debug/key"));
    assertThat(CellOutcomes.of(storm.record("slow@base"), RequestFit.UNTOUCHED, null))
        .isEqualTo(Outcome.REFUSED);
    assertThat(CellOutcomes.of(storm.record("slow@head"), RequestFit.UNTOUCHED, null))
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void aKeyInBase64BehindOtherTextIsFoundInAGoodReply() throws Exception {
    Storm storm = storm(List.of(), "echoes", "encodes").run();

    assertThat(surfaced(storm, "echo@head")).extracting(Surfaced::form).containsExactly("base64");
    assertThat(surfaced(storm, "echo@base")).isEmpty();
  }

  @Test
  void whatIsRightlyReturnedIsNoLeak() throws Exception {
    Storm storm = storm(List.of("GET /echo"), "echoes").run();

    assertThat(surfaced(storm, "echo@head")).isEmpty();
  }

  @Test
  void aKeyInALogIsToldWithItsCellAndTakenOutOfWhatIsKept() throws Exception {
    Storm storm = storm(List.of(), "logs-keys").run();

    List<Event.Surfaced> told =
        storm.all(Event.Surfaced.class).stream()
            .filter(one -> one.found().what().equals("the canary api-key"))
            .toList();
    assertThat(told).extracting(Event.Surfaced::column).containsOnly("head");
    assertThat(told).extracting(Event.Surfaced::subject).containsOnly("svc");
    assertThat(told).extracting(Event.Surfaced::cell).contains("echo@head", "slow@head");
    assertThat(told).filteredOn(Event.Surfaced::calm).isNotEmpty();
    assertThat(told.get(0).found().place()).matches("line \\d+ of the log of svc");
    String log = Files.readString(dir.resolve("logs/head-svc.log"));
    assertThat(log).contains("called with " + Redactor.MARK);
    for (String experiment : List.of("", "slow")) {
      assertThat(log + storm.json()).doesNotContain(planted("echo", experiment).substring(0, 12));
    }
  }

  @Test
  void secretsOfTheConfigurationAreWatchedAsWell() throws Exception {
    Storm storm = storm(List.of()).run();

    // Each process prints its token when it starts.
    assertThat(storm.all(Event.Surfaced.class))
        .allSatisfy(
            one -> {
              assertThat(one.found().what()).isEqualTo("a secret of the configuration");
              assertThat(one.cell()).isEmpty();
            })
        .extracting(Event.Surfaced::column)
        .containsExactlyInAnyOrder("base", "head");
    assertThat(storm.json()).doesNotContain("tok-5f3a");
  }
}
