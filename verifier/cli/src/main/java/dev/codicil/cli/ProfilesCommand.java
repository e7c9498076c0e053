package dev.codicil.cli;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Profiles;
import dev.codicil.report.ProfilesText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Lists, explains and validates chaos profiles. */
@Command(
    name = "profiles",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "Lists, explains and validates chaos profiles.",
      "They are the project's own, in chaos-profiles/, and the built-in ones."
    },
    footer = {
      "",
      "Examples:",
      "  codicil profiles",
      "  codicil profiles explain slow-partner",
      "  codicil profiles validate chaos-profiles"
    })
final class ProfilesCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Folder of codicil.yaml.")
  Path root = Path.of("");

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ProfilesCommand() {}

  private Path folder() {
    return root.toAbsolutePath().normalize();
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the profiles with their titles and faults.",
      footer = {"", "Example:", "  codicil profiles list --project shop"})
  int list() {
    List<ProfilesText.Listed> listed = new ArrayList<>();
    int exit = ExitCode.PASS;
    for (String name : Profiles.names(folder())) {
      try {
        listed.add(
            new ProfilesText.Listed(
                Profiles.read(folder(), name), Profiles.origin(folder(), name)));
      } catch (InputException unusable) {
        // One bad file must not hide the others.
        Main.tell(unusable, err());
        exit = ExitCode.DATA;
      }
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(ProfilesText.list(listed, Terminal.colored()));
    out.flush();
    return exit;
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = {
        "Says what each fault of a profile does.",
        "Also where it strikes, and what a good service does."
      },
      footer = {"", "Example:", "  codicil profiles explain slow-partner"})
  int explain(
      @Parameters(index = "0", paramLabel = "NAME", description = "Name of a profile.")
          String name) {
    ChaosProfile profile = Profiles.read(folder(), name);
    PrintWriter out = command.commandLine().getOut();
    out.print(
        ProfilesText.explain(
            profile,
            Profiles.origin(folder(), name),
            fault -> Profiles.card(fault),
            Terminal.colored()));
    out.flush();
    return ExitCode.PASS;
  }

  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = {
        "Reads profiles as verify would.",
        "Says of each that cannot be used what is wrong first; exits with 0 when all can be",
        "used, else with 65."
      },
      footer = {
        "",
        "Examples:",
        "  codicil profiles validate chaos-profiles/rush-hour.yaml",
        "  codicil profiles validate chaos-profiles       all *.yaml in the folder"
      })
  int validate(
      @Parameters(
              arity = "1..*",
              paramLabel = "FILE",
              description = "Profile files, or folders of them.")
          List<Path> files) {
    int exit = ExitCode.PASS;
    PrintWriter out = command.commandLine().getOut();
    for (Path named : files) {
      try {
        for (Path file : profilesIn(named)) {
          exit = Math.max(exit, validate(file, out));
        }
      } catch (InputException unusable) {
        Main.tell(unusable, err());
        exit = ExitCode.DATA;
      }
    }
    out.flush();
    return exit;
  }

  private int validate(Path file, PrintWriter out) {
    try {
      ChaosProfile profile = Profiles.readFile(file, file.toString());
      int faults = profile.all().size();
      out.println(
          Main.plain(
              file + ": " + profile.name() + ", " + faults + (faults == 1 ? " fault" : " faults")));
      return ExitCode.PASS;
    } catch (InputException unusable) {
      Main.tell(unusable, err());
      return ExitCode.DATA;
    }
  }

  private static List<Path> profilesIn(Path named) {
    if (!Files.isDirectory(named)) {
      return List.of(named);
    }
    try (Stream<Path> files = Files.list(named)) {
      List<Path> profiles =
          files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      if (profiles.isEmpty()) {
        throw new InputException(
            Location.of(named.toString()),
            "there is no profile in this folder",
            "name a YAML file");
      }
      return profiles;
    } catch (IOException e) {
      throw new InputException(
          Location.of(named.toString()),
          "cannot be listed: " + e.getMessage(),
          "check its permissions");
    }
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }
}
