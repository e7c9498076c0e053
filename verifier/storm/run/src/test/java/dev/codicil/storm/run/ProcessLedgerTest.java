package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLedgerTest {
  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init") // set before each test
  private World world;

  @BeforeEach
  void world() {
    world = new World(dir, dir.resolve("pending"), Map.<String, String>of()::get);
  }

  private List<Path> files() throws IOException {
    Path folder = ProcessLedger.folder(world);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  private List<ProcessHandle> written() throws IOException {
    List<ProcessHandle> handles = new ArrayList<>();
    for (Path file : files()) {
      ProcessLedger.Entry entry =
          Json.mapper().readValue(Files.readAllBytes(file), ProcessLedger.Entry.class);
      for (String process : entry.processes()) {
        ProcessHandle.of(Long.parseLong(process.substring(0, process.indexOf(' '))))
            .ifPresent(handles::add);
      }
    }
    return handles;
  }

  private static boolean standsStill(ProcessHandle process) {
    try {
      // proc(5): the state stands behind the name in parentheses
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * A Codicil that is killed while nodes stand still leaves them so; nobody but us can end them.
   */
  @Test
  void whatStandsStillWhenCodicilIsKilledIsEndedByTheNextStart() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs proc(5)");
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PausedChild.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (child.isAlive() && written().stream().noneMatch(ProcessLedgerTest::standsStill)) {
        Thread.onSpinWait();
      }
      assertThat(child.isAlive()).isTrue();
      assertThat(ProcessLedger.settle(world)).as("the run goes on").isEmpty();
    } finally {
      child.destroyForcibly().waitFor();
    }
    List<ProcessHandle> left = written();
    assertThat(left).hasSize(4).allMatch(ProcessHandle::isAlive);
    assertThat(left).anyMatch(ProcessLedgerTest::standsStill);

    assertThat(ProcessLedger.settle(world))
        .hasSize(2)
        .allMatch(
            told ->
                told.equals(
                    "an earlier run was killed and left 2 processes of its subjects, which are"
                        + " ended now"));

    assertThat(left).noneMatch(ProcessHandle::isAlive);
    assertThat(files()).isEmpty();
    assertThat(ProcessLedger.settle(world)).isEmpty();
  }

  @Test
  void aProcessThatWasNotWrittenDownInTimeIsKnownByItsEnvironment() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/environ")), "needs proc(5)");
    String place = dir.resolve("shared").toString();
    ProcessBuilder builder = new ProcessBuilder("sleep", "300");
    builder.environment().put(SharedFolder.MARK, place);
    Process stray = builder.start();
    try {
      write(1L << 40, SharedFolder.MARK + "=" + place, List.of());

      assertThat(ProcessLedger.settle(world))
          .containsExactly(
              "an earlier run was killed and left a process of its subjects, which is ended now");
      assertThat(stray.isAlive()).isFalse();
    } finally {
      stray.destroyForcibly();
    }
  }

  @Test
  void aNumberThatWasGivenToAnotherProcessEndsNobody() throws Exception {
    Process other = new ProcessBuilder("sleep", "300").start();
    try {
      write(1L << 40, "A=b", List.of(other.pid() + " 1970-01-01T00:00:00Z"));

      assertThat(ProcessLedger.settle(world)).isEmpty();
      assertThat(other.isAlive()).isTrue();
      assertThat(files()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aDamagedFileIsALocatedError() throws Exception {
    write(1L << 40, "A=b", List.of());
    Path file = files().get(0);
    for (String wrong :
        List.of("{\"schema\":1,", "[]", "{\"schema\":2}", "{\"schema\":1,\"mark\":\"\"}")) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> ProcessLedger.settle(world))
          .as(wrong)
          .isInstanceOfSatisfying(
              InputException.class,
              bad -> assertThat(bad.location().file()).isEqualTo(file.toString()));
    }
  }

  private void write(long owner, String mark, List<String> processes) throws IOException {
    Path folder = ProcessLedger.folder(world);
    Files.createDirectories(folder);
    Files.write(
        folder.resolve("one.json"),
        Json.mapper()
            .writeValueAsBytes(
                new ProcessLedger.Entry(1, owner, "1970-01-01T00:00:00Z", mark, processes, null)));
  }
}
