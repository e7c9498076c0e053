package dev.codicil.samples.authority.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Word that one node leaves for the others of where its embedded database is. */
final class SharedDatabase {

  private final Path file;

  private SharedDatabase(Path file) {
    this.file = file;
  }

  /** The word left in a directory about a database of this name. */
  static SharedDatabase in(Path directory, String name) {
    return new SharedDatabase(directory.resolve(name + ".jdbc"));
  }

  /** Tells where the database is, as long as the node that brought it lives. */
  Optional<String> url() {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 2) {
        throw new IllegalStateException("half of a word in " + file);
      }
      boolean alive =
          ProcessHandle.of(Long.parseLong(lines.get(0))).map(ProcessHandle::isAlive).orElse(false);
      return alive ? Optional.of(lines.get(1)) : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** Leaves word; whoever reads sees all of it or nothing. */
  void announce(String url) {
    try {
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.write(part, List.of(Long.toString(ProcessHandle.current().pid()), url));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
