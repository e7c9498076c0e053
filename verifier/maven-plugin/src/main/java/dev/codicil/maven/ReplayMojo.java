package dev.codicil.maven;

import dev.codicil.engine.Options;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.report.CellsText;
import dev.codicil.verdict.AmendmentVerdict;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Runs one experiment of an amendment again and shows request, reply, fault and mismatch of each of
 * its cells. It fails nothing: the check has said what the verdict is.
 */
@Mojo(name = "replay", threadSafe = true)
public final class ReplayMojo extends AmendmentMojo {
  /** Id of an experiment or stimulus; it stands beside every finding. */
  @Parameter(property = "codicil.experiment")
  private @Nullable String experiment;

  /** Made by Maven. */
  public ReplayMojo() {}

  @Override
  void run(Project declared) throws InterruptedException, MojoExecutionException {
    String id = experiment;
    if (id == null || id.isBlank()) {
      throw new MojoExecutionException(
          "say which experiment: -Dcodicil.experiment=ID; the id stands beside every finding");
    }
    Verification verification =
        new Verification(declared, System::getenv, new BuildLog(getLog()))
            .gatedBy(Gates.of(declared, buildRoot(), session.getStartTime()));
    Options options = options(out.toPath().resolve("replay"), id);
    List<AmendmentSpec> specs = specs(verification, options);
    if (specs.size() > 1) {
      throw new MojoExecutionException(
          "name the amendment: -Dcodicil.amendment=NAME, one of "
              + specs.stream().map(AmendmentSpec::name).toList());
    }
    if (specs.isEmpty()) {
      return;
    }
    AmendmentVerdict verdict = verification.verify(specs.get(0), options);
    List<CellRecord> cells =
        HistoryLog.read(options.history(verdict.name())).stream()
            .filter(Event.CellRun.class::isInstance)
            .map(event -> ((Event.CellRun) event).record())
            .toList();
    CellsText.render(verdict, cells, false).lines().forEach(getLog()::info);
  }
}
