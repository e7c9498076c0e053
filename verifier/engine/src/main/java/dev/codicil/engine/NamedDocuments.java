package dev.codicil.engine;

import dev.codicil.contract.Contract;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.FolderSource;
import dev.codicil.engine.source.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contracts of a file, folder or {@code REV:path} that the user named.
 *
 * @param name as it was typed
 * @param prefix from where the user is to where its files are; empty when that is another place
 * @param loaded what was read, with locations relative to its own root
 */
record NamedDocuments(String name, String prefix, ContractLoader.Loaded loaded) {

  /**
   * Reads what a name stands for.
   *
   * @param side what the ledger calls it
   * @param here folder that relative paths and revisions refer to
   * @throws InputException when it cannot be read
   */
  static NamedDocuments load(ContractLoader loader, String side, Path here, String name) {
    Path path = path(here, name);
    if (path != null && Files.isDirectory(path)) {
      return new NamedDocuments(
          name, prefix(here, path), loader.load(side, new FolderSource(path, name), ""));
    }
    if (path != null && Files.isRegularFile(path)) {
      Path file = followed(path);
      Path parent = file.getParent() == null ? here : file.getParent();
      return new NamedDocuments(
          name,
          prefix(here, path.getParent() == null ? here : path.getParent()),
          loader.loadNamed(
              side, new FolderSource(parent, name), String.valueOf(file.getFileName())));
    }
    int colon = name.indexOf(':');
    if (colon > 0) {
      return revision(
          loader, side, here, name, name.substring(0, colon), inside(name.substring(colon + 1)));
    }
    throw new InputException(
        Location.of(name), "no such file, folder or REV:path", "check the name");
  }

  private static NamedDocuments revision(
      ContractLoader loader, String side, Path here, String name, String revision, String inside) {
    try (GitRepository repository = repository(here, name)) {
      Source source = repository.source(repository.resolve(revision), revision);
      List<String> files = source.files();
      if (files.contains(inside)) {
        return new NamedDocuments(name, "", loader.loadNamed(side, source, inside));
      }
      if (!holds(files, inside)) {
        throw new InputException(
            Location.of(name), "no such file or folder in " + revision, "check the path");
      }
      return new NamedDocuments(name, "", loader.load(side, source, inside));
    }
  }

  /** Whether a revision has a file or folder. */
  static boolean exists(GitRepository repository, String revision, String inside) {
    List<String> files = repository.source(repository.resolve(revision), revision).files();
    return files.contains(inside) || holds(files, inside);
  }

  private static boolean holds(List<String> files, String inside) {
    return inside.isEmpty() || files.stream().anyMatch(file -> file.startsWith(inside + "/"));
  }

  /**
   * The repository around a folder.
   *
   * @throws InputException when there is none
   */
  static GitRepository repository(Path here, String name) {
    return GitRepository.open(here)
        .orElseThrow(
            () ->
                new InputException(
                    Location.of(name), "this is no git repository", "name files or folders"));
  }

  /** A path inside a revision, as git names it. */
  static String inside(String typed) {
    try {
      String plain = Path.of(typed).normalize().toString().replace('\\', '/');
      return plain.equals(".") ? "" : plain;
    } catch (InvalidPathException e) {
      throw new InputException(Location.of(typed), "this is no path", "check the name");
    }
  }

  /** The path a name may stand for; null when it cannot be one. */
  static @Nullable Path path(Path here, String name) {
    try {
      return here.resolve(name).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** The contracts, with locations relative to their own root, as rules and joins need them. */
  List<Contract> contracts() {
    return loaded.contracts();
  }

  /** The ledger's entries, with files as the user finds them. */
  List<Ledger.Entry> entries() {
    return loaded.entries().stream()
        .map(
            entry ->
                new Ledger.Entry(
                    entry.side(),
                    prefix + entry.file(),
                    entry.fate(),
                    entry.format(),
                    entry.interactions(),
                    entry.problems()))
        .toList();
  }

  /** A location as the user finds it. */
  Location shown(Location location) {
    return new Location(
        prefix + location.file(), location.line(), location.column(), location.pointer());
  }

  private static String prefix(Path here, Path folder) {
    Path root = here.toAbsolutePath().normalize();
    Path absolute = folder.toAbsolutePath().normalize();
    if (!absolute.startsWith(root) || absolute.equals(root)) {
      return "";
    }
    return root.relativize(absolute).toString().replace('\\', '/') + "/";
  }

  /** A link that the user names is meant; those found inside a folder are not followed. */
  private static Path followed(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
