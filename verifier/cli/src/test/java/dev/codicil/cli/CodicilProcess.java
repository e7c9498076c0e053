package dev.codicil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real command, run as a user runs it: the packaged launcher in a process of its own. */
final class CodicilProcess {
  /** Root of the repository. */
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final long LIMIT_MINUTES = 12;

  private CodicilProcess() {}

  /** What a finished command left behind. */
  record Result(int exitCode, String out, String err) {}

  static Process start(Path output, List<String> args) throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("codicil").toString()));
    command.addAll(args);
    if (args.contains("verify") && !args.contains("--cache")) {
      command.add("--no-cache"); // what is asserted must have been run
    }
    return new ProcessBuilder(command)
        .directory(ROOT.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(output.resolve("out.txt").toFile())
        .redirectError(output.resolve("err.txt").toFile())
        .start();
  }

  static Result run(Path output, String... args) throws IOException, InterruptedException {
    Process process = start(output, List.of(args));
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
      throw new AssertionError(
          "still running after " + LIMIT_MINUTES + " minutes: " + List.of(args));
    }
    return new Result(
        process.exitValue(),
        Files.readString(output.resolve("out.txt")),
        Files.readString(output.resolve("err.txt")));
  }
}
