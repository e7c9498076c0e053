package dev.codicil.maven;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.ProjectCheck;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.StoredVerdict;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.report.Check;
import dev.codicil.report.ConsoleReport;
import dev.codicil.report.Reporter;
import dev.codicil.report.Reporters;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells the verdict of the last check again, and writes it in other formats. Runs nothing, and
 * fails nothing.
 */
@Mojo(name = "report", threadSafe = true)
public final class ReportMojo extends AbstractMojo {
  @Parameter(defaultValue = "${basedir}", readonly = true, required = true)
  private File basedir;

  @Parameter(defaultValue = "${session.startTime}", readonly = true, required = true)
  private Date started;

  /** Where the check wrote to. */
  @Parameter(property = "codicil.out", defaultValue = "${project.build.directory}/codicil")
  private File out;

  /**
   * {@code FORMAT} or {@code FORMAT=FILE}: html, json, markdown, junit, sarif, gitlab, github,
   * github-comment or github-summary. A format that names no file goes into {@code out}.
   */
  @Parameter(property = "codicil.formats")
  private @Nullable List<String> formats;

  /** Does nothing. */
  @Parameter(property = "codicil.skip", defaultValue = "false")
  private boolean skip;

  /** Made by Maven. */
  @SuppressWarnings("NullAway.Init") // Maven fills in the fields
  public ReportMojo() {}

  @Override
  public void execute() throws MojoExecutionException {
    if (skip) {
      getLog().info("codicil.skip is set: nothing is told");
      return;
    }
    try {
      tell();
    } catch (InputException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  private void tell() {
    Path root = basedir.toPath().toAbsolutePath().normalize();
    Path folder = out.toPath();
    if (!Files.isDirectory(folder)) {
      getLog().info("no verdict in " + folder + ": nothing was checked here");
      return;
    }
    Check check = ProjectCheck.of(root);
    List<String> words = formats == null ? List.of() : formats;
    words.forEach(word -> reporter(word, check)); // refused before anything is written
    StoredVerdict stored =
        StoredVerdict.at(folder, () -> Gates.of(ProjectReader.read(root), root, started));
    if (!stored.told().isEmpty()) {
      getLog().warn(stored.told());
    }
    for (String word : words) {
      Reporter reporter = reporter(word, check);
      int equals = word.indexOf('=');
      Path file =
          equals < 0
              ? folder.resolve(reporter.fileName())
              : root.resolve(word.substring(equals + 1).strip());
      ReportFolder.write(file, reporter.render(stored.report()), "name another file");
      getLog().info("wrote " + file);
    }
    if (words.isEmpty()) {
      ConsoleReport.render(stored.report(), false, AmendmentMojo.WIDTH)
          .lines()
          .forEach(getLog()::info);
    }
  }

  private static Reporter reporter(String word, Check check) {
    int equals = word.indexOf('=');
    String id = (equals < 0 ? word : word.substring(0, equals)).strip();
    return Reporters.of(id, check)
        .orElseThrow(
            () ->
                new InputException(
                    Location.of("codicil.formats"),
                    "'" + id + "' is no format",
                    "formats are " + Reporters.ids()));
  }
}
