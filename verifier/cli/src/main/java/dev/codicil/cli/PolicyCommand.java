package dev.codicil.cli;

import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.report.PolicyText;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.VerdictReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the policy of codicil.yaml does. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "explain",
    description = "Shows what the policy of codicil.yaml does.",
    subcommands = PolicyCommand.Explain.class)
final class PolicyCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  PolicyCommand() {}

  @Override
  public Integer call() {
    command.commandLine().usage(command.commandLine().getErr());
    return ExitCode.USAGE;
  }

  /** Why findings gate or do not. */
  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = {
        "Shows for each finding why it gates or does not: the rule that decided and where it is",
        "written, the evidence asked for and had, the waiver. Judges the run again by the policy",
        "and the waivers as they are now, running nothing; exits 0."
      },
      footer = {
        "",
        "Examples:",
        "  codicil policy explain                      all findings of the last run",
        "  codicil policy explain 3f2a91               one of them, by id or fingerprint",
        "  codicil policy explain --environment staging target/codicil/history/NAME"
      })
  static final class Explain implements Callable<Integer> {
    @Spec CommandSpec command;
    @Mixin GateOptions gates;

    @Option(names = "--project", paramLabel = "DIR", description = "Folder of codicil.yaml.")
    Path root = Path.of("");

    @Option(names = "--last", description = "The last run in target/codicil; the default.")
    boolean last;

    @Parameters(
        arity = "0..2",
        paramLabel = "FINDING|FOLDER|HISTORY",
        description =
            "Id or fingerprint of a finding, or the beginning of one; a folder of reports, or a"
                + " history.")
    List<String> words = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // picocli fills in the fields
    Explain() {}

    @Override
    public Integer call() {
      PrintWriter out = command.commandLine().getOut();
      Project project = ProjectReader.read(root.toAbsolutePath().normalize());
      Path place = null;
      String finding = null;
      for (String word : words) {
        Path path = existing(word);
        if (path != null && place == null) {
          place = path;
        } else if (finding == null) {
          finding = word;
        } else {
          throw new UsageException(
              "'" + word + "' is one too many: name one finding and one place");
        }
      }
      if (last && place != null) {
        throw new UsageException("--last and " + place + " contradict each other");
      }
      Gate gate = gates.gate(project);
      Path where = place == null ? project.root().resolve("target").resolve("codicil") : place;
      List<AmendmentVerdict> verdicts = LastRun.judge(where, gate);
      VerdictReport report = VerdictReport.of(verdicts, gate, false);
      out.print(
          PolicyText.render(
              report,
              gate.policy(),
              shown(verdicts, finding),
              Terminal.colored(),
              Terminal.width()));
      out.flush();
      return ExitCode.PASS;
    }

    private static @Nullable Path existing(String word) {
      try {
        Path path = Path.of(word);
        return Files.exists(path) ? path : null;
      } catch (InvalidPathException noPath) {
        return null;
      }
    }

    private static Predicate<Finding> shown(
        List<AmendmentVerdict> verdicts, @Nullable String name) {
      if (name == null) {
        return finding -> true;
      }
      Predicate<Finding> named = finding -> FindingNames.is(finding, name);
      if (verdicts.stream().flatMap(one -> one.findings().stream()).noneMatch(named)) {
        throw new UsageException(
            "no finding '" + name + "' in this run; `codicil policy explain` lists them");
      }
      return named;
    }
  }
}
