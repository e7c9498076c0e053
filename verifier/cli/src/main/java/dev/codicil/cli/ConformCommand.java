package dev.codicil.cli;

import dev.codicil.amendment.Severity;
import dev.codicil.engine.Conforming;
import dev.codicil.report.ConformJson;
import dev.codicil.report.ConformText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds consumers' contracts to providers' documents. */
@Command(
    name = "conform",
    mixinStandardHelpOptions = true,
    description = {
      "Checks whether a provider's documents promise what its consumers' contracts rely on: every",
      "request must be allowed, every expected part of a reply promised. Runs nothing. Breaking is",
      "what no reply of the document can satisfy, risky what only some of them do."
    },
    footer = {
      "",
      "Examples:",
      "  codicil conform pacts/shop.json authority.yaml",
      "  codicil conform contracts/pact main:contracts/openapi --fail-on risky",
      "",
      "Exit codes: 0 nothing reaches --fail-on, 1 something does, 2 something was not read or could",
      "not be decided, 65 unreadable input."
    })
final class ConformCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(index = "0", paramLabel = "CONSUMER", description = "File, folder or REV:path.")
  String consumer;

  @Parameters(index = "1", paramLabel = "PROVIDER", description = "File, folder or REV:path.")
  String provider;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default text.")
  String format = "text";

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "breaking, risky or none; default breaking.")
  String failOn = "breaking";

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never.")
  String color = "auto";

  @Mixin ContractCode code;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ConformCommand() {}

  @Override
  public Integer call() {
    Severity limit = FailOn.limit(failOn);
    if (!format.equals("text") && !format.equals("json")) {
      throw new UsageException("--format: text or json, not '" + format + "'");
    }
    Conforming.Checked checked =
        Conforming.check(Path.of("").toAbsolutePath(), consumer, provider, code.programs());
    PrintWriter out = command.commandLine().getOut();
    out.print(
        format.equals("json")
            ? ConformJson.render(checked.gaps(), checked.interactions(), checked.ledger())
            : ConformText.render(
                checked.gaps(),
                checked.interactions(),
                checked.ledger(),
                color.equals("always") || color.equals("auto") && Terminal.colored()));
    out.flush();
    boolean fails =
        limit != null
            && checked.gaps().stream().anyMatch(gap -> gap.severity().compareTo(limit) >= 0);
    if (fails) {
      return ExitCode.FAIL;
    }
    return checked.ledger().unread().isEmpty() && checked.interactions() > 0
        ? ExitCode.PASS
        : ExitCode.INCONCLUSIVE;
  }
}
