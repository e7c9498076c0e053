package dev.codicil.engine.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** Content of what a subject is built from. */
public final class TreeStamp {
  private final TreeMap<String, Path> files = new TreeMap<>();

  private TreeStamp() {}

  /**
   * Looks at the sources of a subject in a tree.
   *
   * @param given root of the tree
   * @param sources relative files and folders; empty means all of it
   */
  public static TreeStamp of(Path given, List<String> sources) {
    Path root = given.toAbsolutePath().normalize();
    TreeStamp stamp = new TreeStamp();
    List<String> starts = sources.isEmpty() ? List.of("") : sources;
    try {
      for (String start : starts) {
        Path path = root.resolve(start).normalize();
        if (path.startsWith(root) && Files.exists(path)) {
          stamp.walk(root, path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stamp;
  }

  private void walk(Path root, Path start) throws IOException {
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean ignored =
                !folder.equals(root)
                    && FolderSource.IGNORED.contains(String.valueOf(folder.getFileName()));
            return ignored ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean link = file.endsWith(".git"); // a linked work tree's way to its repository
            if (attributes.isRegularFile() && !link) {
              files.put(root.relativize(file).toString().replace('\\', '/'), file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Whether there is nothing to look at, so that an equal hash says nothing. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** SHA-256 over names and contents, in hex. */
  public String hash() {
    try {
      Sum sum = new Sum();
      for (var entry : files.entrySet()) {
        sum.add(entry.getKey(), Files.readAllBytes(entry.getValue()));
      }
      return sum.hex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 over names and contents, each with its length before it. */
  static final class Sum {
    private final MessageDigest digest;

    Sum() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    void add(String file, byte[] content) {
      byte[] name = file.getBytes(StandardCharsets.UTF_8);
      digest.update((name.length + ":" + content.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(name);
      digest.update(content);
    }

    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
