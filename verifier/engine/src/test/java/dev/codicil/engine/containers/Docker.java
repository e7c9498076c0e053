package dev.codicil.engine.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.storm.containers.DockerEngines;
import dev.codicil.storm.run.ContainerEngine;
import dev.codicil.storm.run.ContainerFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The Docker engine of this machine, for tests that need one. */
final class Docker {
  /** Names an image with Java 17 or newer; nothing is ever pulled by a test. */
  private static final String IMAGE = "CODICIL_TEST_JRE_IMAGE";

  private static final String ORDINARY = "eclipse-temurin:17-jre";

  private Docker() {}

  /** The engine; without one the test is skipped, and says so. */
  static ContainerEngine engine() {
    try {
      return new DockerEngines().find();
    } catch (ContainerFailure none) {
      return Assumptions.abort("skipped: no Docker engine (" + none.text() + ")");
    }
  }

  /** An image with Java; without one the test is skipped, and says so. */
  static String jre() {
    String named = System.getenv(IMAGE);
    String image = named == null ? ORDINARY : named;
    try {
      engine().image(image, ContainerEngine.Pull.NEVER);
      return image;
    } catch (ContainerFailure none) {
      return Assumptions.abort("skipped: " + none.text() + "; name one with Java in " + IMAGE);
    }
  }

  /** What the command prints that everybody knows. */
  static String run(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(command + ": " + printed).isZero();
    return printed;
  }

  /** Containers of Codicil whose label has this value, also those that have ended. */
  static List<String> labelled(Path folder, String label) throws Exception {
    return run(folder, "ps", "-aq", "--filter", "label=" + label).lines().toList();
  }
}
