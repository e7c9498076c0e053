package dev.codicil.engine;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.profile.BuiltInProfiles;
import dev.codicil.chaos.profile.ProfileReader;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chaos profiles by name: the project's own first, then the built-in ones. */
public final class Profiles {
  /** Folder of a project's own profiles. */
  public static final String FOLDER = "chaos-profiles";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private Profiles() {}

  /**
   * Reads a profile.
   *
   * @throws InputException when there is none of that name, or it cannot be used
   */
  public static ChaosProfile read(Path root, String name) {
    if (!NAME.matcher(name).matches()) {
      throw unknown(root, name);
    }
    String file = FOLDER + "/" + name + ".yaml";
    Path own = root.resolve(file);
    if (Files.isRegularFile(own)) {
      return readFile(own, file);
    }
    if (BuiltInProfiles.names().contains(name)) {
      return BuiltInProfiles.read(name);
    }
    throw unknown(root, name);
  }

  /**
   * Reads a profile from a file.
   *
   * @param shown what the file is called in errors
   * @throws InputException when it cannot be used
   */
  public static ChaosProfile readFile(Path file, String shown) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          Location.of(shown),
          Files.exists(file) ? "is no regular file; expected a profile" : "there is no such file",
          "name a YAML file");
    }
    try {
      return ProfileReader.read(DocumentReader.read(shown, Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new InputException(
          Location.of(shown), "cannot be read: " + e.getMessage(), "check its permissions");
    }
  }

  /**
   * The card of a fault that a profile names.
   *
   * @throws IllegalArgumentException when there is no such fault, which reading a profile rules out
   */
  public static FaultCard card(String fault) {
    return Preparation.fault(fault).card();
  }

  /** Where a profile of that name comes from, in a few words. */
  public static String origin(Path root, String name) {
    boolean own = Files.isRegularFile(root.resolve(FOLDER + "/" + name + ".yaml"));
    boolean builtIn = BuiltInProfiles.names().contains(name);
    return !own
        ? "built-in"
        : builtIn ? "the project's, in place of the built-in one" : "the project's";
  }

  /** Names of all profiles that can be chosen, sorted. */
  public static List<String> names(Path root) {
    TreeSet<String> names = new TreeSet<>(BuiltInProfiles.names());
    Path folder = root.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> String.valueOf(file.getFileName()))
            .filter(file -> file.endsWith(".yaml"))
            .map(file -> file.substring(0, file.length() - 5))
            .filter(name -> NAME.matcher(name).matches())
            .forEach(names::add);
      } catch (IOException e) {
        throw new InputException(
            Location.of(FOLDER), "cannot be listed: " + e.getMessage(), "check its permissions");
      }
    }
    return List.copyOf(names);
  }

  private static InputException unknown(Path root, String name) {
    return new InputException(
        Location.of(FOLDER + "/" + name + ".yaml"),
        "there is no chaos profile '" + name + "'",
        Nearest.to(name, names(root)).map(near -> "did you mean '" + near + "'? ").orElse("")
            + "profiles are "
            + names(root));
  }
}
