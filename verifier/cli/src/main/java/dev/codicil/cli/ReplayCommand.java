package dev.codicil.cli;

import dev.codicil.engine.Options;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.report.CellsText;
import dev.codicil.verdict.AmendmentVerdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one experiment again and shows each of its cells. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one experiment (or one stimulus in calm) again, and shows request, reply, fault and",
      "mismatch of each cell. The id stands beside every finding."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec command;
  @Mixin ProjectOptions project;

  @Parameters(paramLabel = "EXPERIMENT", description = "Id of an experiment or stimulus.")
  String id;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ReplayCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    Progress progress = new Progress(command.commandLine().getErr(), Terminal.interactive());
    Verification verification = project.verification(progress);
    List<AmendmentSpec> specs = project.specs(verification);
    if (specs.size() != 1) {
      throw new UsageException(
          "name the amendment: --amendment NAME, one of "
              + specs.stream().map(AmendmentSpec::name).toList());
    }
    boolean colored = project.colored(); // refused before anything runs
    Options all = project.options(null, false, id);
    Options options =
        new Options(
            all.profiles(),
            all.seed(),
            all.budget(),
            null,
            1,
            all.out().resolve("replay"),
            false,
            id);
    AmendmentVerdict verdict = verification.verify(specs.get(0), options);
    progress.done();
    List<CellRecord> cells =
        HistoryLog.read(options.history(verdict.name())).stream()
            .filter(Event.CellRun.class::isInstance)
            .map(event -> ((Event.CellRun) event).record())
            .toList();
    out.print(CellsText.render(verdict, cells, colored));
    out.flush();
    return ExitCode.of(verdict.verdict());
  }
}
