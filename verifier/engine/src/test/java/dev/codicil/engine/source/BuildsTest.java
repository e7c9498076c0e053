package dev.codicil.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsTest {
  private static final String BUILD =
      "mkdir -p out && cp src/main.txt out/app.jar && echo x >> count";

  @TempDir Path root;
  private final List<String> progress = new ArrayList<>();
  private Builds builds;

  @BeforeEach
  void tree() throws Exception {
    assumeFalse(System.getProperty("os.name", "").startsWith("Windows"), "needs a POSIX shell");
    Files.createDirectories(root.resolve("src"));
    Files.writeString(root.resolve("src/main.txt"), "one");
    builds = new Builds(root, progress::add);
  }

  private static Subject subject(@Nullable String build, @Nullable String artifact) {
    return new Subject(
        "shop",
        build,
        artifact,
        List.of("run"),
        Map.of(),
        new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY),
        null,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Location.of("codicil.yaml"));
  }

  private Builds.Built build(String command) {
    return builds.build(root, subject(command, "out/app.jar"), List.of("src"));
  }

  private int built() throws Exception {
    Path count = root.resolve("count");
    return Files.exists(count) ? Files.readAllLines(count).size() : 0;
  }

  @Test
  void aBuildIsSkippedWhileNothingChanges() throws Exception {
    assertThat(build(BUILD)).isEqualTo(new Builds.Built(true, ""));
    assertThat(build(BUILD).ok()).isTrue();

    assertThat(built()).isEqualTo(1);
    assertThat(progress).containsExactly("building shop: " + BUILD);
  }

  @Test
  void aBuildIsRepeatedWhenASourceChanges() throws Exception {
    build(BUILD);
    Files.writeString(root.resolve("src/main.txt"), "two");
    build(BUILD);

    assertThat(built()).isEqualTo(2);
    assertThat(root.resolve("out/app.jar")).hasContent("two");
  }

  @Test
  void aBuildIsRepeatedWhenItsArtifactIsReplacedOrGone() throws Exception {
    build(BUILD);
    Path artifact = root.resolve("out/app.jar");
    Files.setLastModifiedTime(artifact, FileTime.fromMillis(1_000_000));
    build(BUILD);
    Files.delete(artifact);
    build(BUILD);

    assertThat(built()).isEqualTo(3);
    assertThat(artifact).exists();
  }

  @Test
  void aBuildIsRepeatedWhenItsCommandChanges() throws Exception {
    build(BUILD);
    build(BUILD + " && true");

    assertThat(built()).isEqualTo(2);
  }

  @Test
  void aBuildFromSourcesThatAreNotThereIsNeverCurrent() throws Exception {
    Subject subject = subject(BUILD, "out/app.jar");
    builds.build(root, subject, List.of("scr"));
    builds.build(root, subject, List.of("scr"));

    assertThat(built()).isEqualTo(2);
  }

  @Test
  void aTreeOfItsOwnIsBuiltOnItsOwn() throws Exception {
    build(BUILD);
    Path other = root.resolve("other");
    Files.createDirectories(other.resolve("src"));
    Files.writeString(other.resolve("src/main.txt"), "one");
    builds.build(other, subject(BUILD, "out/app.jar"), List.of("src"));

    assertThat(other.resolve("out/app.jar")).hasContent("one");
    assertThat(other.resolve("count")).exists();
  }

  @Test
  void aFailingBuildShowsTheEndOfItsOutput() {
    Builds.Built failed =
        build("for i in 1 2 3 4 5 6 7; do echo line $i; done; echo told on stderr >&2; exit 3");

    assertThat(failed.ok()).isFalse();
    assertThat(failed.message())
        .isEqualTo(
            "the build failed with exit code 3:"
                + " line 4 | line 5 | line 6 | line 7 | told on stderr");
    assertThat(build("exit 3").ok()).describedAs("a failure is not remembered as built").isFalse();
  }

  @Test
  void aBuildThatLeavesNoArtifactIsNoBuild() {
    assertThat(build("true").message()).isEqualTo("there is no out/app.jar after the build");
  }

  @Test
  void anArtifactWithoutABuildMustBeThere() throws Exception {
    Subject subject = subject(null, "given.jar");

    assertThat(builds.build(root, subject, List.of()).message())
        .isEqualTo("there is no given.jar and no build is declared");
    Files.writeString(root.resolve("given.jar"), "");
    assertThat(builds.build(root, subject, List.of()).ok()).isTrue();
    assertThat(builds.build(root, subject(null, null), List.of()).ok()).isTrue();
  }

  @Test
  void aBuildReadsNothingFromTheCaller() {
    assertThat(build("cat && mkdir -p out && touch out/app.jar").ok()).isTrue();
  }

  @Test
  void whatIsKeptIsIgnoredByGit() {
    build(BUILD);

    assertThat(root.resolve(".codicil/.gitignore")).hasContent("*");
  }
}
