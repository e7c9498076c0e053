package dev.codicil.cli;

import dev.codicil.contract.InputException;
import dev.codicil.storm.run.RevertFailure;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry point of the command line. */
@Command(
    name = "codicil",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Verifies amended service contracts before they are merged: every interaction is replayed",
      "before and after, in calm and in storm."
    },
    footer = {
      "",
      "Examples:",
      "  codicil init                         a first codicil.yaml, from what is there",
      "  codicil verify                       all amendments, or merge base against work tree",
      "  codicil verify --amendment NAME      one of them",
      "  codicil diff main:contracts contracts",
      "  codicil explain field-removed",
      "  codicil judge target/codicil/history/NAME",
      "  codicil report --format github-comment",
      "",
      "Exit codes: 0 pass, 1 fail, 2 inconclusive, 64 usage, 65 unreadable input,",
      "69 nothing could be started, 70 a bug of Codicil."
    },
    subcommands = {
      VerifyCommand.class,
      DiffCommand.class,
      ConformCommand.class,
      ExplainCommand.class,
      PlanCommand.class,
      JudgeCommand.class,
      ReportCommand.class,
      ReplayCommand.class,
      BrokerCommand.class,
      PolicyCommand.class,
      WaiveCommand.class,
      ProfilesCommand.class,
      InitCommand.class,
      GenerateCompletion.class
    })
public final class Main {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  @Option(names = "--warm-up", hidden = true, description = "Loads what short commands need.")
  boolean warmUp;

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args, writer(System.out), writer(System.err)));
  }

  /** Where the locale knows ASCII only, as in a bare container, UTF-8 does less harm than '?'. */
  private static PrintWriter writer(PrintStream stream) {
    return Charset.defaultCharset().equals(StandardCharsets.US_ASCII)
        ? new PrintWriter(stream, true, StandardCharsets.UTF_8)
        : new PrintWriter(stream, true);
  }

  /** Runs a command; nothing is printed but through {@code out} and {@code err}. */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    // Pact JVM would report usage to an outside host.
    System.setProperty("pact_do_not_track", "true");
    if (Arrays.asList(args).contains("--warm-up")) {
      return WarmUp.run();
    }
    CommandLine line =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setUsageHelpWidth(Terminal.width())
            .setUsageHelpAutoWidth(true)
            .setExecutionExceptionHandler((e, command, parsed) -> report(e, command))
            .setParameterExceptionHandler(
                (e, unused) -> {
                  e.getCommandLine()
                      .getErr()
                      .println("codicil: " + plain(String.valueOf(e.getMessage())));
                  CommandLine.UnmatchedArgumentException.printSuggestions(
                      e, e.getCommandLine().getErr());
                  e.getCommandLine()
                      .getErr()
                      .println(
                          "Try '"
                              + e.getCommandLine().getCommandSpec().qualifiedName()
                              + " --help'.");
                  return ExitCode.USAGE;
                });
    if (args.length == 0) {
      line.usage(out);
      return ExitCode.USAGE;
    }
    try {
      return line.execute(args);
    } catch (StackOverflowError | OutOfMemoryError exhausted) {
      // left alone it would end the process with 1, which means a failed verification
      err.println("codicil: a bug of ours: " + exhausted);
      return ExitCode.SOFTWARE;
    }
  }

  /** Text that may come from outside on one line, without control characters for the terminal. */
  static String plain(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  /** What is wrong with an input, where, and what to do about it. */
  static void tell(InputException input, PrintWriter err) {
    err.println("codicil: " + plain(input.location() + ": " + input.what()));
    if (!input.remedy().isEmpty()) {
      err.println("  to do: " + plain(input.remedy()));
    }
  }

  private static int report(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (e instanceof InputException input) {
      tell(input, err);
      return ExitCode.DATA;
    }
    if (e instanceof UsageException usage) {
      err.println("codicil: " + plain(String.valueOf(usage.getMessage())));
      return ExitCode.USAGE;
    }
    if (e instanceof RevertFailure stuck) {
      err.println("codicil: " + plain(String.valueOf(stuck.getMessage())));
      err.println("  to do: " + plain(stuck.remedy()));
      return ExitCode.UNAVAILABLE;
    }
    err.println("codicil: a bug of ours: " + e);
    for (StackTraceElement frame : Arrays.stream(e.getStackTrace()).limit(5).toList()) {
      err.println("  at " + frame);
    }
    err.println("  Please report it with the command you typed.");
    return ExitCode.SOFTWARE;
  }

  /** Version from the jar's manifest. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(from classes)" : version;
  }

  /** The same for picocli. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"codicil " + version()};
    }
  }
}
