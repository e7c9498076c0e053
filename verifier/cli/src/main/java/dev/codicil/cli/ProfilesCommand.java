package dev.codicil.cli;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.engine.Profiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the chaos profiles; reading them validates them. */
@Command(
    name = "profiles",
    mixinStandardHelpOptions = true,
    description = "Lists and validates the chaos profiles that can be chosen.")
final class ProfilesCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Option(names = "--project", paramLabel = "DIR", description = "Folder of codicil.yaml.")
  Path root = Path.of("");

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ProfilesCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Path folder = root.toAbsolutePath().normalize();
    for (String name : Profiles.names(folder)) {
      ChaosProfile profile = Profiles.read(folder, name);
      out.printf("%-14s %s%n", profile.name(), profile.title());
      for (ChaosProfile.Entry entry : profile.entries()) {
        out.printf(
            "    %-13s %-9s %s%n",
            entry.fault(),
            entry.edges().name().toLowerCase(java.util.Locale.ROOT),
            entry.parameters().values().isEmpty() ? "" : entry.parameters().values());
      }
    }
    out.flush();
    return ExitCode.PASS;
  }
}
