package dev.codicil.cli;

import dev.codicil.engine.ProjectCheck;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.StoredVerdict;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.report.Check;
import dev.codicil.report.ConsoleReport;
import dev.codicil.verdict.VerdictReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells a verdict that stands already, in another format. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the verdict of the last run, or of another one, in any format. Runs nothing, and",
      "exits 0 whatever the verdict is: the run has said that."
    },
    footer = {
      "",
      "Examples:",
      "  codicil report --format github-comment",
      "  codicil report --format junit=build/junit.xml --format sarif=build/codicil.sarif",
      "  codicil report artifact/verdict.json --format github-summary >> $GITHUB_STEP_SUMMARY"
    })
final class ReportCommand implements Callable<Integer> {
  private static final String ADVICE = "name another file";

  @Spec CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "VERDICT",
      description = {
        "A verdict.json, the folder of a run, or a history; default: the last run, in",
        "target/codicil of the project."
      })
  @Nullable Path input;

  @Option(
      names = "--format",
      paramLabel = "FORMAT[=FILE]",
      description = {
        "html, json, markdown, junit, sarif, gitlab, github, github-comment or github-summary;",
        "default: as verify prints it. Several, when each names its file."
      })
  List<String> formats = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the one format goes that names no file; default: standard output.")
  @Nullable Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {
        "Tells several checks of one repository apart, in comments and in code scanning;",
        "default: the project's folder in its repository."
      })
  @Nullable String name;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "Folder of codicil.yaml; default: where you are.")
  Path root = Path.of("");

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ReportCommand() {}

  @Override
  public Integer call() {
    List<FormatChoice> choices = FormatChoice.of("--format", formats, check());
    List<FormatChoice> loose = choices.stream().filter(one -> one.file() == null).toList();
    if (loose.size() > 1) {
      throw new UsageException(
          "--format: name a file for each, as "
              + loose.get(0).reporter().id()
              + "="
              + loose.get(0).reporter().fileName());
    }
    if (out != null && loose.isEmpty() && !choices.isEmpty()) {
      throw new UsageException("--out: every format names its file already");
    }
    StoredVerdict stored =
        StoredVerdict.at(
            input == null ? folder().resolve("target").resolve("codicil") : input,
            () -> ProjectReader.read(folder()).policy());
    PrintWriter err = command.commandLine().getErr();
    if (!stored.told().isEmpty()) {
      err.println("codicil: " + Main.plain(stored.told()));
    }
    if (choices.isEmpty()) {
      text(stored.report());
    }
    for (FormatChoice choice : choices) {
      write(choice, stored.report());
    }
    return ExitCode.PASS;
  }

  private Path folder() {
    return root.toAbsolutePath().normalize();
  }

  private Check check() {
    Check own = ProjectCheck.of(folder());
    if (name == null) {
      return own;
    }
    try {
      return own.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--name: " + e.getMessage());
    }
  }

  private void text(VerdictReport report) {
    Path file = out;
    if (file == null) {
      print(ConsoleReport.render(report, Terminal.colored(), Terminal.width()));
    } else {
      ReportFolder.write(file, ConsoleReport.render(report, false, 100), ADVICE);
    }
  }

  private void write(FormatChoice choice, VerdictReport report) {
    String text = choice.reporter().render(report);
    Path file = choice.file() == null ? out : choice.file();
    if (file == null) {
      print(text);
    } else if (Files.isDirectory(file)) {
      ReportFolder.write(file.resolve(choice.reporter().fileName()), text, ADVICE);
    } else {
      ReportFolder.write(file, text, ADVICE);
    }
  }

  private void print(String text) {
    PrintWriter stdout = command.commandLine().getOut();
    stdout.print(text);
    stdout.flush();
  }
}
