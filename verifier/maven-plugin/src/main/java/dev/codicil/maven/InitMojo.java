package dev.codicil.maven;

import dev.codicil.contract.InputException;
import dev.codicil.engine.init.FirstLook;
import dev.codicil.engine.init.Init;
import dev.codicil.engine.init.Proposal;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Looks for contracts, services and whom they call, writes a commented codicil.yaml at the root of
 * the build, and says what can be said of the documents already. Runs nothing of the repository.
 */
@Mojo(name = "init", requiresProject = false, aggregator = true)
public final class InitMojo extends AbstractMojo {
  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  /** Only tells what it would write. */
  @Parameter(property = "codicil.print", defaultValue = "false")
  private boolean print;

  /** Replaces a codicil.yaml that is there. */
  @Parameter(property = "codicil.force", defaultValue = "false")
  private boolean force;

  /** Whether to write .github/workflows/codicil.yml in a repository on GitHub. */
  @Parameter(property = "codicil.workflow", defaultValue = "true")
  private boolean workflow;

  /** Made by Maven. */
  @SuppressWarnings("NullAway.Init") // Maven fills in the fields
  public InitMojo() {}

  @Override
  public void execute() throws MojoExecutionException {
    Path root = Path.of(session.getExecutionRootDirectory()).toAbsolutePath().normalize();
    try {
      init(root);
    } catch (InputException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  private void init(Path root) {
    Log log = getLog();
    Proposal proposal = Init.propose(root);
    if (print) {
      proposal.yaml().lines().forEach(log::info);
      return;
    }
    Init.write(root, proposal, force);
    proposal.found().forEach(line -> log.info("found " + line));
    log.info("wrote codicil.yaml; it is advisory, and says at its end how to turn the gate on");
    if (workflow) {
      Init.writeWorkflow(root)
          .ifPresent(file -> log.info("wrote " + file + "; say in it where your Codicil is"));
    }
    FirstLook.at(root, proposal).forEach(log::info);
    proposal.todo().forEach(line -> log.warn("to do: " + line));
  }
}
