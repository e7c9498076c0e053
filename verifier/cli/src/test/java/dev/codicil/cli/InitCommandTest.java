package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void contract() throws IOException {
    Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(
        folder.resolve("contracts/shop.yaml"),
        """
        openapi: 3.0.3
        info: { title: shop, version: "1" }
        paths: { /a: { get: { responses: { "200": { description: ok } } } } }
        """);
  }

  @Test
  void itSaysWhatItFoundAndWhatComesNext() {
    Cli cli = Cli.run("init", "--project", folder.toString());

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out())
        .contains("contracts  contracts: 1 file, 1 interaction", "advisory", "codicil verify");
    assertThat(folder.resolve("codicil.yaml")).exists();
  }

  @Test
  void aFileThatIsThereIsKept() throws IOException {
    Files.writeString(folder.resolve("codicil.yaml"), "version: 1\n");

    Cli cli = Cli.run("init", "--project", folder.toString());

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("codicil.yaml: is there already", "--force");
    assertThat(folder.resolve("codicil.yaml")).hasContent("version: 1");
  }

  @Test
  void printingWritesNothing() {
    Cli cli = Cli.run("init", "--print", "--project", folder.toString());

    assertThat(cli.out()).startsWith("# How Codicil").contains("advisory: true");
    assertThat(folder.resolve("codicil.yaml")).doesNotExist();
  }

  @Test
  void shellsCompleteCommands() {
    assertThat(Cli.run("generate-completion").out()).contains("_complete_codicil", "--amendment");
  }
}
