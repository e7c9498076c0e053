package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A script of the action, run by bash as a runner does. */
final class Script {
  private static final Path FOLDER = CodicilProcess.ROOT.resolve(".github/actions/codicil");

  private final String name;
  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder where it runs
   * @param environment beside {@code PATH}, of which nothing else is inherited
   */
  Script(String name, Path folder, Map<String, String> environment) {
    this.name = name;
    this.folder = folder;
    this.environment = environment;
  }

  /** What a finished script left behind. */
  record Ended(int exit, String out, String err) {}

  /** Skips a test where programs are missing that runners have. */
  static void needs(String... programs) {
    for (String program : programs) {
      boolean there = false;
      for (String part : String.valueOf(System.getenv("PATH")).split(":", -1)) {
        there |= Files.isExecutable(Path.of(part, program));
      }
      assumeTrue(there, "skipped: no " + program + " on this machine");
    }
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", FOLDER.resolve(name).toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(variable -> !variable.equals("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("ends").isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
