package dev.codicil.storm.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for all nodes of all subjects of one column of one group. */
record SharedFolder(Path path) {
  /**
   * Environment variable that names it to every subject. A process that has left the tree of the
   * subject that started it, as databases do, is still known by it.
   */
  static final String MARK = "CODICIL_SHARED";

  static SharedFolder of(RunRequest request, String column, int group) {
    return new SharedFolder(
        request
            .logDir()
            .resolveSibling("shared")
            .resolve(SubjectProcess.fileName(column) + "-" + (group + 1)));
  }

  /** Makes it, or takes out what an earlier run has left. */
  void empty() throws IOException {
    delete();
    Files.createDirectories(path);
  }

  /** Takes it away with all that is in it. */
  void delete() throws IOException {
    if (Files.exists(path)) {
      List<Path> old;
      try (Stream<Path> files = Files.walk(path)) {
        old = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }
}
