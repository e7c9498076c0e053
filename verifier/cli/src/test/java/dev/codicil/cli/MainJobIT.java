package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.codicil.contract.Json;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job on this repository's own sample services, by the real command. */
@TestMethodOrder(OrderAnnotation.class)
class MainJobIT {
  @TempDir static Path shared;

  @TempDir Path folder;

  @Test
  @Order(1)
  void theAmendmentsGetTheirDeclaredVerdicts() throws Exception {
    Path out = shared.resolve("six");

    CodicilProcess.Result result =
        CodicilProcess.run(folder, "verify", "--expect", "--out", out.toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("Expectations: all 8 amendments are as declared.")
        .contains("body/validUntil");
    JsonNode verdict = json(out.resolve("verdict.json"));
    assertThat(verdict.path("verdict").asText()).isEqualTo("fail");
    assertThat(verdict.path("amendments")).hasSize(8);
    assertThat(Files.readString(out.resolve("report.html"))).contains("partner-in-line");
    assertThat(Files.readString(out.resolve("report.md"))).contains("partner-in-line");
  }

  @Test
  @Order(2)
  void aHistoryIsJudgedAgainWithoutRunningAnything() throws Exception {
    Path history = shared.resolve("six/history/partner-in-line");

    CodicilProcess.Result again =
        CodicilProcess.run(folder, "judge", history.toString(), "--format", "json");

    assertThat(again.exitCode()).isEqualTo(ExitCode.FAIL);
    JsonNode before = amendment(json(shared.resolve("six/verdict.json")), "partner-in-line");
    JsonNode after = Json.mapper().readTree(again.out()).path("amendments").get(0);
    assertThat(after).isEqualTo(before);
  }

  @Test
  @Order(3)
  void aKilledRunGoesOnAndRepeatsNothing() throws Exception {
    Path out = shared.resolve("six");
    Path file = out.resolve("history/expiry-renamed").resolve(HistoryLog.FILE);
    List<Event> whole = HistoryLog.read(file);
    JsonNode undisturbed = amendment(json(out.resolve("verdict.json")), "expiry-renamed");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    int kept = HistoryLog.read(file).size();

    CodicilProcess.Result result =
        CodicilProcess.run(
            folder,
            "verify",
            "--amendment",
            "expiry-renamed",
            "--expect",
            "--resume",
            "--out",
            out.toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<Event> resumed = HistoryLog.read(file);
    assertThat(resumed.subList(0, kept)).isEqualTo(whole.subList(0, kept));
    assertThat(cells(resumed)).doesNotHaveDuplicates().hasSameElementsAs(cells(whole));
    assertThat(kinds(amendment(json(out.resolve("verdict.json")), "expiry-renamed")))
        .isEqualTo(kinds(undisturbed));
  }

  @Test
  @Order(4)
  void oneExperimentIsReplayedAndShown() throws Exception {
    CodicilProcess.Result judged =
        CodicilProcess.run(
            folder,
            "judge",
            shared.resolve("six/history/partner-in-line").toString(),
            "--format",
            "json");
    JsonNode found =
        Objects.requireNonNull(
            finding(
                Json.mapper().readTree(judged.out()).path("amendments").get(0),
                "checkout",
                "latency"));

    CodicilProcess.Result result =
        CodicilProcess.run(
            folder,
            "replay",
            found.path("id").asText(),
            "--amendment",
            "partner-in-line",
            "--out",
            shared.resolve("replay").toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(ExitCode.FAIL);
    assertThat(result.out()).contains("GET /licenses/L-1/validation").contains("latency");
  }

  @Test
  @Order(5)
  @Tag("scheduled") // four more amendments, which say something of the verifier and not of the
  // samples
  void metamorphicVariantsGetTheVerdictsTheirRelationDemands() throws Exception {
    CodicilProcess.Result result =
        CodicilProcess.run(
            folder,
            "verify",
            "--expect",
            "--amendments",
            "verifier/cli/src/test/amendments",
            "--out",
            shared.resolve("metamorphic").toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  @Order(6)
  void anInterruptedRunLeavesNoProcessAndAWholeHistory() throws Exception {
    Path out = shared.resolve("interrupted");
    Process process =
        CodicilProcess.start(
            folder, List.of("verify", "--amendment", "expiry-renamed", "--out", out.toString()));
    Path history = out.resolve("history/expiry-renamed").resolve(HistoryLog.FILE);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!(Files.exists(history) && Files.readString(history).contains("\"event\":\"cell\""))) {
      assertThat(System.nanoTime()).as("no cell within three minutes").isLessThan(deadline);
      assertThat(process.isAlive()).isTrue();
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> children = new ArrayList<>(process.descendants().toList());

    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(children).isNotEmpty();
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(HistoryLog.read(history)).noneMatch(Event.Finished.class::isInstance);
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.mapper().readTree(Files.readString(file));
  }

  private static JsonNode amendment(JsonNode report, String name) {
    for (JsonNode amendment : report.path("amendments")) {
      if (amendment.path("name").asText().equals(name)) {
        return amendment;
      }
    }
    return MissingNode.getInstance();
  }

  private static @Nullable JsonNode finding(JsonNode amendment, String consumer, String fault) {
    for (JsonNode finding : amendment.path("findings")) {
      if (finding.path("kind").asText().equals("resilience-lost")
          && finding.path("consumer").asText().equals(consumer)
          && finding.path("interaction").asText().equals("a validation of an active license")
          && finding.path("faults").path(0).asText().equals(fault)) {
        return finding;
      }
    }
    return null;
  }

  private static List<String> cells(List<Event> events) {
    List<String> cells = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.CellRun run) {
        cells.add(run.record().cell().label() + "#" + run.record().attempt());
      }
    }
    return cells;
  }

  private static List<String> kinds(JsonNode amendment) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode finding : amendment.path("findings")) {
      kinds.add(finding.path("kind").asText() + " " + finding.path("id").asText());
    }
    return kinds;
  }
}
