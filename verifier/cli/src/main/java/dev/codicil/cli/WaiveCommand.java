package dev.codicil.cli;

import dev.codicil.engine.Waivers;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.engine.config.WaiverFile;
import dev.codicil.engine.config.WaiverReader;
import dev.codicil.engine.config.WaiverText;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.Waiver;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a waiver. */
@Command(
    name = "waive",
    mixinStandardHelpOptions = true,
    description = {
      "Writes waivers for findings of the last run into codicil-waivers.yaml, at its end; what",
      "stands there stays as it is. A waiver names the amendment and the consumers that are hit, and",
      "opens again when another consumer is."
    },
    footer = {
      "",
      "Examples:",
      "  codicil waive 3f2a91 --reason 'the portal is retired in March' --owner ada --expires 30d",
      "  codicil waive 3f2a91 77c0de --reason ... --owner shop-team --expires 2027-03-31"
    })
final class WaiveCommand implements Callable<Integer> {
  private static final Pattern DAYS = Pattern.compile("([0-9]{1,4})d");
  private static final int MOST_CANDIDATES = 8;

  @Spec CommandSpec command;
  @Mixin GateOptions gates;

  @Parameters(
      arity = "1..*",
      paramLabel = "FINDING",
      description = "Id or fingerprint of a finding, or the beginning of one.")
  List<String> names;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why it need not gate.")
  String reason;

  @Option(
      names = "--owner",
      required = true,
      paramLabel = "NAME",
      description = "Who answers for that.")
  String owner;

  @Option(
      names = "--expires",
      required = true,
      paramLabel = "DATE|DAYS",
      description = "The last day on which it holds: 2027-03-31, or 30d from today.")
  String expires;

  @Option(names = "--project", paramLabel = "DIR", description = "Folder of codicil.yaml.")
  Path root = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the reports of the last run are; default target/codicil.")
  @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  WaiveCommand() {}

  @Override
  public Integer call() {
    PrintWriter printer = command.commandLine().getOut();
    if (reason.isBlank() || owner.isBlank()) {
      throw new UsageException("--reason and --owner: say why, and who answers for it");
    }
    Project project = ProjectReader.read(root.toAbsolutePath().normalize());
    Gate gate = gates.gate(project);
    LocalDate day = expires(gate.today());
    Path place = out == null ? project.root().resolve("target").resolve("codicil") : out;
    List<AmendmentVerdict> verdicts = LastRun.judge(place, gate);
    List<WaiverText> entries = new ArrayList<>();
    for (String name : names) {
      Found found = find(verdicts, name);
      entries.add(Waivers.entry(found.amendment(), found.finding(), reason, owner, day));
    }
    for (WaiverText entry : entries) {
      Waiver written = WaiverFile.append(project.root(), entry, gate.today());
      printer.println(written.location() + ": added");
      entry.lines().forEach(line -> printer.println("  " + line));
    }
    printer.flush();
    return ExitCode.PASS;
  }

  private LocalDate expires(LocalDate today) {
    Matcher days = DAYS.matcher(expires);
    LocalDate day;
    try {
      day =
          days.matches()
              ? today.plusDays(Integer.parseInt(days.group(1)))
              : LocalDate.parse(expires);
    } catch (DateTimeException noDate) {
      throw new UsageException(
          "--expires: a day as YYYY-MM-DD, or a number of days such as 30d, not '" + expires + "'");
    }
    if (day.isBefore(today)) {
      throw new UsageException("--expires: " + day + " is over already");
    }
    if (day.isAfter(today.plusDays(WaiverReader.MOST_DAYS))) {
      throw new UsageException(
          "--expires: " + day + " is more than " + WaiverReader.MOST_DAYS + " days from now");
    }
    return day;
  }

  /**
   * @param amendment in which it was found
   */
  private record Found(String amendment, Finding finding) {
    String label() {
      Gating gating = finding.gating();
      return finding.id()
          + " (fingerprint "
          + (gating == null ? "" : gating.fingerprint())
          + ", "
          + amendment
          + "): "
          + Waivers.label(finding);
    }
  }

  /** The one finding that is meant; several of one fingerprint are one. */
  private static Found find(List<AmendmentVerdict> verdicts, String name) {
    Map<String, Found> whole = new LinkedHashMap<>();
    Map<String, Found> begun = new LinkedHashMap<>();
    for (AmendmentVerdict verdict : verdicts) {
      for (Finding finding : verdict.findings()) {
        Gating gating = finding.gating();
        if (gating != null && FindingNames.is(finding, name)) {
          String key = verdict.name() + "\u0000" + gating.fingerprint();
          Found found = new Found(verdict.name(), finding);
          begun.putIfAbsent(key, found);
          if (FindingNames.isWhole(finding, name)) {
            whole.putIfAbsent(key, found);
          }
        }
      }
    }
    List<Found> meant = List.copyOf((whole.isEmpty() ? begun : whole).values());
    if (meant.isEmpty()) {
      throw new UsageException(
          "no finding '" + name + "' in the last run; `codicil policy explain` lists them");
    }
    if (meant.size() > 1) {
      throw new UsageException(
          "'"
              + name
              + "' is one of "
              + meant.size()
              + " findings; name a fingerprint: "
              + String.join("; ", meant.stream().limit(MOST_CANDIDATES).map(Found::label).toList())
              + (meant.size() > MOST_CANDIDATES ? "; ..." : ""));
    }
    Gating gating = meant.get(0).finding().gating();
    if (gating != null && gating.action() == GateAction.TELL) {
      throw new UsageException(
          "'" + name + "' gates nothing, so there is nothing to waive: " + meant.get(0).label());
    }
    return meant.get(0);
  }
}
