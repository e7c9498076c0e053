package dev.codicil.maven;

import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Documents;
import dev.codicil.engine.ReportFolder;
import dev.codicil.report.DiffReporter;
import dev.codicil.report.DiffReporters;
import java.io.File;
import java.nio.file.Files;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Lists what changes between two sets of contracts and whom it hits. Runs nothing. */
@Mojo(name = "diff", threadSafe = true, requiresProject = false)
public final class DiffMojo extends PaperMojo {
  /**
   * What to compare with: a file, a folder, {@code REV:path}, or a git revision alone, of which the
   * path of {@code head} is taken.
   */
  @Parameter(property = "codicil.base")
  private @Nullable String base;

  /** File, folder or {@code REV:path}. */
  @Parameter(property = "codicil.head", defaultValue = "contracts")
  private String head;

  /** {@code backward}, {@code forward} or {@code full}. */
  @Parameter(property = "codicil.mode", defaultValue = "backward")
  private String mode;

  /**
   * {@code text}, {@code json}, {@code markdown}, {@code sarif}, {@code github} or {@code html}.
   */
  @Parameter(property = "codicil.format", defaultValue = "text")
  private String format;

  /** File that the comparison goes to, besides what the build's log tells. */
  @Parameter(property = "codicil.outputFile")
  private @Nullable File outputFile;

  /** Made by Maven. */
  @SuppressWarnings("NullAway.Init") // Maven fills in the fields
  public DiffMojo() {}

  @Override
  void run() throws MojoExecutionException, MojoFailureException {
    Severity limit = limit();
    Compatibility consumers =
        Compatibility.of(mode)
            .orElseThrow(
                () ->
                    new InputException(
                        Location.of("codicil.mode"),
                        "'" + mode + "' is no mode",
                        "modes are backward, forward and full"));
    DiffReporter reporter = reporter(format);
    Comparison comparison =
        new Documents(here()).compare(from(given(base, "codicil.base", "main")), head, consumers);
    if (outputFile != null) {
      ReportFolder.write(
          outputFile.toPath(), reporter.render(comparison), "set codicil.outputFile");
    }
    (outputFile == null ? reporter : reporter("text"))
        .render(comparison)
        .lines()
        .forEach(getLog()::info);
    if (!comparison.baseRead() || !comparison.headRead()) {
      getLog()
          .warn(
              "no contract in "
                  + (comparison.baseRead() ? head : base)
                  + ", so there is nothing to compare");
    }
    comparison
        .ledger()
        .unread()
        .forEach(entry -> getLog().warn("not read whole: " + entry.side() + " " + entry.file()));
    if (limit != null && comparison.reaches(limit)) {
      throw new MojoFailureException(
          "contracts change in a way that is "
              + limit.name().toLowerCase(Locale.ROOT)
              + (limit == Severity.BREAKING ? "" : " or worse")
              + " for those who rely on them");
    }
  }

  private String from(String named) {
    boolean file = Files.exists(here().resolve(named));
    return file || named.contains(":") || head.contains(":") ? named : named + ":" + head;
  }

  private static DiffReporter reporter(String format) {
    return DiffReporters.of(format)
        .orElseThrow(
            () ->
                new InputException(
                    Location.of("codicil.format"),
                    "'" + format + "' is no format",
                    "formats are "
                        + DiffReporters.builtIn().stream()
                            .map(DiffReporter::id)
                            .collect(Collectors.joining(", "))));
  }
}
