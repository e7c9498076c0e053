package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subjects that do not come up, each a real process. */
class StartFailureTest {
  @TempDir Path project;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeContracts() throws IOException {
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
        "codicil.yaml",
        """
        version: 1
        subjects:
          things:
            command: [%s, -cp, %s, dev.codicil.cli.TinyServer, "{port}"]
            ready: GET /
            startup: 20s
        profiles: []
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("target", "test-classes").toAbsolutePath()));
  }

  @Test
  void bothSidesUpAndEqualPass() throws IOException {
    amendment("false", "false");

    assertThat(verify()).as(out + "" + err).isEqualTo(ExitCode.PASS);
  }

  @Test
  void anAmendedSubjectThatExitsWhereTheBaseStartedIsBroken() throws IOException {
    amendment("false", "true");

    assertThat(verify()).as(out + "" + err).isEqualTo(ExitCode.FAIL);
    assertThat(out.toString()).containsIgnoringCase("broken").contains("tiny: told to exit");
  }

  @Test
  void aBaseThatDoesNotStartProvesNothing() throws IOException {
    amendment("true", "false");

    assertThat(verify()).as(out + "" + err).isEqualTo(ExitCode.INCONCLUSIVE);
  }

  @Test
  void nothingStartedHasAnExitCodeOfItsOwn() throws IOException {
    amendment("true", "true");

    assertThat(verify()).as(out + "" + err).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).contains("nothing could be started");
  }

  private int verify() {
    return Main.run(
        new String[] {"verify", "--project", project.toString()},
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }

  private void amendment(String baseExits, String headExits) throws IOException {
    write(
        "contracts/amendments/change/amendment.yaml",
        """
        version: 1
        title: a change of configuration
        sides:
          base: { subjects: { things: { env: { TINY_EXITS: "%s", SIDE: base } } } }
          head: { subjects: { things: { env: { TINY_EXITS: "%s", SIDE: head } } } }
        """
            .formatted(baseExits, headExits));
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
