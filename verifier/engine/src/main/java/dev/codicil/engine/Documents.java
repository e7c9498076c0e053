package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Amendments;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.FolderSource;
import dev.codicil.engine.source.GitRepository;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares documents alone: files, folders, or {@code REV:path}. */
public final class Documents {
  /** Witnesses of documents alone are the same each time. */
  private static final long WITNESS_SEED = 1;

  private Documents() {}

  /**
   * Compares two sets of contracts.
   *
   * @param here folder that relative paths and revisions refer to
   * @param base file, folder or {@code REV:path}
   * @param head likewise
   * @throws InputException when one that the user named cannot be read
   */
  public static Amendment compare(Path here, String base, String head) {
    ContractLoader loader = new ContractLoader(Formats.all());
    ContractLoader.Loaded before = load(loader, Column.BASE, here, base);
    ContractLoader.Loaded after = load(loader, Column.HEAD, here, head);
    List<Ledger.Entry> entries = new ArrayList<>(before.entries());
    entries.addAll(after.entries());
    return Amendments.of(
        "diff",
        before.contracts(),
        after.contracts(),
        new Ledger(entries),
        Rules.builtIn(),
        Witnesses.of(WITNESS_SEED));
  }

  static ContractLoader.Loaded load(ContractLoader loader, String side, Path here, String name) {
    Path path = here.resolve(name).normalize();
    if (Files.isDirectory(path)) {
      return loader.load(side, new FolderSource(path, name), "");
    }
    if (Files.isRegularFile(path)) {
      Path file = followed(path);
      Path parent = file.getParent();
      return loader.loadNamed(
          side,
          new FolderSource(parent == null ? here : parent, name),
          String.valueOf(file.getFileName()));
    }
    int colon = name.indexOf(':');
    if (colon > 0) {
      String revision = name.substring(0, colon);
      String inside = inside(name.substring(colon + 1));
      try (GitRepository repository =
          GitRepository.open(here)
              .orElseThrow(
                  () ->
                      new InputException(
                          Location.of(name),
                          "this is no git repository",
                          "name files or folders"))) {
        Source source = repository.source(repository.resolve(revision), revision);
        List<String> files = source.files();
        if (files.contains(inside)) {
          return loader.loadNamed(side, source, inside);
        }
        if (!inside.isEmpty() && files.stream().noneMatch(file -> file.startsWith(inside + "/"))) {
          throw new InputException(
              Location.of(name), "no such file or folder in " + revision, "check the path");
        }
        return loader.load(side, source, inside);
      }
    }
    throw new InputException(
        Location.of(name), "no such file, folder or REV:path", "check the name");
  }

  /** A link that the user names is meant; those found inside a folder are not followed. */
  private static Path followed(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static String inside(String typed) {
    return Path.of(typed).normalize().toString().replace('\\', '/');
  }
}
