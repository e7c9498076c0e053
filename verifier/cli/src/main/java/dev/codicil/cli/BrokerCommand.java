package dev.codicil.cli;

import dev.codicil.engine.StoredVerdict;
import dev.codicil.engine.Verification;
import dev.codicil.engine.pacts.PactFiles;
import dev.codicil.verdict.AmendmentVerdict;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is done at a Pact Broker. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Reads of a Pact Broker, and publishes to it what a verdict says.",
    footer = {
      "",
      "Examples:",
      "  codicil broker pacts --branch main",
      "  codicil broker publish-verification --provider-version $GIT_COMMIT --branch main"
    },
    subcommands = {BrokerCommand.Pacts.class, BrokerCommand.PublishVerification.class})
final class BrokerCommand implements Runnable {
  @Spec CommandSpec command;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  BrokerCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(), "name what to do: pacts or publish-verification");
  }

  private static Verification verification(Path root, CommandSpec command) {
    return Verification.of(
        ProjectOptions.existing(root), new Progress(command.commandLine().getErr(), false));
  }

  /** Tells which pacts a verification would read. */
  @Command(
      name = "pacts",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the pacts that the declared selectors select, with what the broker says of each.",
        "Runs nothing. Exits 2 when there is none."
      })
  static final class Pacts implements Callable<Integer> {
    @Spec CommandSpec command;

    @Option(
        names = "--project",
        paramLabel = "DIR",
        description = "Folder of codicil.yaml; default: where you are.")
    Path root = Path.of("");

    @Option(
        names = {"--branch", "--provider-branch", "--provider-version-branch"},
        paramLabel = "BRANCH",
        description = "Branch of the provider, by which the broker tells what is pending.")
    @Nullable String branch;

    @SuppressWarnings("NullAway.Init") // picocli fills in the fields
    Pacts() {}

    @Override
    public Integer call() {
      Verification verification = verification(root, command);
      PactFiles pacts =
          (branch == null ? verification : verification.onBranch(branch)).broker().declaredPacts();
      PrintWriter out = command.commandLine().getOut();
      pacts.files().forEach(file -> out.println(Main.plain(file.note())));
      pacts.lacking().forEach((path, why) -> out.println(Main.plain(path + ": " + why)));
      out.flush();
      return pacts.files().isEmpty() ? ExitCode.INCONCLUSIVE : ExitCode.PASS;
    }
  }

  /** Publishes what a verdict says. */
  @Command(
      name = "publish-verification",
      mixinStandardHelpOptions = true,
      description = {
        "Publishes what the verdict of the last run, or of another one, says about the pacts of the",
        "broker. Runs nothing. A success is published where every interaction was replayed and",
        "honored in calm, a failure where one was not; what is inconclusive is not published."
      })
  static final class PublishVerification implements Callable<Integer> {
    @Spec CommandSpec command;

    @Parameters(
        arity = "0..1",
        paramLabel = "RUN",
        description = {
          "Folder of a run, or its verdict.json; default: the last run, in target/codicil of the",
          "project."
        })
    @Nullable Path run;

    @Option(
        names = "--project",
        paramLabel = "DIR",
        description = "Folder of codicil.yaml; default: where you are.")
    Path root = Path.of("");

    @Option(
        names = "--amendment",
        paramLabel = "NAME",
        description = "Which one, when the run was of several.")
    @Nullable String amendment;

    @Mixin PublishOptions publish;

    @SuppressWarnings("NullAway.Init") // picocli fills in the fields
    PublishVerification() {}

    @Override
    public Integer call() {
      publish.version(); // refused before anything is read
      Verification verification = verification(root, command);
      Path place =
          run == null ? ProjectOptions.existing(root).resolve("target").resolve("codicil") : run;
      Path file = Files.isDirectory(place) ? place.resolve(StoredVerdict.FILE) : place;
      List<AmendmentVerdict> verdicts =
          StoredVerdict.at(file, verification.project()::gate).report().amendments();
      Path out = file.toAbsolutePath().normalize().getParent();
      publish.publish(
          verification,
          out == null ? Path.of("") : out,
          chosen(verdicts),
          command.commandLine().getOut());
      return ExitCode.PASS;
    }

    private AmendmentVerdict chosen(List<AmendmentVerdict> verdicts) {
      List<AmendmentVerdict> fitting =
          verdicts.stream()
              .filter(verdict -> amendment == null || verdict.name().equals(amendment))
              .toList();
      if (fitting.size() != 1) {
        throw new UsageException(
            "--amendment: the run is of "
                + verdicts.stream().map(AmendmentVerdict::name).toList()
                + "; name the one that this version is");
      }
      return fitting.get(0);
    }
  }
}
