package dev.codicil.maven;

import dev.codicil.amendment.Severity;
import dev.codicil.engine.Conforming;
import dev.codicil.report.ConformText;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a provider's documents promise what its consumers' contracts rely on. Runs
 * nothing.
 */
@Mojo(name = "conform", threadSafe = true, requiresProject = false)
public final class ConformMojo extends PaperMojo {
  /** The consumers' contracts: file, folder or {@code REV:path}. */
  @Parameter(property = "codicil.consumer")
  private @Nullable String consumer;

  /** The provider's documents: file, folder or {@code REV:path}. */
  @Parameter(property = "codicil.provider")
  private @Nullable String provider;

  /** Made by Maven. */
  public ConformMojo() {}

  @Override
  void run() throws MojoExecutionException, MojoFailureException {
    Severity limit = limit();
    Conforming.Checked checked =
        Conforming.check(
            here(),
            given(consumer, "codicil.consumer", "target/pacts"),
            given(provider, "codicil.provider", "contracts/openapi"));
    ConformText.render(checked.gaps(), checked.interactions(), checked.ledger(), false)
        .lines()
        .forEach(getLog()::info);
    if (checked.interactions() == 0) {
      getLog().warn("no interaction was checked");
    }
    if (limit != null
        && checked.gaps().stream().anyMatch(gap -> gap.severity().compareTo(limit) >= 0)) {
      throw new MojoFailureException("the provider does not promise what its consumers rely on");
    }
  }
}
