package dev.codicil.engine.source;

import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of a folder tree. Links that lead out of it are not followed; build output is left out.
 */
public final class FolderSource implements Source {
  /** Folders that hold no sources. */
  public static final Set<String> IGNORED =
      Set.of(".git", ".codicil", "target", "node_modules", "build", ".gradle", ".idea", ".mvn");

  private final Path root;
  private final String name;

  /**
   * @param root the folder
   * @param name what the user calls it
   */
  public FolderSource(Path root, String name) {
    this.root = root.toAbsolutePath().normalize();
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> files() {
    List<String> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean ignored =
                  !folder.equals(root) && IGNORED.contains(String.valueOf(folder.getFileName()));
              return ignored ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              boolean link = file.endsWith(".git"); // a linked work tree's way to its repository
              if (attributes.isRegularFile() && !link) {
                files.add(root.relativize(file).toString().replace('\\', '/'));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              files.add(root.relativize(file).toString().replace('\\', '/'));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(String::compareTo);
    return files;
  }

  @Override
  public byte[] read(String path) {
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw missing(path);
    }
    try {
      if (!file.toRealPath().startsWith(root.toRealPath())) { // by way of a linked folder
        throw missing(path);
      }
      if (Files.size(file) > DocumentReader.MAX_BYTES) {
        throw new InputException(
            Location.of(path),
            "the file is larger than " + DocumentReader.MAX_BYTES + " bytes",
            "split it");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(
          Location.of(path), "cannot be read: " + e.getMessage(), "check its permissions");
    }
  }

  private InputException missing(String path) {
    return new InputException(Location.of(path), "no such file in " + name, "check the path");
  }
}
