package dev.codicil.cli;

import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.report.PlanText;
import dev.codicil.storm.run.RunListener;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what would be run. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Shows what verify would run, and what it would not and why.")
final class PlanCommand implements Callable<Integer> {
  @Spec CommandSpec command;
  @Mixin ProjectOptions project;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  PlanCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Verification verification = project.verification(RunListener.SILENT);
    for (AmendmentSpec spec : project.specs(verification)) {
      out.println(spec.name() + ": " + spec.title());
      out.print(
          PlanText.render(
              verification.plan(spec, project.options(null, false, null)), project.colored()));
    }
    out.flush();
    return ExitCode.PASS;
  }
}
