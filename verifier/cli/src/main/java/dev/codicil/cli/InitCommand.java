package dev.codicil.cli;

import dev.codicil.engine.init.FirstLook;
import dev.codicil.engine.init.Init;
import dev.codicil.engine.init.Proposal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The first five minutes. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Looks for contracts, services and whom they call, writes a commented codicil.yaml, and",
      "says what can be said of the documents already. Runs nothing of the repository."
    },
    footer = {
      "",
      "Examples:",
      "  codicil init",
      "  codicil init --print        what it would write",
      "  codicil init --project services/orders"
    })
final class InitCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Option(names = "--project", paramLabel = "DIR", description = "Folder; default: where you are.")
  Path folder = Path.of("");

  @Option(names = "--print", description = "Only print what would be written.")
  boolean print;

  @Option(names = "--force", description = "Replace a codicil.yaml that is there.")
  boolean force;

  @Option(
      names = "--no-workflow",
      description = "Write no .github/workflows/codicil.yml in a repository on GitHub.")
  boolean noWorkflow;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  InitCommand() {}

  @Override
  public Integer call() {
    Path root = ProjectOptions.existing(folder);
    PrintWriter out = command.commandLine().getOut();
    Proposal proposal = Init.propose(root);
    if (print) {
      out.print(proposal.yaml());
      out.flush();
      return ExitCode.PASS;
    }
    Init.write(root, proposal, force);
    out.println("Found");
    proposal.found().forEach(line -> out.println("  " + Main.plain(line)));
    out.println("Wrote codicil.yaml. It is advisory: verdicts are told and fail nothing; how to");
    out.println("turn the gate on stands at its end.");
    if (!noWorkflow) {
      Init.writeWorkflow(root)
          .ifPresent(
              file ->
                  out.println(
                      "Wrote "
                          + file
                          + ". Say in it where your copy of Codicil is: OWNER/codicil."));
    }
    FirstLook.at(root, proposal).forEach(line -> out.println(Main.plain(line)));
    if (!proposal.todo().isEmpty()) {
      out.println("To do");
      proposal.todo().forEach(line -> out.println("  - " + Main.plain(line)));
    }
    out.println("Next: change a contract or a service on a branch, and run: codicil verify");
    out.flush();
    return ExitCode.PASS;
  }
}
