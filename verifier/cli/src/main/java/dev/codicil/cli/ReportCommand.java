package dev.codicil.cli;

import dev.codicil.engine.EarlierRuns;
import dev.codicil.engine.ProjectCheck;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.StoredVerdict;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.report.Check;
import dev.codicil.report.ConsoleReport;
import dev.codicil.report.Trend;
import dev.codicil.report.TrendText;
import dev.codicil.verdict.VerdictReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  codicil report artifact/verdict.json --format github-summary >> $GITHUB_STEP_SUMMARY",
      "  codicil report --history runs --format markdown"
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

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = {
        "Instead of one verdict: how interactions fared over the runs below this folder, each",
        "verdict.json in a folder of its own, in the order of their names. Formats: text,",
        "markdown, json."
      })
  @Nullable Path history;

  @Mixin GateOptions gates;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ReportCommand() {}

  @Override
  public Integer call() {
    if (history != null) {
      trend(history);
      return ExitCode.PASS;
    }
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
            () -> gates.gate(ProjectReader.read(folder())));
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

  private void trend(Path runs) {
    if (input != null || formats.size() > 1) {
      throw new UsageException("--history: one folder and one format, and no other verdict");
    }
    String format = formats.isEmpty() ? "text" : formats.get(0);
    Function<Trend, String> renderer =
        switch (format) {
          case "text" -> TrendText::text;
          case "markdown" -> TrendText::markdown;
          case "json" -> TrendText::json;
          default ->
              throw new UsageException(
                  "--format with --history: text, markdown or json, not '" + format + "'");
        };
    String text = renderer.apply(EarlierRuns.below(runs));
    Path file = out;
    if (file == null) {
      print(text);
    } else {
      ReportFolder.write(file, text, ADVICE);
    }
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
