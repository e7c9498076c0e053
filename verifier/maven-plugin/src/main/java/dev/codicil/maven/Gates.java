package dev.codicil.maven;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.WaiverReader;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What decides whether a build fails: policy, waivers, and the day of the build. */
final class Gates {
  private Gates() {}

  /**
   * The policy in an environment.
   *
   * @param environment null for none
   * @throws InputException when the policy declares none of this name
   */
  static Policy in(Policy declared, @Nullable String environment) {
    if (environment == null || environment.isEmpty()) {
      return declared;
    }
    if (!declared.environments().containsKey(environment)) {
      throw new InputException(
          Location.of("codicil.environment"),
          Project.FILE + " declares no '" + environment + "' under policy.environments",
          "declared are " + new TreeSet<>(declared.environments().keySet()));
    }
    return declared.in(environment);
  }

  /**
   * The gate of a module: waivers are its own, or else those beside the root of the build. A file
   * that serves many modules is of use to some of them only, so there unused waivers are told.
   *
   * @param module as it is declared
   * @param root folder of the whole build
   * @param started when the build began; its day in UTC is the day by which waivers expire
   */
  static Gate of(Project module, Path root, Date started) {
    LocalDate today = LocalDate.ofInstant(started.toInstant(), ZoneOffset.UTC);
    boolean own = Files.exists(module.root().resolve(WaiverReader.FILE));
    Policy policy = module.policy();
    if (own
        || root.toAbsolutePath().normalize().equals(module.root().toAbsolutePath().normalize())) {
      return new Gate(policy, WaiverReader.read(module.root(), today), today, module.impact());
    }
    return new Gate(policy.tellingUnused(), WaiverReader.read(root, today), today, module.impact());
  }
}
