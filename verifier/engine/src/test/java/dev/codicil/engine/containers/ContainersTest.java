package dev.codicil.engine.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.history.FleetRecord;
import dev.codicil.storm.run.ContainerFailure;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole verifications of services that run in containers; skipped where there is no engine. */
@Tag("scheduled") // minutes, and it wants an idle machine
class ContainersTest {
  /** Label of all containers that Codicil starts. */
  private static final String LANE = "dev.codicil.lane";

  @TempDir Path dir;

  private static String line(Finding finding) {
    return finding.kind() + " " + finding.interaction() + " " + String.join("+", finding.faults());
  }

  private String built(String tag) throws Exception {
    Docker.run(dir, "build", "-q", "--build-arg", "JRE=" + Docker.jre(), "-t", tag, ".");
    return tag;
  }

  private List<FleetRecord.Back> back(ContainedProject project) {
    List<FleetRecord.Back> back = new ArrayList<>();
    for (Event event : project.history()) {
      if (event instanceof Event.CellRun run) {
        FleetRecord fleet = run.record().fleet();
        back.addAll(fleet == null ? List.of() : fleet.back());
      }
    }
    return back;
  }

  /** The same services, the same profile: it must not matter what a node is. */
  @ParameterizedTest
  @ValueSource(strings = {"processes", "containers"})
  void faultsOnNodesHaveTheSameNamesAndTheSameFindings(String what) throws Exception {
    ContainedProject project = new ContainedProject(dir);
    if (what.equals("containers")) {
      project.asContainers(built("codicil-contained:same"));
    } else {
      project.asProcesses();
    }

    AmendmentVerdict verdict = project.verify();

    assertThat(verdict.reasons().toString() + project.history())
        .doesNotContain(ContainedProject.TOKEN);
    assertThat(verdict.findings().stream().map(ContainersTest::line))
        .as(verdict.findings().toString())
        .containsExactlyInAnyOrder(
            "RESILIENCE_LOST POST /moves kill",
            "COMPATIBLE buy ",
            "COMPATIBLE buy kill",
            "COMPATIBLE buy pause",
            "COMPATIBLE buy rolling-restart",
            "COMPATIBLE buy partition",
            "COMPATIBLE GET /stock/1 ",
            "COMPATIBLE POST /moves ");
    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.coverage().edgesUnreached()).isEmpty();
    assertThat(verdict.coverage().bypasses()).isEmpty();
    assertThat(back(project))
        .extracting(FleetRecord.Back::deed)
        .contains("kill", "pause")
        .doesNotContain("stop");
    assertThat(back(project)).allMatch(one -> one.millis() >= 0);
    assertThat(project.log("base-stock-node1")).contains("serving", "node 1: GET /stock/1");
    assertThat(project.log("base-stock")).doesNotContain(ContainedProject.TOKEN);
    if (what.equals("containers")) {
      assertThat(Docker.labelled(dir, LANE)).isEmpty();
    }
  }

  @Test
  void eachSideRunsFromTheImageThatItsTreeBuilds() throws Exception {
    String jre = Docker.jre();
    ContainedProject project = new ContainedProject(dir).amendment("BROKEN: \"yes\"");
    project.asContainers("codicil-contained:{side}");
    String build = "docker build -q --build-arg JRE=" + jre + " -t codicil-contained:{side} .";
    project.write(
        "codicil.yaml",
        project
            .read("codicil.yaml")
            .replace("    pull: never\n", "    pull: never\n    build: " + build + "\n")
            .replace("nodes: 2", "nodes: 1"));

    AmendmentVerdict verdict = project.verify();

    Event.SubjectFailed failed =
        project.history().stream()
            .filter(Event.SubjectFailed.class::isInstance)
            .map(Event.SubjectFailed.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(failed.subject()).isEqualTo("stock");
    assertThat(failed.message())
        .contains("exited with code 3 before it was ready", "told to break", "head-stock.log");
    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(
            project.history().stream()
                .filter(Event.CellRun.class::isInstance)
                .map(event -> ((Event.CellRun) event).record())
                .map(CellRecord::cell)
                .map(cell -> cell.column()))
        .isNotEmpty()
        .containsOnly("base");
    assertThat(Docker.labelled(dir, LANE)).isEmpty();
    assertThat(Docker.run(dir, "image", "ls", "-q", "codicil-contained:head")).isNotEmpty();
  }

  @Test
  void anImageThatIsNotThereIsOneErrorBeforeAnythingStarts() throws Exception {
    Docker.engine();
    ContainedProject project = new ContainedProject(dir).asContainers("codicil-nowhere:1");

    assertThatThrownBy(project::verify)
        .isInstanceOfSatisfying(
            ContainerFailure.class,
            failure -> {
              assertThat(failure.text())
                  .isEqualTo("there is no image 'codicil-nowhere:1' on this machine");
              assertThat(failure.remedy()).contains("build it", "pull: missing");
            });
    assertThat(dir.resolve("out/history/kept/logs")).doesNotExist();
  }

  /** A Codicil in a process of its own, which is killed in the middle of a run. */
  @Test
  void whatAKilledCodicilLeavesIsRemovedByItsNextStart() throws Exception {
    ContainedProject project = new ContainedProject(dir);
    project.asContainers(built("codicil-contained:killed"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ContainedChild.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("child.log").toFile())
            .start();
    try {
      awaitMessage(child, "GET /basket");
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(Docker.labelled(dir, LANE))
        .as(Files.readString(dir.resolve("child.log")))
        .isNotEmpty();

    project.asContainers("codicil-nowhere:1"); // this start gets as far as cleaning up
    assertThatThrownBy(project::verify).isInstanceOf(ContainerFailure.class);

    assertThat(Docker.labelled(dir, LANE)).isEmpty();
    assertThat(dir.resolve(".codicil/processes")).isDirectoryNotContaining("glob:**.json");
  }

  /** Waits until a subject of the child has printed something. */
  private void awaitMessage(Process child, String message) throws Exception {
    Path log = dir.resolve("out/history/kept/logs/base-till.log");
    while (!Files.exists(log) || !Files.readString(log).contains(message)) {
      assertThat(child.isAlive()).as(Files.readString(dir.resolve("child.log"))).isTrue();
      child.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }
}
