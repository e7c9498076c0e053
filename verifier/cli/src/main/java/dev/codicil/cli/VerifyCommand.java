package dev.codicil.cli;

import dev.codicil.contract.InputException;
import dev.codicil.engine.Expected;
import dev.codicil.engine.Options;
import dev.codicil.engine.ProjectCheck;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.history.HistoryLog;
import dev.codicil.report.CauseFiles;
import dev.codicil.report.ConsoleReport;
import dev.codicil.report.Reporter;
import dev.codicil.storm.run.RevertFailure;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.VerdictReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Diffs, plans, runs, judges and reports.",
      "Without options: every amendment of the amendments folder if there is one, else the merge",
      "base with the default branch against the work tree."
    },
    footer = {
      "",
      "Examples:",
      "  codicil verify",
      "  codicil verify --amendment partner-in-line --seed 7",
      "  codicil verify --base v1.4.0 --profiles slow-partner,outage",
      "  codicil verify --expect        do all amendments get the verdict they declare?"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final String ADVICE = "name another file with --report FORMAT=FILE";

  @Spec CommandSpec command;
  @Mixin ProjectOptions project;
  @Mixin GateOptions gates;

  @Option(
      names = "--expect",
      description = {
        "Exit 0 exactly when every amendment gets the verdict and findings that its",
        "amendment.yaml declares, and nothing else gates or is inconclusive; waivers do not count."
      })
  boolean expect;

  @Option(names = "--resume", description = "Go on with a killed run; repeats nothing recorded.")
  boolean resume;

  @Option(
      names = "--time-budget",
      paramLabel = "DURATION",
      description = "Most wall time of one amendment's run, such as 5m; what it cuts is told.")
  @Nullable String timeBudget;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = {
        "Where cells are kept that need not be run again while nothing they depend on changes;",
        "default .codicil/cells."
      })
  @Nullable Path cache;

  @Option(names = "--no-cache", description = "Run every cell, and keep none.")
  boolean noCache;

  @Option(
      names = "--report",
      paramLabel = "FORMAT[=FILE]",
      description = {
        "Writes this format too: junit, sarif, gitlab, github, github-comment or github-summary;",
        "default file: beside report.html. Repeatable."
      })
  List<String> reports = new ArrayList<>();

  @Option(
      names = {"--publish-results", "--publish-verification-results"},
      description = {
        "Publishes to the Pact Broker what became of its pacts; needs --provider-version. Codicil's",
        "exit code stays that of the verdict, or is 65 when a pass could not be published."
      })
  boolean publishResults;

  @Mixin PublishOptions publish;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  VerifyCommand() {}

  /** What cannot be published is refused before anything runs. */
  private void checkPublishing(List<AmendmentSpec> specs) {
    if (!publishResults) {
      return;
    }
    publish.version();
    if (!project.trustHead) {
      throw new UsageException(
          "--publish-results and --no-trust-head contradict each other: a head that is not trusted"
              + " speaks for no version");
    }
    if (expect) {
      throw new UsageException("--publish-results and --expect contradict each other");
    }
    if (specs.size() != 1) {
      throw new UsageException(
          "--publish-results: a version is one of these amendments; name it by --amendment, or"
              + " compare with --base");
    }
  }

  private Options options() {
    Options plain = project.options(timeBudget, resume, null);
    if (noCache) {
      if (cache != null) {
        throw new UsageException("--cache and --no-cache contradict each other");
      }
      return plain;
    }
    return plain.caching(
        cache == null ? project.rootFolder().resolve(".codicil").resolve("cells") : cache);
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Progress progress = new Progress(err, Terminal.interactive());
    Verification judging = publish.on(project.verification(progress));
    Gate gate = gates.gate(judging); // refused before anything runs
    Verification verification = judging.gatedBy(gate);
    Options options = options();
    boolean colored = project.colored(); // refused before anything runs
    List<FormatChoice> choices =
        FormatChoice.of("--report", reports, ProjectCheck.of(project.rootFolder()));
    List<AmendmentSpec> specs = project.specs(verification);
    checkPublishing(specs);
    if (project.adHoc(verification)) {
      Optional<String> nothing = verification.nothingAmended(specs.get(0), options);
      if (nothing.isPresent()) {
        progress.done();
        out.println(nothing.get());
        verification.trust().notes().forEach(note -> out.println(Main.plain("note: " + note)));
        if (publishResults) {
          out.println("Broker: nothing was replayed, so nothing is published.");
        }
        return ExitCode.PASS;
      }
    }
    ReportFolder folder = ReportFolder.at(options.out(), "name another with --out");
    Map<Path, Reporter> more = more(choices, options.out());
    boolean causes = false;
    List<AmendmentVerdict> verdicts = new ArrayList<>();
    try {
      for (AmendmentSpec spec : specs) {
        try {
          verdicts.add(verification.verify(spec, options));
        } catch (RevertFailure stuck) {
          Path history = options.history(spec.name()).resolve(HistoryLog.FILE);
          if (Files.exists(history)) {
            verdicts.add(verification.judge(history));
            write(folder, more, VerdictReport.of(verdicts));
          }
          throw stuck;
        }
        causes = write(folder, more, VerdictReport.of(verdicts));
      }
    } finally {
      progress.done();
    }
    VerdictReport report = VerdictReport.of(verdicts, gate, project.allAmendments(verification));
    causes |= write(folder, more, report);
    out.print(ConsoleReport.render(report, colored, Terminal.width()));
    out.println(
        "Reports: " + shown(options.out().resolve("report.html")) + ", report.md, verdict.json");
    more.keySet().forEach(file -> out.println("Report: " + shown(file)));
    if (causes) {
      out.println(
          "Smallest causes, each as a profile and a test to keep: "
              + shown(options.out().resolve(CauseFiles.FOLDER)));
    }
    out.flush();
    boolean nothing = verdicts.stream().allMatch(VerifyCommand::nothingStarted);
    if (nothing) {
      err.println("codicil: nothing could be started; see the reasons above");
    }
    if (expect) {
      return nothing ? ExitCode.UNAVAILABLE : expected(specs, verdicts, out);
    }
    int exit = nothing ? ExitCode.UNAVAILABLE : ExitCode.of(report.verdict());
    if (publishResults) {
      exit = published(verification, verdicts.get(0), exit, out, err);
    }
    return gate.policy().advisory() ? advised(exit, out) : exit;
  }

  private int published(
      Verification verification,
      AmendmentVerdict verdict,
      int exit,
      PrintWriter out,
      PrintWriter err) {
    try {
      publish.publish(verification, project.outFolder(), verdict, out);
      return exit;
    } catch (InputException failed) {
      Main.tell(failed, err);
      return exit == ExitCode.PASS ? ExitCode.DATA : exit;
    }
  }

  /** A project that only begins is told what would have come of it. */
  private static int advised(int exit, PrintWriter out) {
    if (exit != ExitCode.PASS) {
      out.println(
          "Advisory: this would exit "
              + exit
              + ". Take 'advisory' out of the policy in codicil.yaml to turn the gate on.");
    }
    return ExitCode.PASS;
  }

  /** The reports that were asked for, by file; folders that cannot be written end it here. */
  private static Map<Path, Reporter> more(List<FormatChoice> choices, Path out) {
    Map<Path, Reporter> files = new LinkedHashMap<>();
    for (FormatChoice choice : choices) {
      Path file = choice.file();
      Path whole =
          file == null
              ? out.resolve(choice.reporter().fileName())
              : file.toAbsolutePath().normalize();
      Path parent = whole.getParent();
      if (parent != null) {
        ReportFolder.at(parent, ADVICE);
      }
      Reporter already = files.put(whole, choice.reporter());
      if (already != null && !already.id().equals(choice.reporter().id())) {
        throw new UsageException(
            "--report: " + already.id() + " and " + choice.reporter().id() + " name one file");
      }
    }
    return files;
  }

  private static boolean write(
      ReportFolder folder, Map<Path, Reporter> more, VerdictReport report) {
    more.forEach((file, reporter) -> ReportFolder.write(file, reporter.render(report), ADVICE));
    return folder.write(report);
  }

  /** No side came up; when only one did not, the verdict tells that. */
  private static boolean nothingStarted(AmendmentVerdict verdict) {
    long sides =
        verdict.findings().stream()
            .filter(finding -> finding.interaction().startsWith("start of "))
            .map(finding -> finding.id().substring(0, finding.id().indexOf(':')))
            .distinct()
            .count();
    return verdict.coverage().cellsRun() == 0 && sides > 1;
  }

  private static int expected(
      List<AmendmentSpec> specs, List<AmendmentVerdict> verdicts, PrintWriter out) {
    List<String> surprises = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      surprises.addAll(Expected.surprises(specs.get(i), verdicts.get(i)));
    }
    if (surprises.isEmpty()) {
      out.println("Expectations: all " + specs.size() + " amendments are as declared.");
      return ExitCode.PASS;
    }
    out.println("Expectations: not met.");
    surprises.forEach(surprise -> out.println("  " + surprise));
    return ExitCode.FAIL;
  }

  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
