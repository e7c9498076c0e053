package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.HookAction;
import dev.codicil.contract.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingRevertsTest {
  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init") // set before each test
  private World world;

  @BeforeEach
  void world() {
    world = new World(dir, dir.resolve("pending"), Map.of("KEY", "s3cr3t-k3y")::get);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(world.pending())) {
      return all.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  private Process child(String how) throws IOException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HookedChild.class.getName(),
                dir.toString(),
                how)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("in force");
    assertThat(dir.resolve("broken")).exists();
    return child;
  }

  private static PendingReverts.Entry entry(String revert) {
    PendingReverts.Entry own =
        PendingReverts.Entry.of("h", HookAction.parse(revert), List.of(), Duration.ofSeconds(20));
    return by(own, 1L << 40);
  }

  /** The entry as a process of that number has written it, long ago. */
  private static PendingReverts.Entry by(PendingReverts.Entry entry, long pid) {
    return new PendingReverts.Entry(
        entry.schema(),
        pid,
        "1970-01-01T00:00:00Z",
        entry.hook(),
        entry.words(),
        entry.method(),
        entry.url(),
        entry.body(),
        entry.acts(),
        entry.deadlineMillis());
  }

  @Test
  void whatAKilledRunHasLeftIsUndoneByTheNextOneAndToldOnce() throws Exception {
    assertThat(child("killed").waitFor()).isEqualTo(137);
    assertThat(dir.resolve("mended")).doesNotExist();

    assertThat(PendingReverts.settle(world))
        .containsExactly(
            "an earlier run was killed while a fault was in force (hook of a child); it is undone"
                + " now: sh -c rm broken; touch mended");
    assertThat(dir.resolve("broken")).doesNotExist();
    assertThat(dir.resolve("mended")).exists();
    assertThat(files()).isEmpty();
    assertThat(PendingReverts.settle(world)).isEmpty();
  }

  @Test
  void aRunThatIsTerminatedUndoesWhatIsInForce() throws Exception {
    Process child = child("waits");

    child.destroy();
    child.waitFor();

    assertThat(dir.resolve("mended")).exists();
    assertThat(files()).isEmpty();
  }

  @Test
  void whatARunThatGoesOnHasInForceIsItsOwn() throws Exception {
    Process child = child("waits");
    try {
      assertThat(PendingReverts.settle(world)).isEmpty();
      assertThat(dir.resolve("broken")).exists();
      assertThat(files()).hasSize(1);
    } finally {
      child.destroy();
      child.waitFor();
    }
  }

  @Test
  void aProcessNumberThatWasGivenToAnotherProcessIsNoLivingRun() throws Exception {
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    PendingReverts.write(world, by(entry("sh -c 'touch mended'"), parent));

    assertThat(PendingReverts.settle(world)).hasSize(1);
    assertThat(dir.resolve("mended")).exists();
  }

  @Test
  void whatCannotBeUndoneStopsEverythingAndStaysOnTheDisk() throws Exception {
    Path file = PendingReverts.write(world, entry("sh -c 'echo ${KEY}; exit 4'"));

    assertThatThrownBy(() -> PendingReverts.settle(world))
        .isInstanceOfSatisfying(
            RevertFailure.class,
            stuck -> {
              assertThat(stuck)
                  .hasMessage(
                      "the fault 'h' that an earlier run has left could not be undone: sh -c echo"
                          + " ${KEY}; exit 4: it exited with code 4: [redacted]");
              assertThat(stuck.remedy()).endsWith("and delete " + file);
            });
    assertThat(file).exists().content().doesNotContain("s3cr3t-k3y");
  }

  @Test
  void whatWasDoneToASubjectThatIsGoneIsGoneWithIt() throws Exception {
    Process subject = new ProcessBuilder("sleep", "300").start();
    PendingReverts.Entry entry =
        by(
            PendingReverts.Entry.of(
                "h",
                HookAction.parse("sh -c 'exit 1'"),
                List.of(subject.pid()),
                Duration.ofSeconds(20)),
            1L << 40);
    PendingReverts.write(world, entry);
    assertThatThrownBy(() -> PendingReverts.settle(world)).isInstanceOf(RevertFailure.class);

    subject.destroyForcibly().waitFor();
    assertThat(PendingReverts.settle(world))
        .containsExactly(
            "an earlier run was killed while a fault was in force (h); what it acted on is gone as"
                + " well");
    assertThat(files()).isEmpty();
  }

  @Test
  void aDamagedFileIsALocatedErrorAndNotPassedOver() throws Exception {
    Path file = PendingReverts.write(world, entry("true"));
    Files.writeString(file, "{\"schema\":1,");

    assertThatThrownBy(() -> PendingReverts.settle(world))
        .isInstanceOfSatisfying(
            InputException.class,
            wrong -> assertThat(wrong.location().file()).isEqualTo(file.toString()));
    for (String wrong :
        List.of(
            "{\"schema\":1}",
            "{\"schema\":1,\"words\":[]}",
            "{\"schema\":1,\"words\":[\"true\"],\"acts\":[\"\"]}",
            "[]")) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> PendingReverts.settle(world))
          .as(wrong)
          .isInstanceOf(InputException.class);
    }
  }
}
