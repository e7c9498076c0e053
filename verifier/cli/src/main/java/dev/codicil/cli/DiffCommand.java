package dev.codicil.cli;

import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.Severity;
import dev.codicil.engine.Documents;
import dev.codicil.report.DiffReporter;
import dev.codicil.report.DiffReporters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares documents alone. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "codicil diff [OPTIONS] BASE HEAD",
      "       codicil diff [OPTIONS] --against BASE [--against BASE]... HEAD",
      "       codicil diff [OPTIONS] --batch LIST"
    },
    description = {
      "Lists what changes between two sets of contracts, how much it endangers consumers, and",
      "which known interactions it touches. Runs nothing."
    },
    footer = {
      "",
      "Examples:",
      "  codicil diff old.yaml new.yaml",
      "  codicil diff main:contracts contracts --fail-on risky",
      "  codicil diff --mode full --format markdown main:contracts contracts",
      "  codicil diff --against 'tags:v*' contracts",
      "  codicil diff --against 'releases/*/contracts' contracts",
      "",
      "Exit codes: 0 nothing reaches --fail-on, 1 something does, 2 a file inside a folder could",
      "not be read and nothing reaches --fail-on, 64 usage, 65 BASE, HEAD or a pair is unreadable."
    })
final class DiffCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      arity = "0..2",
      paramLabel = "BASE HEAD",
      hideParamSyntax = true,
      description = "File, folder or REV:path; with --against only HEAD.")
  List<String> sides = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json, markdown, sarif, github or html; default text.")
  String format = "text";

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "breaking, risky or none; default breaking.")
  String failOn = "breaking";

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = {
        "backward: existing consumers against the new provider (default);",
        "forward: new consumers against the old provider; full: both."
      })
  String mode = "backward";

  @Option(
      names = "--against",
      paramLabel = "BASE",
      description = {
        "A base besides others: file, folder, REV:path, a pattern of folders (releases/*),",
        "or tags: tags:v* with the path of HEAD, tags:v*:path with another."
      })
  @Nullable List<String> against;

  @Option(
      names = "--batch",
      paramLabel = "LIST",
      description = {
        "Compares each line NAME<TAB>BASE<TAB>HEAD of a file, or of standard input for -,",
        "and prints a JSON object a line."
      })
  @Nullable String batch;

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never.")
  String color = "auto";

  @Mixin ContractCode code;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  DiffCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Severity limit = FailOn.limit(failOn);
    Compatibility consumers =
        Compatibility.of(mode)
            .orElseThrow(
                () -> new UsageException("--mode: backward, forward or full, not '" + mode + "'"));
    DiffReporter reporter = reporter();
    Documents documents = new Documents(Path.of(""), code.programs());
    if (batch != null) {
      if (!sides.isEmpty() || against != null) {
        throw new UsageException("--batch names its pairs in the list; leave out BASE and HEAD");
      }
      if (!format.equals("text") && !format.equals("json")) {
        throw new UsageException("--batch prints JSON; leave out --format");
      }
      return new DiffBatch(documents, consumers, limit, out).run(batch);
    }
    Comparison comparison = compare(documents, consumers);
    out.print(reporter.render(comparison));
    out.flush();
    String missing = missing(comparison);
    if (missing != null) {
      command.commandLine().getErr().println("codicil: " + missing);
    }
    if (limit != null && comparison.reaches(limit)) {
      return ExitCode.FAIL;
    }
    return missing == null && comparison.ledger().unread().isEmpty()
        ? ExitCode.PASS
        : ExitCode.INCONCLUSIVE;
  }

  /** Which side has no contract: a name that was mistyped must not look like one that passes. */
  private static @Nullable String missing(Comparison comparison) {
    if (comparison.baseRead()) {
      return comparison.headRead() ? null : "no contract in HEAD";
    }
    return comparison.headRead()
        ? "no contract in BASE, so there is nothing to compare with"
        : "no contract on either side";
  }

  private Comparison compare(Documents documents, Compatibility consumers) {
    if (against != null) {
      if (sides.size() != 1) {
        throw new UsageException(
            "with --against name HEAD alone, not " + sides.size() + " files or folders");
      }
      return documents.against(against, sides.get(0), consumers);
    }
    if (sides.size() != 2) {
      throw new UsageException(
          "name BASE and HEAD" + (sides.isEmpty() ? "" : "; only '" + sides.get(0) + "' is there"));
    }
    return documents.compare(sides.get(0), sides.get(1), consumers);
  }

  private DiffReporter reporter() {
    boolean colored =
        switch (color) {
          case "always" -> true;
          case "never" -> false;
          case "auto" -> Terminal.colored();
          default ->
              throw new UsageException("--color: auto, always or never, not '" + color + "'");
        };
    DiffReporter reporter =
        DiffReporters.of(format)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--format: "
                            + DiffReporters.builtIn().stream()
                                .map(DiffReporter::id)
                                .collect(Collectors.joining(", "))
                            + ", not '"
                            + format
                            + "'"));
    return colored && format.equals("text") ? DiffReporters.colored() : reporter;
  }
}
