package dev.codicil.engine.source;

import dev.codicil.experiment.Fingerprints;
import dev.codicil.experiment.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Builds subjects in the tree of their side. Trees of revisions are exported once by commit and
 * kept; a build is skipped when its artifact is newer than everything it is made from.
 */
public final class Builds {
  /** Folder, below the project, that holds exported trees and build logs. */
  public static final String CACHE = ".codicil";

  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Path root;
  private final Consumer<String> progress;
  private final @Nullable Map<String, String> environment;

  /**
   * @param root of the project
   * @param progress told in one line when something takes long
   */
  public Builds(Path root, Consumer<String> progress) {
    this(root, progress, null);
  }

  /**
   * @param environment the variables that builds see; null for all of Codicil's own
   */
  public Builds(Path root, Consumer<String> progress, @Nullable Map<String, String> environment) {
    this.root = root;
    this.progress = progress;
    this.environment = environment == null ? null : Map.copyOf(environment);
  }

  /**
   * What became of a build.
   *
   * @param ok whether the artifact can be started
   * @param message why not, with the end of the build's output; empty when it can
   */
  public record Built(boolean ok, String message) {}

  /** The exported tree of a commit; exported when it is not there yet. */
  public Path tree(GitRepository repository, ObjectId commit, String name) {
    Path tree = cache().resolve("trees").resolve(commit.name());
    Path done = tree.resolveSibling(commit.name() + ".done");
    if (!Files.exists(done)) {
      progress.accept("exporting " + name);
      deleteTree(tree);
      repository.export(commit, tree);
      write(done, name + "\n");
    }
    return tree;
  }

  /**
   * Builds a subject in a tree when its artifact is missing, or its sources have changed since.
   *
   * @param tree the tree of the side
   * @param subject what to build
   * @param sources what it is built from, relative to the tree; empty means all of it
   */
  public Built build(Path tree, Subject subject, List<String> sources) {
    String command = subject.build();
    if (command == null) {
      return present(tree, subject);
    }
    if (isCurrent(tree, subject, sources)) {
      return new Built(true, "");
    }
    progress.accept("building " + subject.name() + ": " + command);
    Path log = cache().resolve("builds").resolve(subject.name() + ".log");
    try {
      Files.createDirectories(log.getParent());
      ProcessBuilder builder =
          new ProcessBuilder(shell(command))
              .directory(tree.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .redirectOutput(log.toFile());
      if (environment != null) {
        builder.environment().clear();
        builder.environment().putAll(environment);
      }
      Process process = builder.start();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Built(false, "the build took longer than " + LIMIT.toMinutes() + " minutes");
      }
      if (process.exitValue() != 0) {
        return new Built(
            false, "the build failed with exit code " + process.exitValue() + ": " + tail(log));
      }
      Built built = present(tree, subject);
      if (built.ok()) {
        write(stampFile(tree, subject), stamp(tree, subject, sources));
      }
      return built;
    } catch (IOException e) {
      return new Built(false, "the build could not be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Built(false, "interrupted while building");
    }
  }

  private static Built present(Path tree, Subject subject) {
    String artifact = subject.artifact();
    if (artifact != null && !Files.exists(tree.resolve(artifact))) {
      return new Built(
          false,
          "there is no "
              + artifact
              + (subject.build() == null ? " and no build is declared" : " after the build"));
    }
    return new Built(true, "");
  }

  /** What was built from what and how: hashes of the sources and the command, and the artifact. */
  private static String stamp(Path tree, Subject subject, List<String> sources) {
    String artifact = subject.artifact();
    Path file = artifact == null ? null : tree.resolve(artifact);
    if (file == null || !Files.isRegularFile(file)) {
      return "";
    }
    try {
      TreeStamp made = TreeStamp.of(tree, sources);
      if (made.isEmpty()) {
        return ""; // sources that are not there never change, so nothing could be told from them
      }
      return made.hash()
          + " "
          + Fingerprints.of(String.valueOf(subject.build()))
          + " "
          + Files.size(file)
          + " "
          + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return "";
    }
  }

  private boolean isCurrent(Path tree, Subject subject, List<String> sources) {
    String now = stamp(tree, subject, sources);
    try {
      Path file = stampFile(tree, subject);
      return !now.isEmpty() && Files.exists(file) && Files.readString(file).equals(now);
    } catch (IOException e) {
      return false;
    }
  }

  private Path stampFile(Path tree, Subject subject) {
    String place = Fingerprints.of(tree.toAbsolutePath().normalize().toString());
    return cache().resolve("builds").resolve(subject.name() + "-" + place + ".stamp");
  }

  private Path cache() {
    Path cache = root.resolve(CACHE);
    Path ignore = cache.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      write(ignore, "*\n");
    }
    return cache;
  }

  private static List<String> shell(String command) {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
  }

  private static java.io.File nothing() {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return new java.io.File(windows ? "NUL" : "/dev/null");
  }

  private static String tail(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteTree(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (var paths = Files.walk(tree)) {
      List<Path> all = new ArrayList<>(paths.toList());
      java.util.Collections.reverse(all);
      for (Path path : all) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
