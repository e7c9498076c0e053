package dev.codicil.engine;

import dev.codicil.contract.InputException;
import dev.codicil.engine.config.ContainerImage;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.engine.source.Sides;
import dev.codicil.experiment.Column;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which image a subject runs from on which side. An amendment often is nothing but another tag in
 * {@code codicil.yaml}, so the base runs the image that its own file names. Of a head that is not
 * trusted nothing is taken: then both sides run what the base declares.
 */
final class Images {
  private final Project project;
  private final Map<String, ContainerImage> ofBase;
  private final List<String> notes;

  private Images(Project project, Map<String, ContainerImage> ofBase, List<String> notes) {
    this.project = project;
    this.ofBase = ofBase;
    this.notes = notes;
  }

  /**
   * Reads what the base declares, where that counts.
   *
   * @param trustHead whether what the project declares is the word of the head
   */
  static Images of(Project project, boolean trustHead, Sides.Side base) {
    if (project.images().isEmpty() || !trustHead || !base.source().files().contains(Project.FILE)) {
      return new Images(project, Map.of(), List.of());
    }
    try {
      return new Images(
          project, ProjectReader.imagesOf(base.source().read(Project.FILE)), List.of());
    } catch (InputException unreadable) {
      return new Images(
          project,
          Map.of(),
          List.of(
              "the base's "
                  + Project.FILE
                  + " cannot be read, so its subjects run from the images that the head names: "
                  + unreadable.what()));
    }
  }

  /** What is doubtful, one sentence each. */
  List<String> notes() {
    return notes;
  }

  /**
   * The image of a subject as a side declares it; null when it runs as a process.
   *
   * @param side {@link Column#BASE} or {@link Column#HEAD}
   */
  @Nullable ContainerImage declared(String subject, String side) {
    ContainerImage own = project.images().get(subject);
    return own == null || !side.equals(Column.BASE) ? own : ofBase.getOrDefault(subject, own);
  }

  /**
   * Whether the sides run from differently named images, or from images that are built of different
   * trees.
   *
   * @param built whether the subject is built in the tree of its side
   * @param sourcesDiffer asked only when that matters
   */
  boolean differs(String subject, boolean built, java.util.function.BooleanSupplier sourcesDiffer) {
    ContainerImage before = Objects.requireNonNull(declared(subject, Column.BASE));
    ContainerImage after = Objects.requireNonNull(declared(subject, Column.HEAD));
    if (!before.name().equals(after.name()) || before.port() != after.port()) {
      return true;
    }
    return built
        ? sourcesDiffer.getAsBoolean()
        : !before.name(Column.BASE).equals(after.name(Column.HEAD));
  }
}
