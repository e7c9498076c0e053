package dev.codicil.storm.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.storm.run.ContainerEngine;
import dev.codicil.storm.run.ContainerEngine.Pull;
import dev.codicil.storm.run.ContainerEngine.Running;
import dev.codicil.storm.run.ContainerFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done to containers of a real engine; skipped where there is none. */
@Timeout(20)
class DockerEngineTest {
  private static final String IMAGE = "CODICIL_TEST_JRE_IMAGE";

  private final String lane = UUID.randomUUID().toString();
  @TempDir Path dir;
  private ContainerEngine engine = new NoEngine();
  private String image = "";

  @BeforeEach
  void find() {
    try {
      engine = new DockerEngines().find();
      String named = System.getenv(IMAGE);
      image = engine.image(named == null ? "eclipse-temurin:17-jre" : named, Pull.NEVER);
    } catch (ContainerFailure none) {
      Assumptions.abort(
          "skipped: no Docker engine, or no image named in " + IMAGE + ": " + none.text());
    }
  }

  @AfterEach
  void nothingIsLeft() {
    engine.remove(lane);
  }

  private Running shell(String script) {
    Path hosts = dir.resolve("hosts");
    try {
      Files.writeString(hosts, "127.0.0.1 localhost\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return engine.start(
        new ContainerEngine.Wanted(
            lane,
            Map.of("subject", "shell"),
            "shell",
            image,
            List.of("sh", "-c", script),
            Map.of("GREETING", "hello"),
            8080,
            dir,
            hosts));
  }

  private static String printed(Running container) throws IOException {
    return new String(container.output().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatItPrintsIsReadToItsEndWithItsExitCode() throws Exception {
    Running container =
        shell("echo $GREETING; echo oops >&2; echo kept > '" + dir + "/file'; exit 7");

    assertThat(printed(container)).contains("hello\n", "oops\n");
    assertThat(container.alive()).isFalse();
    assertThat(container.exitCode()).isEqualTo(7);
    assertThat(Files.readString(dir.resolve("file"))).isEqualTo("kept\n");
  }

  @Test
  void itsPortIsPublishedOnTheLoopbackOnly() throws Exception {
    Running container = shell("while true; do echo served | nc -l -p 8080; done");

    assertThat(container.port()).isGreaterThan(1);
    try (Socket call = new Socket(InetAddress.getLoopbackAddress(), container.port())) {
      assertThat(call.isConnected()).isTrue();
    }
    InetAddress outer = engine.gateway().orElse(null);
    if (outer != null) {
      assertThatThrownBy(() -> new Socket(outer, container.port()).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void itStandsStillAndGoesOnAndIsKilledWhileItStandsStill() throws Exception {
    Running container = shell("trap 'exit 5' TERM; while true; do sleep 0.1; done");
    assertThat(container.exitCode()).isEqualTo(-1);

    container.pause();
    container.pause(); // needless, and no error
    assertThat(container.alive()).isTrue();
    container.resume();
    container.resume();
    container.pause();
    container.kill();

    assertThat(container.alive()).isFalse();
    assertThat(container.exitCode()).isEqualTo(137);
    container.resume();
    container.terminate();
    assertThat(printed(container)).isEmpty();
  }

  @Test
  void whatIsAskedToEndMayEndAsItLikes() throws Exception {
    Running container =
        shell("trap 'echo bye; exit 5' TERM; echo up; while true; do sleep 0.05; done");
    assertThat(container.output().readNBytes(3)).isEqualTo("up\n".getBytes(StandardCharsets.UTF_8));

    container.terminate();

    assertThat(printed(container)).isEqualTo("bye\n");
    assertThat(container.exitCode()).isEqualTo(5);
  }

  @Test
  void allOfALaneIsRemovedAndNothingOfAnother() {
    Running first = shell("sleep 60");
    shell("exit 0");

    assertThat(engine.remove("another")).isZero();
    assertThat(first.alive()).isTrue();
    assertThat(engine.remove(lane)).isEqualTo(2);
    assertThat(first.alive()).isFalse();
    assertThat(engine.remove(lane)).isZero();
    first.remove();
  }

  @Test
  void whatCannotBeStartedSaysWhyAndLeavesNothing() {
    assertThatThrownBy(
            () ->
                engine.start(
                    new ContainerEngine.Wanted(
                        lane,
                        Map.of("subject", "shell"),
                        "shell",
                        image,
                        List.of("no-such-program"),
                        Map.of(),
                        8080,
                        dir,
                        null)))
        .isInstanceOf(ContainerFailure.class)
        .hasMessageContaining("the container of 'shell' cannot be started")
        .hasMessageContaining("no-such-program");
    assertThat(engine.remove(lane)).isZero();
  }

  @Test
  void anImageThatIsNotThereSaysWhatToDo() {
    assertThatThrownBy(() -> engine.image("codicil-nowhere:1", Pull.NEVER))
        .isInstanceOfSatisfying(
            ContainerFailure.class, failure -> assertThat(failure.remedy()).contains("build it"));
    assertThatThrownBy(() -> engine.image("NOT an image", Pull.MISSING))
        .isInstanceOf(ContainerFailure.class)
        .hasMessageContaining("NOT an image");
  }

  /** Before an engine is found. */
  private static final class NoEngine implements ContainerEngine {
    @Override
    public String image(String name, Pull pull) {
      throw new IllegalStateException(name);
    }

    @Override
    public String host() {
      return "";
    }

    @Override
    public java.util.Optional<InetAddress> gateway() {
      return java.util.Optional.empty();
    }

    @Override
    public Running start(Wanted wanted) {
      throw new IllegalStateException(wanted.image());
    }

    @Override
    public int remove(String lane) {
      return 0;
    }
  }
}
