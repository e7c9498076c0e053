package dev.codicil.maven;

import dev.codicil.amendment.Severity;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that compares documents and runs nothing. */
abstract class PaperMojo extends AbstractMojo {
  @Parameter(defaultValue = "${basedir}", readonly = true)
  private @Nullable File basedir;

  /** Does nothing. */
  @Parameter(property = "codicil.skip", defaultValue = "false")
  private boolean skip;

  /** From which severity on the build fails: {@code breaking}, {@code risky} or {@code none}. */
  @Parameter(property = "codicil.failOnSeverity", defaultValue = "breaking")
  private String failOnSeverity;

  @SuppressWarnings("NullAway.Init") // Maven fills in the fields
  PaperMojo() {}

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("codicil.skip is set: nothing is compared");
      return;
    }
    try {
      run();
    } catch (InputException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  /** Does what the goal is for. */
  abstract void run() throws MojoExecutionException, MojoFailureException;

  /** Where relative names start from. */
  final Path here() {
    File folder = basedir;
    return (folder == null ? Path.of("") : folder.toPath()).toAbsolutePath().normalize();
  }

  /** The severity from which the build fails; null for never. */
  final @Nullable Severity limit() {
    return switch (failOnSeverity) {
      case "breaking" -> Severity.BREAKING;
      case "risky" -> Severity.RISKY;
      case "none" -> null;
      default ->
          throw new InputException(
              Location.of("codicil.failOnSeverity"),
              "'" + failOnSeverity + "' is no severity",
              "severities are breaking, risky and none");
    };
  }

  /** A parameter that must be given. */
  static String given(@Nullable String value, String name, String example)
      throws MojoExecutionException {
    if (value == null || value.isBlank()) {
      throw new MojoExecutionException("say " + name + ", as in -D" + name + "=" + example);
    }
    return value;
  }
}
