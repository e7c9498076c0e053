package dev.codicil.cli;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Json;
import dev.codicil.engine.Documents;
import dev.codicil.report.ChangesText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares documents alone. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what changes between two sets of contracts, how much it endangers consumers, and",
      "which known interactions it touches. Runs nothing."
    },
    footer = {
      "",
      "Examples:",
      "  codicil diff old.yaml new.yaml",
      "  codicil diff main:contracts contracts --fail-on risky"
    })
final class DiffCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(index = "0", paramLabel = "BASE", description = "File, folder or REV:path.")
  String base;

  @Parameters(index = "1", paramLabel = "HEAD", description = "File, folder or REV:path.")
  String head;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default text.")
  String format = "text";

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "breaking, risky or none; default breaking.")
  String failOn = "breaking";

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never.")
  String color = "auto";

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  DiffCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Severity limit =
        switch (failOn) {
          case "breaking" -> Severity.BREAKING;
          case "risky" -> Severity.RISKY;
          case "none" -> null;
          default ->
              throw new UsageException("--fail-on: breaking, risky or none, not '" + failOn + "'");
        };
    Amendment amendment = Documents.compare(Path.of("").toAbsolutePath(), base, head);
    switch (format) {
      case "text" ->
          out.print(
              ChangesText.render(
                  amendment.changes(),
                  amendment.ledger(),
                  color.equals("always") || color.equals("auto") && Terminal.colored()));
      case "json" -> out.println(json(amendment));
      default -> throw new UsageException("--format: text or json, not '" + format + "'");
    }
    out.flush();
    if (amendment.before().isEmpty() && amendment.after().isEmpty()) {
      command.commandLine().getErr().println("codicil: no contract on either side");
      return ExitCode.INCONCLUSIVE;
    }
    if (!amendment.ledger().unread().isEmpty()) {
      return limit != null && reaches(amendment, limit) ? ExitCode.FAIL : ExitCode.INCONCLUSIVE;
    }
    return limit != null && reaches(amendment, limit) ? ExitCode.FAIL : ExitCode.PASS;
  }

  private static boolean reaches(Amendment amendment, Severity limit) {
    return amendment.changes().stream().anyMatch(change -> change.severity().compareTo(limit) >= 0);
  }

  private static String json(Amendment amendment) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("changes", amendment.changes());
    document.put("ledger", amendment.ledger());
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
