package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A world that cannot be mended, by the real command on a real process. */
class StuckHookTest {
  @TempDir Path project;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeProject() throws IOException {
    write(
        "contracts/things.yaml",
        """
        openapi: 3.1.0
        info: { title: things, version: 1.0.0 }
        paths:
          /things:
            get:
              responses:
                '200':
                  description: a thing
                  content:
                    application/json:
                      schema: { type: object, required: [name], properties: { name: { type: string } } }
        """);
    write(
        "contracts/amendments/change/amendment.yaml",
        """
        version: 1
        title: a change of configuration
        sides:
          base: { subjects: { things: { env: { SIDE: base } } } }
          head: { subjects: { things: { env: { SIDE: head } } } }
        """);
    write(
        "codicil.yaml",
        """
        version: 1
        subjects:
          things:
            command: [%s, -cp, %s, dev.codicil.cli.TinyServer, "{port}"]
            ready: GET /
            startup: 20s
        profiles: [world]
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("target", "test-classes").toAbsolutePath()));
    write(
        "chaos-profiles/world.yaml",
        """
        version: 1
        name: world
        faults:
          - fault: hook
            parameters: { inject: touch broken, revert: test -e mended }
        """);
  }

  @Test
  void theRunStopsAndNothingIsRunUntilItIsMended() throws IOException {
    assertThat(verify()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString())
        .contains("could not be undone: test -e mended: it exited with code 1")
        .contains("to do: mend it and start again, which tries first; or undo it by hand");
    assertThat(
            Json.mapper()
                .readTree(project.resolve("target/codicil/verdict.json").toFile())
                .path("verdict")
                .asText())
        .isEqualTo("inconclusive");

    Path history = project.resolve("target/codicil/history/change/history.ndjson");
    byte[] before = Files.readAllBytes(history);
    assertThat(verify()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).contains("that an earlier run has left could not be undone");
    assertThat(Files.readAllBytes(history)).isEqualTo(before);

    Files.createFile(project.resolve("mended"));
    assertThat(verify()).as(out + "" + err).isEqualTo(ExitCode.PASS);
    assertThat(out.toString()).contains("it is undone now: test -e mended");
  }

  private int verify() {
    return Main.run(
        new String[] {"verify", "--project", project.toString()},
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
