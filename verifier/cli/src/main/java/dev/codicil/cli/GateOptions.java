package dev.codicil.cli;

import dev.codicil.contract.Nearest;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.WaiverReader;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.Policy;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that judges: in which environment, and on which day. */
final class GateOptions {
  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "One of policy.environments in codicil.yaml; default: none.")
  @Nullable String environment;

  @Option(
      names = "--today",
      paramLabel = "DATE",
      description = "Day by which waivers expire, YYYY-MM-DD; default: today in UTC.")
  @Nullable String today;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  GateOptions() {}

  /** The policy and the waivers of a project. */
  Gate gate(Project project) {
    return gate(project, project.root());
  }

  /** The policy and the waivers that a verification goes by: those of whom it trusts. */
  Gate gate(Verification verification) {
    return gate(verification.project(), verification.trust().declared());
  }

  private Gate gate(Project project, Path declared) {
    LocalDate day = day();
    return new Gate(
        policy(project.policy()), WaiverReader.read(declared, day), day, project.impact());
  }

  private Policy policy(Policy declared) {
    if (environment == null) {
      return declared;
    }
    Set<String> known = new TreeSet<>(declared.environments().keySet());
    if (!known.contains(environment)) {
      throw new UsageException(
          "--environment: codicil.yaml declares no '"
              + environment
              + "' under policy.environments"
              + Nearest.to(environment, known)
                  .map(near -> "; did you mean '" + near + "'?")
                  .orElse(known.isEmpty() ? "" : "; declared are " + known));
    }
    return declared.in(environment);
  }

  /** The only clock of this command line: a door says which day it is, and nobody else asks. */
  LocalDate day() {
    if (today == null) {
      return LocalDate.now(ZoneOffset.UTC);
    }
    try {
      return LocalDate.parse(today);
    } catch (DateTimeException noDate) {
      throw new UsageException("--today: a day as YYYY-MM-DD, not '" + today + "'");
    }
  }
}
