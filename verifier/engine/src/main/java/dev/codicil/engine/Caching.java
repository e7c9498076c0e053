package dev.codicil.engine;

import dev.codicil.engine.cache.CachedCells;
import dev.codicil.engine.cache.Inputs;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.source.Sides;
import dev.codicil.engine.source.SubjectTrees;
import dev.codicil.engine.source.TreeStamp;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Subject;
import dev.codicil.storm.run.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what the cells of a run depend on. */
final class Caching {
  private Caching() {}

  /** The cells that need not be run; null when no cache is asked, or nothing is to be run. */
  static @Nullable CachedCells of(
      Project project,
      Path declaredIn,
      Options options,
      RunRequest request,
      SubjectTrees trees,
      Sides.Side base,
      Sides.Side head) {
    Path folder = options.cache();
    if (folder == null || request.plan().stimuli().isEmpty()) {
      return null;
    }
    Map<String, String> sources = new HashMap<>();
    for (Column column : request.plan().columns()) {
      for (Subject subject : project.subjects().values()) {
        List<String> declared = project.sources().getOrDefault(subject.name(), List.of());
        Sides.Side side = column.side(subject.name()).equals(Column.HEAD) ? head : base;
        boolean given = side.spec().artifacts().containsKey(subject.name());
        if (!declared.isEmpty() && !given) {
          TreeStamp stamp = stamp(trees, subject, side, declared);
          if (stamp != null && !stamp.isEmpty()) {
            sources.put(column.id() + ":" + subject.name(), stamp.hash());
          }
        }
      }
    }
    return CachedCells.of(
        folder,
        request,
        new Inputs(
            Inputs.code(Formats.builtIn()),
            configured(declaredIn),
            base.contents(project.contracts()),
            head.contents(project.contracts()),
            sources));
  }

  /** Null where the tree cannot be had: its column does not start, and the run says why. */
  private static @Nullable TreeStamp stamp(
      SubjectTrees trees, Subject subject, Sides.Side side, List<String> declared) {
    try {
      return TreeStamp.of(trees.of(subject, side), declared);
    } catch (IOException e) {
      return null;
    }
  }

  /** What is declared, by whose word counts: that is what is run, on whatever sides. */
  private static String configured(Path declared) {
    Path file = declared.resolve(Project.FILE);
    try {
      return Files.exists(file) ? Inputs.hash(Files.readAllBytes(file)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
