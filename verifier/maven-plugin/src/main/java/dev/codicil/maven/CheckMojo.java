package dev.codicil.maven;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Expected;
import dev.codicil.engine.Options;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.report.ConsoleReport;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.Policy;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the amendments of this module: those its amendments folder declares, else the work tree
 * against its base. Without declared services both sides are played from their documents; then only
 * a break that can be shown fails the build, and the rest is told.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends AmendmentMojo {
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

  /** Made by Maven. */
  @SuppressWarnings("NullAway.Init") // Maven fills in the fields
  public CheckMojo() {}

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

  @Override
  void run(Project read) throws InterruptedException, MojoFailureException, MojoExecutionException {
    Project declared = read.with(read.contracts(), policy(read.policy()));
    Gate gate = Gates.of(declared, buildRoot(), session.getStartTime());
    Verification verification =
        new Verification(declared, System::getenv, new BuildLog(getLog())).gatedBy(gate);
    Options options = options(out.toPath(), null);
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

  private void decide(VerdictReport report, boolean documentsOnly, Gate gate)
      throws MojoFailureException {
    String where = out.toPath().resolve("report.html").toString();
    if (gate.policy().advisory() && report.verdict() != Verdict.PASS) {
      getLog()
          .warn(
              "advisory: the verdict is "
                  + report.verdict().id()
                  + " and fails nothing; take 'advisory' out of the policy in "
                  + Project.FILE
                  + " to turn the gate on; "
                  + where);
      return;
    }
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
}
