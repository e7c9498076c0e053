package dev.codicil.cli;

import dev.codicil.engine.Verification;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.report.ConsoleReport;
import dev.codicil.report.Reporters;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.VerdictReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges recorded runs again, running nothing. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description =
        "Judges recorded runs again, by the project's policy and waivers, running nothing.")
final class JudgeCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "HISTORY",
      description = "History folders or files, such as target/codicil/history/NAME.")
  List<Path> histories;

  @Option(names = "--project", paramLabel = "DIR", description = "Folder of codicil.yaml.")
  Path root = Path.of("");

  @Mixin GateOptions gates;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default text.")
  String format = "text";

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  JudgeCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Gate gate = gates.gate(ProjectReader.read(root.toAbsolutePath().normalize()));
    List<AmendmentVerdict> verdicts = new ArrayList<>();
    for (Path history : histories) {
      verdicts.add(Verification.judge(history, gate));
    }
    VerdictReport report = VerdictReport.of(verdicts, gate, false);
    switch (format) {
      case "text" -> out.print(ConsoleReport.render(report, Terminal.colored(), Terminal.width()));
      case "json" -> out.print(Reporters.json().render(report));
      default -> throw new UsageException("--format: text or json, not '" + format + "'");
    }
    out.flush();
    return ExitCode.of(report.verdict());
  }
}
