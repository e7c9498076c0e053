package dev.codicil.maven;

import dev.codicil.contract.InputException;
import dev.codicil.engine.Options;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.storm.run.ContainerFailure;
import dev.codicil.storm.run.RevertFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * A goal that runs amendments of the module: those its amendments folder declares, else its own.
 */
abstract class AmendmentMojo extends AbstractMojo {
  /** Columns of a line in the log of a build. */
  static final int WIDTH = 100;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  MavenSession session;

  @Component RepositorySystem repositories;

  /** Does nothing. */
  @Parameter(property = "codicil.skip", defaultValue = "false")
  private boolean skip;

  /**
   * What to compare with: a git revision, a folder, or Maven coordinates of a jar of contracts
   * ({@code groupId:artifactId:version[:classifier]}). Without it the amendments folder, else
   * {@code base} in codicil.yaml, else the merge base with the default branch.
   */
  @Parameter(property = "codicil.base")
  @Nullable String base;

  /** One amendment of the amendments folder. */
  @Parameter(property = "codicil.amendment")
  @Nullable String amendment;

  /** Chaos profiles in place of the declared ones. */
  @Parameter(property = "codicil.profiles")
  private @Nullable List<String> profiles;

  /** Seed of all draws. */
  @Parameter(property = "codicil.seed", defaultValue = "1")
  private long seed;

  /** Most cells to plan; 0 for no limit. What it cuts is told. */
  @Parameter(property = "codicil.budget", defaultValue = "0")
  private int budget;

  /** Where reports and histories go. */
  @Parameter(property = "codicil.out", defaultValue = "${project.build.directory}/codicil")
  File out;

  @SuppressWarnings("NullAway.Init") // Maven fills in the fields
  AmendmentMojo() {}

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("codicil.skip is set: nothing is verified");
      return;
    }
    try {
      Optional<Project> here = declared();
      if (here.isEmpty()) {
        getLog().info("no codicil.yaml, no contracts and no pacts here: nothing to verify");
        return;
      }
      run(here.get());
    } catch (InputException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    } catch (ContainerFailure e) {
      throw new MojoExecutionException(e.text() + "; to do: " + e.remedy(), e);
    } catch (RevertFailure e) {
      throw new MojoExecutionException(
          "what a hook injected could not be undone: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted", e);
    }
  }

  /** Does what the goal is for. */
  abstract void run(Project declared)
      throws InterruptedException, MojoFailureException, MojoExecutionException;

  /** The project as it lies here; without a codicil.yaml, contracts or else pacts of the tests. */
  private Optional<Project> declared() {
    Path root = project.getBasedir().toPath();
    Project read = ProjectReader.read(root);
    String contracts = read.contracts();
    if (!Files.isRegularFile(root.resolve(Project.FILE))
        && !Files.isDirectory(root.resolve(contracts))) {
      contracts = "target/pacts";
      if (!Files.isDirectory(root.resolve(contracts))) {
        return Optional.empty();
      }
    }
    return Optional.of(read.with(contracts, read.policy()));
  }

  /**
   * What the parameters say of a run.
   *
   * @param experiment the only one to run; null for all
   */
  Options options(Path folder, @Nullable String experiment) {
    return new Options(
        profiles == null || profiles.isEmpty() ? null : profiles,
        seed,
        budget < 1 ? Integer.MAX_VALUE : budget,
        null,
        experiment == null ? 0 : 1,
        folder,
        false,
        experiment);
  }

  /** Folder that the build was started for, where one file of waivers may serve all modules. */
  Path buildRoot() {
    File root = session.getRequest().getMultiModuleProjectDirectory();
    return root == null ? project.getBasedir().toPath() : root.toPath();
  }

  /** What to verify; nothing when there is no base yet, or nothing is amended, which is told. */
  List<AmendmentSpec> specs(Verification verification, Options options)
      throws MojoExecutionException {
    List<AmendmentSpec> declared = base == null ? verification.amendments(null) : List.of();
    if (amendment != null) {
      try {
        return Verification.named(declared, List.of(amendment));
      } catch (NoSuchElementException unknown) {
        throw new MojoExecutionException(String.valueOf(unknown.getMessage()));
      }
    }
    if (!declared.isEmpty()) {
      return declared;
    }
    Optional<String> from = from(verification);
    if (from.isEmpty()) {
      getLog().warn("there is nothing to compare with yet: no base, no default branch");
      return List.of();
    }
    AmendmentSpec spec = verification.adHoc(from.get().isEmpty() ? null : from.get(), null);
    if (!verification.hasContracts(spec)) {
      getLog().warn("the base has no contracts yet: a first release has nobody to break");
      return List.of();
    }
    Optional<String> nothing = verification.nothingAmended(spec, options);
    nothing.ifPresent(getLog()::info);
    return nothing.isPresent() ? List.of() : List.of(spec);
  }

  /**
   * The base as a revision or folder, empty text for the default one; nothing when there is none.
   */
  private Optional<String> from(Verification verification) throws MojoExecutionException {
    String named = base;
    if (named == null || named.isEmpty()) {
      return verification.hasDefaultBase() ? Optional.of("") : Optional.empty();
    }
    if (BaseFolders.isCoordinates(named)
        && !Files.isDirectory(project.getBasedir().toPath().resolve(named))) {
      return new BaseArtifact(repositories, session, project)
          .folder(named, out.toPath())
          .map(Path::toString);
    }
    return Optional.of(named);
  }
}
