package dev.codicil.cli;

import dev.codicil.engine.Expected;
import dev.codicil.engine.Options;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.history.HistoryLog;
import dev.codicil.report.CauseFiles;
import dev.codicil.report.ConsoleReport;
import dev.codicil.storm.run.RevertFailure;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.VerdictReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  @Spec CommandSpec command;
  @Mixin ProjectOptions project;

  @Option(
      names = "--expect",
      description = {
        "Exit 0 exactly when every amendment gets the verdict and findings that its",
        "amendment.yaml declares, and nothing else gates or is inconclusive."
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

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  VerifyCommand() {}

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
    Verification verification = project.verification(progress);
    Options options = options();
    boolean colored = project.colored(); // refused before anything runs
    List<AmendmentSpec> specs = project.specs(verification);
    if (project.adHoc(verification)) {
      Optional<String> nothing = verification.nothingAmended(specs.get(0), options);
      if (nothing.isPresent()) {
        progress.done();
        out.println(nothing.get());
        verification.trust().notes().forEach(note -> out.println(Main.plain("note: " + note)));
        return ExitCode.PASS;
      }
    }
    ReportFolder folder = ReportFolder.at(options.out(), "name another with --out");
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
            folder.write(VerdictReport.of(verdicts));
          }
          throw stuck;
        }
        causes = folder.write(VerdictReport.of(verdicts));
      }
    } finally {
      progress.done();
    }
    VerdictReport report = VerdictReport.of(verdicts);
    out.print(ConsoleReport.render(report, colored, Terminal.width()));
    out.println(
        "Reports: " + shown(options.out().resolve("report.html")) + ", report.md, verdict.json");
    if (causes) {
      out.println(
          "Smallest causes, each as a profile and a test to keep: "
              + shown(options.out().resolve(CauseFiles.FOLDER)));
    }
    out.flush();
    if (verdicts.stream().allMatch(VerifyCommand::nothingStarted)) {
      err.println("codicil: nothing could be started; see the reasons above");
      return ExitCode.UNAVAILABLE;
    }
    return expect ? expected(specs, verdicts, out) : ExitCode.of(report.verdict());
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
