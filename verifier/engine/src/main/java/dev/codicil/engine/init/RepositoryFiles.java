package dev.codicil.engine.init;

import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import dev.codicil.engine.source.FolderSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The files of a repository, as far as they say what is in it. */
final class RepositoryFiles implements Source {
  /** Larger files are no sources that somebody wrote. */
  private static final int MOST_BYTES = 512 << 10;

  /** Files below a service that are read for addresses and paths; the rest is not looked at. */
  private static final int MOST_READ = 2_000;

  private final FolderSource source;
  private final List<String> files;

  RepositoryFiles(Path root) {
    this.source = new FolderSource(root, "the repository");
    this.files = source.files();
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public byte[] read(String file) {
    return source.read(file);
  }

  /** Files of a folder and below it; the root is the empty name. */
  List<String> below(String folder, Predicate<String> wanted) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return files.stream()
        .filter(file -> file.startsWith(prefix))
        .filter(wanted)
        .limit(MOST_READ)
        .toList();
  }

  boolean has(String file) {
    return files.contains(file);
  }

  /** Text of a file; empty for what is too large or cannot be read. */
  Optional<String> text(String file) {
    return text(file, MOST_BYTES);
  }

  /** Text of what may be a contract. */
  Optional<String> document(String file) {
    return text(file, DocumentReader.MAX_BYTES);
  }

  private Optional<String> text(String file, int most) {
    try {
      byte[] bytes = source.read(file);
      return bytes.length > most
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (InputException unreadable) {
      return Optional.empty();
    }
  }

  /** The folder of a file; empty for the root. */
  static String folder(String file) {
    int slash = file.lastIndexOf('/');
    return slash < 0 ? "" : file.substring(0, slash);
  }

  /** The last part of a path. */
  static String last(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** A file of a folder; the root is the empty name. */
  static String in(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
