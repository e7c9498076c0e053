package dev.codicil.maven;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Expected;
import dev.codicil.engine.Options;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.report.ConsoleReport;
import dev.codicil.storm.run.RevertFailure;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.Policy;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the amendments of this module: those its amendments folder declares, else the work tree
 * against its base. Without declared services both sides are played from their documents; then only
 * a break that can be shown fails the build, and the rest is told.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends AbstractMojo {
  private static final int WIDTH = 100;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Component private RepositorySystem repositories;

  /** Does nothing. */
  @Parameter(property = "codicil.skip", defaultValue = "false")
  private boolean skip;

  /**
   * What to compare with: a git revision, a folder, or Maven coordinates of a jar of contracts
   * ({@code groupId:artifactId:version[:classifier]}). Without it the amendments folder, else
   * {@code base} in codicil.yaml, else the merge base with the default branch.
   */
  @Parameter(property = "codicil.base")
  private @Nullable String base;

  /** One amendment of the amendments folder. */
  @Parameter(property = "codicil.amendment")
  private @Nullable String amendment;

  /** Kinds of findings that fail the build, in place of those of codicil.yaml. */
  @Parameter(property = "codicil.failOn")
  private @Nullable List<String> failOn;

  /** One of {@code policy.environments} in codicil.yaml. */
  @Parameter(property = "codicil.environment")
  private @Nullable String environment;

  /** Whether an inconclusive verdict fails the build. Off when only documents were compared. */
  @Parameter(property = "codicil.failOnInconclusive", defaultValue = "true")
  private boolean failOnInconclusive;

  /** Passes exactly when every amendment gets the verdict that its amendment.yaml declares. */
  @Parameter(property = "codicil.expect", defaultValue = "false")
  private boolean expect;

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
  private File out;

  /** Made by Maven. */
  @SuppressWarnings("NullAway.Init") // Maven fills in the fields
  public CheckMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
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
      check(here.get());
    } catch (InputException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    } catch (RevertFailure e) {
      throw new MojoExecutionException(
          "what a hook injected could not be undone: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted", e);
    }
  }

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
    return Optional.of(
        new Project(
            read.root(),
            contracts,
            read.base(),
            read.subjects(),
            read.sources(),
            read.git(),
            read.profiles(),
            read.rollout(),
            read.concurrency(),
            policy(read.policy()),
            read.brokers(),
            read.checks()));
  }

  private Policy policy(Policy all) {
    Policy declared = Gates.in(all, environment);
    if (failOn == null || failOn.isEmpty()) {
      return declared;
    }
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    for (String word : failOn) {
      String name = word.strip().toUpperCase(Locale.ROOT).replace('-', '_');
      kinds.add(
          Stream.of(FindingKind.values())
              .filter(kind -> kind.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new InputException(
                          Location.of("codicil.failOn"),
                          "'" + word + "' is no kind of finding",
                          "kinds are broken, resilience-lost, inconclusive and fragile")));
    }
    return declared.failingOn(kinds, Location.of("codicil.failOn"));
  }

  private void check(Project declared)
      throws InterruptedException, MojoFailureException, MojoExecutionException {
    Gate gate = Gates.of(declared, buildRoot(), session.getStartTime());
    Verification verification =
        new Verification(declared, System::getenv, new BuildLog(getLog())).gatedBy(gate);
    Options options =
        new Options(
            profiles == null || profiles.isEmpty() ? null : profiles,
            seed,
            budget < 1 ? Integer.MAX_VALUE : budget,
            null,
            0,
            out.toPath(),
            false,
            null);
    List<AmendmentSpec> specs = specs(verification, options);
    if (specs.isEmpty()) {
      return;
    }
    ReportFolder folder = ReportFolder.at(out.toPath(), "set codicil.out");
    List<AmendmentVerdict> verdicts = new ArrayList<>();
    for (AmendmentSpec spec : specs) {
      verdicts.add(verification.verify(spec, options));
      folder.write(VerdictReport.of(verdicts));
    }
    VerdictReport report = VerdictReport.of(verdicts, gate, whole(verification));
    folder.write(report);
    ConsoleReport.render(report, false, WIDTH).lines().forEach(getLog()::info);
    if (expect) {
      expected(specs, verdicts);
    } else {
      decide(report, declared.subjects().isEmpty(), gate);
    }
  }

  private void expected(List<AmendmentSpec> specs, List<AmendmentVerdict> verdicts)
      throws MojoFailureException {
    List<String> surprises = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      surprises.addAll(Expected.surprises(specs.get(i), verdicts.get(i)));
    }
    if (!surprises.isEmpty()) {
      throw new MojoFailureException(
          "amendments are not as declared:\n  " + String.join("\n  ", surprises));
    }
  }

  /** Whether these are all amendments of the module. */
  private boolean whole(Verification verification) {
    return amendment == null && (base == null || verification.amendments(null).isEmpty());
  }

  /** Folder that the build was started for, where one file of waivers may serve all modules. */
  private Path buildRoot() {
    File root = session.getRequest().getMultiModuleProjectDirectory();
    return root == null ? project.getBasedir().toPath() : root.toPath();
  }

  private void decide(VerdictReport report, boolean documentsOnly, Gate gate)
      throws MojoFailureException {
    String where = out.toPath().resolve("report.html").toString();
    if (report.verdict() == Verdict.FAIL) {
      throw new MojoFailureException(FailureText.of(report, gate.today(), where));
    }
    if (report.verdict() == Verdict.INCONCLUSIVE) {
      if (documentsOnly) {
        getLog()
            .warn(
                "compatible on paper: no service is declared in "
                    + Project.FILE
                    + ", so both sides were played from their documents and nothing was run");
      } else if (failOnInconclusive) {
        throw new MojoFailureException(
            "contract amendment is inconclusive"
                + FailureText.reasons(report)
                + "\n  "
                + where
                + "\n  -Dcodicil.failOnInconclusive=false lets it pass");
      } else {
        getLog().warn("contract amendment is inconclusive" + FailureText.reasons(report));
      }
    }
  }

  /** What to verify; nothing when there is no base yet, or nothing is amended, which is told. */
  private List<AmendmentSpec> specs(Verification verification, Options options)
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
