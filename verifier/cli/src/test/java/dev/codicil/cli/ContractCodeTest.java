package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The permission to run contracts; {@link ContractCodeIT} uses it. */
class ContractCodeTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"diff", "conform", "verify", "plan", "replay"})
  void everyCommandThatReadsContractsHasIt(String command) {
    assertThat(Cli.run(command, "--help").out()).contains("--allow-contract-code");
  }

  @Test
  void whereWhatRunsThemIsNotThereItIsToldWithWhatToDo() throws Exception {
    // From classes, as tests run, nothing stands beside the jar.
    Path file = Files.writeString(root.resolve("a.groovy"), "Contract.make { }");

    Cli run = Cli.run("diff", "--allow-contract-code", file.toString(), file.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.DATA);
    assertThat(run.err())
        .contains("the reader of contracts that are programs is not there")
        .contains("mvn -pl verifier/cli -am package");
    assertThat(run.showsStackTrace()).isFalse();
  }

  @Test
  void aNamedProgramIsRefusedWithoutIt() throws Exception {
    Path file = Files.writeString(root.resolve("a.groovy"), "Contract.make { }");

    Cli run = Cli.run("diff", file.toString(), file.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.DATA);
    assertThat(run.err())
        .contains("a.groovy: this Spring Cloud Contract is a program, which was not run")
        .contains("to do: --allow-contract-code runs it");
  }

  @Test
  void aProjectCannotGiveIt() throws Exception {
    Files.writeString(root.resolve("codicil.yaml"), "version: 1\nallow-contract-code: true\n");

    Cli run = Cli.run("plan", "--project", root.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.DATA);
    assertThat(run.err()).contains("codicil.yaml:2").contains("allow-contract-code");
  }
}
